import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literal } from '../../../athena/index.js';

describe('a literal', () => {
  it.each([
    [null, 'NULL'],
    [true, 'true'],
    [42, '42'],
    [-7, '-7'],
    [-0, '0'],
    [1.5, '1.5E+0'],
    [1e300, '1E+300'],
    [Number.NaN, "DOUBLE 'NaN'"],
    [Number.NEGATIVE_INFINITY, "DOUBLE '-Infinity'"],
    [10n ** 20n, "DECIMAL '100000000000000000000'"],
    [9_007_199_254_740_993n, '9007199254740993'],
    ['', "''"],
    ["it's", "'it''s'"],
    ['a\\', "'a\\'"],
    ["'; DROP TABLE customers --", "'''; DROP TABLE customers --'"],
  ])('of %o is %s', (value, text) => {
    expect(literal(value)).toBe(text);
  });

  it('of any text is one quoted string, and means that text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: fc.constantFrom("'", '\\', '"', 'a') }),
        (one, other) => {
          for (const text of [one, other]) {
            const quoted = literal(text);
            // What Trino's lexer takes for one string: quotes inside only in pairs.
            expect(quoted).toMatch(/^'([^']|'')*'$/u);
            expect(quoted.slice(1, -1).replaceAll("''", "'")).toBe(text);
          }
        },
      ),
    );
  });

  it('of any number is that number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(literal(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});
