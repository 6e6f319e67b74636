import { expect, it } from 'vitest';
import { wholeNumber } from '../../cli/whole-number.js';

const parse = wholeNumber(1, 1_000);

it.each([
  ['1', 1],
  ['0010', 10],
  ['1000', 1_000],
])('"%s" is %i', (text, value) => {
  expect(parse(text)).toBe(value);
});

it.each(['0', '-1', '1.5', 'NaN', '1e3', '', ' 1', '0x1', '1001', '9'.repeat(400), 'Infinity'])(
  'refuses "%s", and says what is allowed',
  (text) => {
    expect(() => parse(text)).toThrow('1 to 1,000');
  },
);
