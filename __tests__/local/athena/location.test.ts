import fc from 'fast-check';
import { expect, it } from 'vitest';
import { partitionFolders, partitionOfFolders } from '../../../local/athena/location.js';

it('folders are named as Hive names them', () => {
  expect(partitionFolders(['a', 'b'], ['x/y=1:%', '\u0001 é{'])).toBe('a=x%2Fy%3D1%3A%25/b=%01 é%7B');
});

it("a partition's values are read from its folders as they were", () => {
  const value = fc.string({ minLength: 1, unit: 'binary' });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 3 }), (values) => {
      const keys = values.map((_, i) => `k${i}`);
      expect(partitionOfFolders(`${partitionFolders(keys, values)}/file`, keys)).toEqual(values);
    }),
  );
});
