import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statementsOf } from '../../../athena/index.js';
import { scan } from '../../../athena/sql/scan.js';
import { splitStatements } from '../../../athena/sql/statements.js';
import { tokenize } from '../../../local/engine/sql/tokens.js';

const anySql = fc
  .array(
    fc.constantFrom(
      ...[
        "'",
        "''",
        '"',
        '`',
        '--',
        '/*',
        '*/',
        ';',
        '\n',
        ' ',
        '?',
        'SELECT',
        'a',
        '1',
        '.5',
        '1e5',
        '<>',
        ',',
      ],
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

describe('a scanned text', () => {
  it('is the pieces one after another, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(anySql, fc.string({ unit: 'grapheme' })), (text) => {
        expect(
          scan(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it('has the same strings, names in quotes and symbols as Trino sees', () => {
    fc.assert(
      fc.property(anySql, (text) => {
        let expected: number[];
        try {
          expected = tokenize(text)
            .filter(({ kind }) => kind !== 'end')
            .map(({ at }) => at);
        } catch {
          return;
        }
        const pieces = scan(text);
        // A comment without an end is none to Trino, and no statement either.
        fc.pre(!pieces.some(({ open }) => open));
        const found = pieces.filter(({ kind }) => kind !== 'space' && kind !== 'comment');
        expect(found.map(({ at }) => at)).toEqual(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["'abc", true],
    ["'it''s", true],
    ["'it''s'", false],
    ['"a', true],
    ['/* a', true],
    ['/*/', true],
    ['/**/', false],
    ['-- a', false],
  ])('%s is open: %s', (text, open) => {
    expect(scan(text).at(-1)?.open).toBe(open);
  });
});

describe('statements', () => {
  it.each([
    ['SELECT 1', ['SELECT 1']],
    ['SELECT 1;', ['SELECT 1']],
    ['SELECT \';\' AS a; SELECT ";" -- ;\n, 2; ', ["SELECT ';' AS a", 'SELECT ";" -- ;\n, 2']],
    [' ; ;; -- nothing\n', []],
    ['SELECT 1; /* a ; b */', ['SELECT 1']],
    ['-- first\nSELECT 1;\nSELECT 2', ['-- first\nSELECT 1', 'SELECT 2']],
  ])('in %j are %j', (text, expected) => {
    expect(statementsOf(text)).toEqual(expected);
  });

  it('wait for the end of a string or comment that has begun', () => {
    expect(splitStatements("SELECT 'a;")).toEqual({ complete: [], rest: "SELECT 'a;" });
    expect(splitStatements('SELECT 1; /* a;')).toEqual({ complete: ['SELECT 1'], rest: '/* a;' });
  });
});
