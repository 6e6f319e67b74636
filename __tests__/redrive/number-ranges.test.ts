import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberRanges } from '../../redrive/number-ranges.js';

describe('ranges of numbers', () => {
  it('are what was added, in whatever order, and come back from their text', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 60 })), (numbers) => {
        const ranges = new NumberRanges();
        for (const number of numbers) ranges.add(number);
        const read = NumberRanges.parse(String(ranges));
        const wanted = new Set(numbers);
        for (const each of [ranges, read]) {
          expect(each?.size).toBe(wanted.size);
          for (let number = 0; number < 62; number++) expect(each?.has(number)).toBe(wanted.has(number));
        }
        expect(String(read)).toBe(String(ranges));
      }),
    );
  });

  it('are written as short as can be', () => {
    const ranges = new NumberRanges();
    for (const number of [1, 2, 3, 9, 5, 4, 11]) ranges.add(number);
    expect(String(ranges)).toBe('1-5,9,11');
    ranges.add(10);
    expect(String(ranges)).toBe('1-5,9-11');
  });

  it.each(['x', '1-', '3-2', '2,1', '1,,2', '1-3,3', '-1'])('are not what %s says', (text) => {
    expect(NumberRanges.parse(text)).toBeUndefined();
  });
});
