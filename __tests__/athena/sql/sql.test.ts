import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  date,
  decimal,
  InvalidStatementError,
  InvalidValueError,
  identifier,
  join,
  type Parameter,
  sql,
  timestamp,
} from '../../../athena/index.js';
import { type Token, tokenize } from '../../../local/engine/sql/tokens.js';

describe('a statement with values', () => {
  it('sends each as a parameter, quoted for its type', () => {
    const values = [
      "O'Hara",
      7,
      1.5,
      9_007_199_254_740_993n,
      true,
      null,
      new Date('2026-02-04T21:35:54.759Z'),
      new Uint8Array([0x61, 0xff]),
      date('2026-02-04'),
      timestamp('2026-02-04 21:35:54.759123 Europe/Paris'),
      decimal('-1.10'),
    ];
    expect(sql`SELECT ${values}`.toStatement()).toEqual({
      text: `SELECT ${values.map(() => '?').join(', ')}`,
      parameters: [
        "'O''Hara'",
        '7',
        '1.5E+0',
        '9007199254740993',
        'true',
        'NULL',
        "TIMESTAMP '2026-02-04 21:35:54.759'",
        "X'61FF'",
        "DATE '2026-02-04'",
        "TIMESTAMP '2026-02-04 21:35:54.759123 Europe/Paris'",
        "DECIMAL '-1.10'",
      ],
    });
  });

  it('takes lists, names and parts of statements', () => {
    const recent = sql`event_date > ${date('2026-01-01')}`;
    const conditions = join([recent, sql`status IN (${['Active', 'Inactive']})`], sql` AND `);
    const statement = sql`SELECT * FROM ${identifier('lake', 'my "odd" table')} WHERE ${conditions}`;
    expect(statement.toStatement()).toEqual({
      text: 'SELECT * FROM "lake"."my ""odd"" table" WHERE event_date > ? AND status IN (?, ?)',
      parameters: ["DATE '2026-01-01'", "'Active'", "'Inactive'"],
    });
  });

  it('writes a value that is too long for a parameter into the text', () => {
    const long = "it's ".repeat(300);
    const { text, parameters } = sql`SELECT ${1}, ${long}, ${2}`.toStatement();
    expect(text).toBe(`SELECT ?, ('${long.replaceAll("'", "''")}'), ?`);
    expect(parameters).toEqual(['1', '2']);
  });

  it('takes a value of exactly 1,024 characters with its quotes for a parameter', () => {
    expect(sql`SELECT ${'a'.repeat(1_022)}`.toStatement().parameters).toHaveLength(1);
    expect(sql`SELECT ${'a'.repeat(1_023)}`.toStatement().parameters).toHaveLength(0);
  });

  it('quotes names in backticks in DDL that Hive parses, and in no other', () => {
    const table = identifier('t-1');
    expect(sql`DROP TABLE ${table}`.toStatement().text).toBe('DROP TABLE `t-1`');
    expect(sql`/* x */ msck repair table ${table}`.toStatement().text).toContain('`t-1`');
    expect(sql`CREATE VIEW ${table} AS SELECT 1 AS a`.toStatement().text).toContain('"t-1"');
    expect(sql`CREATE TABLE ${table} AS SELECT 1 AS a`.toStatement().text).toContain('"t-1"');
    expect(() => sql`DROP TABLE ${identifier('a`b')}`.toStatement()).toThrow(InvalidValueError);
  });

  it.each([
    ['a value in quotes', sql`SELECT '${'x'}'`],
    ['a value in a comment', sql`SELECT 1 /* ${'x'} */`],
    ['a value behind a line comment', sql`SELECT 1 -- ${'x'}`],
    ['a name in quotes', sql`SELECT "${identifier('x')}"`],
    ['a name right behind one in quotes', sql`SELECT "a"${identifier('x')}`],
    ['a ? of its own beside a value', sql`SELECT ? + ${1}`],
    ['a value in DDL', sql`ALTER TABLE t ADD PARTITION (d = ${'x'})`],
  ])('refuses %s', (_, statement) => {
    expect(() => statement.toStatement()).toThrow(InvalidStatementError);
  });

  it.each([
    ['half a character', '\ud800'],
    ['the character NUL', 'a\0b'],
    ['a Date that is none', new Date(Number.NaN)],
    ['a whole number of 39 digits', 10n ** 38n],
    ['a year that no timestamp has', new Date(Date.UTC(10_000, 0))],
    ['an empty list', []],
    ['undefined', undefined as unknown as null],
    ['an object', {} as unknown as null],
  ])('refuses %s', (_, value) => {
    expect(() => sql`SELECT ${value}`).toThrow(InvalidValueError);
  });

  it.each([
    () => date('2026-13-01'),
    () => date("2026-01-01' OR '1"),
    () => timestamp('2026-01-01T00:00:00'),
    () => timestamp('2026-01-01 25:00:00'),
    () => timestamp("2026-01-01 00:00:00 x'"),
    () => decimal('1e5'),
    () => decimal('1.'),
    () => decimal('1'.repeat(39)),
    () => identifier(''),
    () => identifier(),
    () => identifier('a\0'),
  ])('refuses a text that is not of its type: %s', (make) => {
    expect(make).toThrow(InvalidValueError);
  });
});

describe('no value', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
    fc.string({
      unit: fc.constantFrom("'", '"', '`', '\\', '?', ';', '-', '/', '*', '\n', ' ', 'a', '$', '{'),
    }),
    fc.constantFrom("'; DROP TABLE t --", "\\'; --", '*/ x /*', "' || (SELECT 1) || '"),
  );
  const anyValue = fc.oneof(
    anyText,
    anyText.map((text) => text.padEnd(1_100, "'")),
    fc.double(),
    fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n }),
    fc.boolean(),
    fc.constant(null),
    fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
    fc.uint8Array(),
  );

  it('changes the statement: it stays the tokens of its author, with one literal for each value', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { minLength: 1, maxLength: 4 }), anyText, (values, name) => {
        fc.pre(name !== '');
        const { text, parameters } =
          sql`SELECT a, ${identifier(name)} FROM t WHERE x IN (${values}) AND b < 3`.toStatement();
        const tokens = tokenize(text).map(shape);
        const inside = tokens.slice(10, -6).filter((token) => token !== ',');
        expect(tokens.slice(0, 10)).toEqual([
          'SELECT',
          'a',
          ',',
          `"${name}"`,
          'FROM',
          't',
          'WHERE',
          'x',
          'IN',
          '(',
        ]);
        expect(tokens.slice(-6)).toEqual([')', 'AND', 'b', '<', '3', '<EOF>']);
        // A parameter, or a literal in parentheses.
        const held = inside
          .join(' ')
          .replaceAll(/\( (?:X )?'…' \)/g, '?')
          .split(' ');
        expect(held).toEqual(values.map(() => '?'));
        for (const literal of parameters) expect(literalKind(literal)).toBe('literal');
      }),
      { numRuns: 300 },
    );
  });

  it('is lost: a text comes back from its literal as it was', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const [parameter = ''] = sql`SELECT ${value}`.toStatement().parameters;
        expect(tokenize(parameter).map(({ kind, text }) => [kind, text])).toEqual([
          ['string', value],
          ['end', '<EOF>'],
        ]);
      }),
    );
  });

  it('gets out of a text in which values are written, as a dry run shows it', () => {
    fc.assert(
      fc.property(anyValue as fc.Arbitrary<Parameter>, (value) => {
        const tokens = tokenize(sql`SELECT ${value} AND b`.toText()).map(shape);
        expect(tokens.slice(0, 2)).toEqual(['SELECT', '(']);
        expect(tokens.slice(-4)).toEqual([')', 'AND', 'b', '<EOF>']);
        expect(tokens.length).toBeLessThanOrEqual(2 + 2 + 4);
      }),
    );
  });
});

function shape({ kind, text }: Token): string {
  if (kind === 'string') return "'…'";
  if (kind === 'binary') return "'…'";
  return kind === 'quoted' ? `"${text}"` : text;
}

/** One literal, with a sign or a type before it. */
function literalKind(text: string): string {
  const kinds = tokenize(text)
    .slice(0, -1)
    .map(({ kind, text: token }) => (kind === 'word' || kind === 'symbol' ? token.toUpperCase() : 'value'));
  const shapes = [
    'value',
    '- value',
    'NULL',
    'TRUE',
    'FALSE',
    'TIMESTAMP value',
    'DECIMAL value',
    'DOUBLE value',
  ];
  return shapes.includes(kinds.join(' ')) ? 'literal' : kinds.join(' ');
}
