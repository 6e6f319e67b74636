import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partitionFilter } from '../../../local/glue/partition-filter.js';

const KEYS = [
  { Name: 's', Type: 'string' },
  { Name: 'i', Type: 'int' },
  { Name: 'd', Type: 'date' },
  { Name: 't', Type: 'timestamp' },
  { Name: 'n', Type: 'decimal(10,2)' },
];
const VALUES = ['b', '10', '2026-02-04', '2026-02-04 21:35:54', '1.50'];
const NULL = '__HIVE_DEFAULT_PARTITION__';
const matches = (expression: string, values: readonly string[] = VALUES) =>
  partitionFilter(expression, KEYS)(values);

describe('an expression over partitions', () => {
  it.each([
    ["s = 'b'", true],
    ["s='b'", true],
    ["S = 'b'", true],
    ['"s" = \'b\'', true],
    ["s <> 'b'", false],
    ["s != 'c'", true],
    ["s < 'c'", true],
    ["s >= 'c'", false],
    // By the key's type: as text 10 would be less than 9.
    ['i > 9', true],
    ["i > '9'", true],
    ['i = 010', true],
    ['i <= -1', false],
    ["d > '2026-01-31'", true],
    ["d = '2026-02-04'", true],
    ["t = '2026-02-04 21:35:54.000'", true],
    ["t < '2026-02-04 21:35:54.000000001'", true],
    ['n = 1.5', true],
    ['n > 1.49', true],
    ["n >= '1.500'", true],
    ["s IN ('a', 'b')", true],
    ["s not in ('a', 'b')", false],
    ['i in (1, 10)', true],
    ['i BETWEEN 10 AND 11', true],
    ['i between 11 and 9', false],
    ['i NOT BETWEEN 11 AND 12', true],
    ["s LIKE 'b%'", true],
    ["s LIKE '_'", true],
    ["s LIKE '__'", false],
    ["s NOT LIKE 'B'", true],
    ['s IS NULL', false],
    ['s IS NOT NULL', true],
    ["NOT s = 'b'", false],
    ["not (s = 'c' or i = 11)", true],
    // AND binds before OR.
    ["s = 'b' OR s = 'c' AND i = 11", true],
    ["(s = 'b' OR s = 'c') AND i = 11", false],
    ["((s = 'b')) and ((i = 10))", true],
    ['', true],
    [' \n', true],
  ])('%s is %s', (expression, expected) => {
    expect(matches(expression)).toBe(expected);
  });

  it('knows a quote in a string by the two that it is written with', () => {
    expect(matches("s = 'it''s'", ["it's", ...VALUES.slice(1)])).toBe(true);
  });

  it('is true of a null only where it asks for one', () => {
    const values = [NULL, ...VALUES.slice(1)];
    expect(matches('s IS NULL', values)).toBe(true);
    for (const expression of [
      "s = 'b'",
      "s <> 'b'",
      "NOT s = 'b'",
      "s NOT IN ('b')",
      "s LIKE '%'",
      's IS NOT NULL',
    ]) {
      expect(matches(expression, values)).toBe(false);
    }
    expect(matches("s = 'b' AND i = 10", values)).toBe(false);
    expect(matches("NOT (s = 'b' OR i = 11)", values)).toBe(false);
    expect(matches("s = 'b' OR i = 10", values)).toBe(true);
    expect(matches("NOT (s = 'b' AND i = 11)", values)).toBe(true);
  });

  it.each([
    ["year = '2026'", 'InvalidInputException', "Unknown column 'year'"],
    ["i = 'x'", 'InvalidInputException', '"x" is not an integer.'],
    ['i = 1.5', 'InvalidInputException', '"1.5" is not an integer.'],
    ["n = 'x'", 'InvalidInputException', 'x is not a decimal.'],
    ["d = '2026-02-30'", 'InvalidInputException', '2026-02-30 is not a date.'],
    [
      "t = '2026-02-04'",
      'InvalidInputException',
      'Timestamp format must be yyyy-mm-dd hh:mm:ss[.fffffffff] 2026-02-04 is not a timestamp.',
    ],
    ["i LIKE '1%'", 'InvalidInputException', "Integral data type doesn't support operation 'LIKE'"],
    ["d LIKE '1%'", 'InvalidInputException', "Date data type doesn't support operation 'LIKE'"],
    ...[
      ...[
        's = ',
        "= 'b'",
        "s 'b'",
        "s = 'b' AND",
        "(s = 'b'",
        "s = 'b')",
        's IN ()',
        "s IN 'b'",
        "s = 'b",
        's = b',
      ],
      ...[
        "s == 'b'",
        "'b' = s",
        's LIKE 1',
        'i BETWEEN 1',
        "s = 'b';",
        's IS',
        "not = 'b'",
        "s NOT = 'b'",
        'i = 1x',
      ],
    ].map((bad): [string, string, string] => [
      bad,
      'InvalidInputException',
      `Unsupported expression '${bad}'`,
    ]),
  ])('%s is refused', (expression, code, message) => {
    expect(() => matches(expression)).toThrowError(expect.objectContaining({ code, message }));
  });

  it('is refused over a key whose type it cannot compare', () => {
    const filter = () => partitionFilter("b = 'x'", [{ Name: 'b', Type: 'boolean' }]);
    expect(filter).toThrowError("Unknown type : 'boolean'");
  });

  it('tells of a partition that has a value that is none of its key', () => {
    expect(() => matches('i > 1', ['a', 'ten', ...VALUES.slice(2)])).toThrowError(
      expect.objectContaining({ code: 'InvalidStateException', message: '"ten" is not an integer.' }),
    );
  });

  it('may be nested as deep as it is long, and no longer than AWS lets it be', () => {
    const deep = `${'('.repeat(1000)}i = 10${')'.repeat(1000)}`;
    expect(matches(deep)).toBe(true);
    expect(matches(`${'not '.repeat(500)}i = 10`)).toBe(true);
    const open = '('.repeat(2048);
    expect(() => matches(open)).toThrowError('Unsupported expression');
    expect(() => matches(`s = '${'x'.repeat(2048)}'`)).toThrowError('over 2048 characters');
  });

  it('takes no longer for a pattern that is made for it', () => {
    expect(matches(`s LIKE '${'%a'.repeat(900)}b'`, ['a'.repeat(1024), ...VALUES.slice(1)])).toBe(false);
  });

  it('is what the model says, however it is put together', () => {
    type Tree = { text: string; holds: (values: readonly string[]) => boolean };
    const letter = fc.constantFrom('a', 'b', 'c');
    const number = fc.integer({ min: -20, max: 20 });
    const leaf: fc.Arbitrary<Tree> = fc.oneof(
      letter.map((x) => ({ text: `s = '${x}'`, holds: ([s]: readonly string[]) => s === x })),
      number.map((x) => ({ text: `i < ${x}`, holds: ([, i]: readonly string[]) => Number(i) < x })),
      fc.tuple(number, number).map(([x, y]) => ({
        text: `i BETWEEN ${x} AND ${y}`,
        holds: ([, i]: readonly string[]) => Number(i) >= x && Number(i) <= y,
      })),
      fc.array(letter, { minLength: 1, maxLength: 3 }).map((some) => ({
        text: `s IN (${some.map((x) => `'${x}'`).join(', ')})`,
        holds: ([s = '']: readonly string[]) => some.some((x) => x === s),
      })),
    );
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => ({
          text: `(${a.text}) AND ${`(${b.text})`}`,
          holds: (values: readonly string[]) => a.holds(values) && b.holds(values),
        })),
        fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => ({
          text: `(${a.text} or ${b.text})`,
          holds: (values: readonly string[]) => a.holds(values) || b.holds(values),
        })),
        tie('tree').map((a) => ({
          text: `NOT (${a.text})`,
          holds: (values: readonly string[]) => !a.holds(values),
        })),
      ),
    }));
    const values = fc.tuple(letter, number.map(String)).map((two) => [...two, ...VALUES.slice(2)]);
    fc.assert(
      fc.property(tree, values, ({ text, holds }, given) => {
        fc.pre(text.length <= 2048);
        expect(matches(text, given)).toBe(holds(given));
      }),
      { numRuns: 300 },
    );
  });

  it('is answered, whatever is written', () => {
    const word = fc.constantFrom(
      's',
      'i',
      "'a'",
      '1',
      '=',
      '<',
      'and',
      'or',
      'not',
      'in',
      'like',
      'is',
      'null',
      '(',
      ')',
      ',',
      "'",
    );
    const text = fc.oneof(
      fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (expression) => {
        try {
          expect(matches(expression)).toBeTypeOf('boolean');
        } catch (error) {
          expect(error).toMatchObject({ name: 'AwsError', code: 'InvalidInputException' });
        }
      }),
      { numRuns: 1000 },
    );
  });
});
