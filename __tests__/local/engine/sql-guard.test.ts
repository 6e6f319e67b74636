import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Analysis } from '../../../local/engine/sql/analysis.js';
import { analyzeQuery } from '../../../local/engine/sql/analyze-query.js';
import { SqlFault } from '../../../local/engine/sql/sql-fault.js';
import { parseStatement } from '../../../local/engine/sql/statement.js';
import { guarded } from '../../../local/engine/sql-guard.js';

function generated(sql: string): string {
  const analysis = new Analysis((name) => {
    throw new SqlFault('TABLE_NOT_FOUND', 'There are no tables', name[0]?.at);
  });
  return analyzeQuery(parseStatement(sql, []).query, analysis).sql;
}

it.each([
  ['SELECT 1'],
  [`SELECT 'it''s -- /* ; $$', "a""b -- ;" FROM x`],
  ["SELECT '' || 'x', a - -1, a / b * c"],
  ["SELECT E 'x'"],
])('lets pass %s', (sql) => {
  expect(guarded(sql)).toBe(sql);
});

it.each([
  ['SELECT (--5)'],
  ['SELECT 1 /* x */'],
  ['SELECT 1; SELECT 2'],
  ['SELECT 1;'],
  ['SELECT $$x$$'],
  ['SELECT $1'],
  ["SELECT 'x"],
  ["SELECT 'x''"],
  ['SELECT "x'],
  ["SELECT E'x'"],
  ["SELECT U&'x'"],
  ["SELECT x'00'"],
  ["SELECT 'a\0b'"],
  ['SELECT 1 \\ 2'],
  ['SELECT `a`'],
  ['SELECT 1\u00a0'],
])('refuses %s', (sql) => {
  expect(() => guarded(sql)).toThrow(/refuses its own statement/);
});

it('holds for whatever expressions are nested in each other', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const odd = fc.array(
    fc.constantFrom(
      '--',
      '/*',
      '*/',
      ';',
      '$$',
      "''",
      '"',
      '\\',
      '\n',
      '\r',
      '\t',
      'é',
      'E',
      ' ',
      ')',
      '(',
      '1',
    ),
    { maxLength: 8 },
  );
  const text = odd.map((parts) => `'${parts.join('')}'`);
  const { number } = fc.letrec<{ number: string }>((tie) => ({
    number: fc.oneof(
      { maxDepth: 6 },
      fc.nat(3_000_000_000).map(String),
      fc.constantFrom('1.5', '2e0', "BIGINT '-5'", "DECIMAL '-1.50'", 'nan()'),
      text.map((t) => `length(${t})`),
      tie('number').map((n) => `- ${n}`),
      tie('number').map((n) => `-(${n})`),
      tie('number').map((n) => `+ -${n.startsWith('-') ? ` ${n}` : n}`),
      fc
        .tuple(
          tie('number'),
          fc.constantFrom('+', '-', '*', '/', '%'),
          fc.constantFrom('', ' ', '\n'),
          tie('number'),
        )
        .map(([a, operator, gap, b]) => `${a}${operator}${gap}${b}`),
      fc.tuple(tie('number'), tie('number')).map(([a, b]) => `if(${a} < ${b}, ${a}, - ${b})`),
      fc.tuple(tie('number'), text).map(([a, t]) => `${a} /* ${t.replaceAll('*/', '')} */`),
      fc.tuple(tie('number'), text).map(([a, t]) => `${a} -- ${t.replaceAll(/[\n\r]/g, '')}\n`),
      tie('number').map((n) => `(SELECT - x FROM (VALUES ${n}) AS v(x))`),
      fc.tuple(tie('number'), text).map(([n, t]) => `MAP(ARRAY[${t}], ARRAY[${n}])[${t}]`),
      fc.tuple(tie('number'), text).map(([n, t]) => `CAST(ROW(${n}, ${t}) AS ROW(a double, b varchar)).a`),
      tie('number').map((n) => `reduce(ARRAY[1, 2], 0e0, (s, x) -> s + ${n}, s -> -s)`),
      text.map((t) => `cardinality(filter(ARRAY[${t}], x -> x = ${t} OR x LIKE ${t}))`),
      text.map((t) => `length(concat_ws(${t}, json_extract_scalar(${t}, '$.a'), format('%s', ${t})))`),
      text.map((t) => `CAST(TRY_CAST(${t} AS decimal(9,2)) AS double)`),
      text.map(
        (t) => `(SELECT length(listagg(x, ${t}) WITHIN GROUP (ORDER BY x)) FROM (VALUES ${t}) AS v(x))`,
      ),
    ),
  }));
  let statements = 0;
  await fc.assert(
    fc.asyncProperty(number, text, text, async (n, t, alias) => {
      const name = alias.slice(1, -1).replaceAll('"', '""');
      let sql: string;
      try {
        sql = generated(`SELECT ${n} AS "${name}", ${t}, ${t} LIKE ${t}, -(${n})`);
      } catch (error) {
        if (error instanceof SqlFault) return;
        throw error;
      }
      statements++;
      expect(guarded(sql)).toBe(sql);
      const extracted = await connection.extractStatements(sql);
      expect(extracted.count).toBe(1);
      expect(sql).not.toMatch(/\p{Cc}/u);
    }),
    { numRuns: 400 },
  );
  expect(statements).toBeGreaterThan(200);
  connection.closeSync();
});
