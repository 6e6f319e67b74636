import { expect, it } from 'vitest';
import { pool } from '../../datasets/index.js';

it('gives a pool back as it was declared', () => {
  const make = () => 'x';
  expect(pool({ size: 3, make })).toEqual({ size: 3, make });
});

it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses a pool of %d values', (size) => {
  expect(() => pool({ size, make: () => 1 })).toThrow(RangeError);
});
