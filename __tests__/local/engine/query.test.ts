import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineTable } from '../../../local/engine/engine.js';
import { columns, RunningEngine } from './running-engine.js';

const running = new RunningEngine();
let table: EngineTable;

const EVENTS = [
  { id: 1, name: 'Ada', score: 1.5, price: '10.50', at: '2026-02-04T21:35:54.759Z', tags: ['x', 'y'] },
  { id: 2, name: '', score: 12345678.5, price: '2.25', at: '2026-02-04T22:00:00Z' },
  { id: 3, name: 'Say "hi"\nthere' },
];

beforeAll(async () => {
  const list = columns(
    'id int, name string, score double, price decimal(10,2), at timestamp, tags array<string>',
  );
  const files = [await running.object(list, EVENTS, 'year=2026/hour=01', ['2026', '01'])];
  table = {
    database: 'db',
    name: 't',
    columns: list,
    partitionKeys: columns('year string, hour int'),
    files,
  };
});
afterAll(() => running.close());

describe('a result', () => {
  it('is CSV as Athena writes it', async () => {
    const { text, rows, columns } = await running.query('SELECT * FROM t ORDER BY id', { table });
    expect(text).toBe(`"id","name","score","price","at","tags","year","hour"
"1","Ada","1.5","10.50","2026-02-04 21:35:54.759","[x, y]","2026","1"
"2","","1.23456785E7","2.25","2026-02-04 22:00:00.000",,"2026","1"
"3","Say ""hi""
there",,,,,"2026","1"
`);
    expect(rows).toBe(3);
    expect(columns.map(({ type, precision, scale }) => `${type} ${precision} ${scale}`)).toEqual([
      'integer 10 0',
      'varchar 2147483647 0',
      'double 17 0',
      'decimal 10 2',
      'timestamp 3 0',
      'array 0 0',
      'varchar 2147483647 0',
      'integer 10 0',
    ]);
  });

  it('may have a name twice, or none', async () => {
    const { text, columns } = await running.query('SELECT 1 AS "A", 2 AS a, 3, upper(\'x\')');
    expect(text).toBe('"a","a","_col2","_col3"\n"1","2","3","X"\n');
    expect(columns.map(({ name }) => name)).toEqual(['a', 'a', '_col2', '_col3']);
  });

  it('keeps its order over many rows', async () => {
    const digits = Array.from({ length: 10 }, (_, i) => `(${i})`).join(', ');
    const sql = `WITH d(n) AS (VALUES ${digits})
      SELECT a.n + 10 * b.n + 100 * c.n + 1000 * e.n + 10000 * f.n + 100000 * g.n AS k
      FROM d a, d b, d c, d e, d f, d g ORDER BY k DESC`;
    const { lines, rows } = await running.query(sql);
    expect(rows).toBe(1_000_000);
    expect(lines.every((line, i) => line === `"${999_999 - i}"`)).toBe(true);
  });
});

/** Each with the first line of its answer. */
const ANSWERS: readonly (readonly [string, string])[] = [
  ['7/2', '"3"'],
  ['-7/2', '"-3"'],
  ['7 % 3', '"1"'],
  ['7e0/2', '"3.5"'],
  ['1e0/0', '"Infinity"'],
  ["DECIMAL '1.10'/3", '"0.37"'],
  ["DECIMAL '-2.50'/2", '"-1.25"'],
  ["DECIMAL '10.5' * DECIMAL '2.25'", '"23.625"'],
  ['1.1+2', '"3.1"'],
  ['2147483648 - 1', '"2147483647"'],
  ['1 + 2 * 3 - -4', '"11"'],
  ['- -5', '"5"'],
  ['-(-5)', '"5"'],
  ['- - -5', '"-5"'],
  ['-(-(-5))', '"-5"'],
  ['- -1.5', '"1.5"'],
  ["- -BIGINT '-5'", '"-5"'],
  ['1 - -5', '"6"'],
  ['1 -(-5)', '"6"'],
  ['1--1', '"1"'],
  ['1 - - - 1', '"0"'],
  ['7 / -2', '"-3"'],
  ['7/ /* x */ -2', '"-3"'],
  ['2*-3', '"-6"'],
  ['-9223372036854775808', '"-9223372036854775808"'],
  ['- -9223372036854775808', 'NUMERIC_VALUE_OUT_OF_RANGE'],
  ['-(SELECT -x FROM (VALUES -3) AS v(x))', '"-3"'],
  ["length('a\n--b')", '"5"'],
  ["'a' || '\t' = concat('a', chr(9))", '"true"'],
  ["VARCHAR 'a\n' = 'a' || chr(10)", '"true"'],
  ["DATE '2026-02-04' - INTERVAL -'1' DAY", '"2026-02-05"'],
  ['nan() = nan()', '"false"'],
  ['nan() <> nan()', '"true"'],
  ['nan() > 5', '"false"'],
  ['nan() >= nan()', '"false"'],
  ['nan() < 5', '"false"'],
  ['5 < nan()', '"false"'],
  ['5 <= nan()', '"false"'],
  ['5e0 <> nan()', '"true"'],
  ['nan() = CAST(NULL AS double)', ''],
  ['nan() > CAST(NULL AS double)', ''],
  ['CAST(NULL AS double) < nan()', ''],
  ['nan() <> CAST(NULL AS double)', ''],
  ['nan() IS NOT DISTINCT FROM nan()', '"true"'],
  ['nan() BETWEEN 1 AND 2', '"false"'],
  ['1 BETWEEN 0 AND nan()', '"false"'],
  ['nan() BETWEEN nan() AND nan()', '"false"'],
  ['nan() IN (nan())', '"false"'],
  ['nan() NOT IN (1, nan())', '"true"'],
  ['nan() IN (1, 2)', '"false"'],
  ['2e0 IN (1, nan(), 2)', '"true"'],
  ['nan() IN (SELECT nan())', '"false"'],
  ['nan() IN (SELECT x FROM (VALUES 1e0, NULL) AS v(x))', ''],
  ['nan() <> ALL (SELECT nan())', '"true"'],
  ['nan() > ALL (SELECT nan())', '"false"'],
  ["CAST(nan() AS real) = REAL 'NaN'", '"false"'],
  ['CASE nan() WHEN nan() THEN 1 ELSE 2 END', '"2"'],
  ['nullif(nan(), nan())', '"NaN"'],
  ['sign(nan())', '"NaN"'],
  ['(SELECT count(*) FROM (VALUES nan()) AS a(x) JOIN (VALUES nan()) AS b(x) USING (x))', '"0"'],
  ['(SELECT count(*) FROM (VALUES nan(), 1) AS a(x) JOIN (VALUES nan(), 1) AS b(y) ON x = y)', '"1"'],
  ['(SELECT count(*) FROM (VALUES nan(), 1e0) AS a(x) WHERE x > 0)', '"1"'],
  ['(SELECT count(DISTINCT x) FROM (VALUES nan(), nan()) AS a(x))', '"1"'],
  ["'a' || 'b' || 1e0", 'TYPE_MISMATCH'],
  ["'a' || NULL", ''],
  ["concat('a', NULL)", ''],
  ["concat('a', 'b', 'c')", '"abc"'],
  ['greatest(1, NULL)', ''],
  ['least(3, 2)', '"2"'],
  ['coalesce(NULL, 2)', '"2"'],
  ['nullif(1, 1)', ''],
  ["if(1 > 2, 'a')", ''],
  ["split_part('a,b', ',', 3)", ''],
  ["split_part('a,b', ',', 2)", '"b"'],
  ["substr('hello', 2, 3)", '"ell"'],
  ["substr('hello', 0)", '""'],
  ["substr('hello', -3)", '"llo"'],
  ["trim(' \t x ')", '"x"'],
  ["length('héé')", '"3"'],
  ["strpos('hello', 'l')", '"3"'],
  ["replace('aXbX', 'X')", '"ab"'],
  ["regexp_extract('ab12', '([a-z]+)(\\d+)', 2)", '"12"'],
  ["regexp_extract('ab', '\\d+')", ''],
  ["regexp_replace('ab12', '(\\d)', '<$1>')", '"ab<1><2>"'],
  ["'a_b' LIKE 'a!_b' ESCAPE '!'", '"true"'],
  ['1 IN (1, NULL)', '"true"'],
  ['2 NOT IN (1, NULL)', ''],
  ['NULL IS NOT DISTINCT FROM NULL', '"true"'],
  ['NOT TRUE OR TRUE', '"true"'],
  ["CAST('12' AS integer)", '"12"'],
  ["TRY_CAST('1.7' AS integer)", ''],
  ["CAST('1.7' AS integer)", "Cannot cast '1.7' to INT"],
  ['CAST(2.5e0 AS bigint)', '"3"'],
  ['CAST(300 AS tinyint)', 'NUMERIC_VALUE_OUT_OF_RANGE'],
  ["CAST(TIMESTAMP '2026-02-04 21:35:54.7' AS varchar)", '"2026-02-04 21:35:54.700"'],
  ["CAST(DATE '2026-02-04' AS varchar)", '"2026-02-04"'],
  ["CAST(DECIMAL '1.5' AS varchar)", '"1.5"'],
  ['CAST(1.5e0 AS varchar)', '"1.5E0"'],
  ["date_diff('hour', TIMESTAMP '2026-01-01 00:59:00', TIMESTAMP '2026-01-01 01:01:00')", '"0"'],
  ["date_diff('month', DATE '2026-01-31', DATE '2026-03-30')", '"1"'],
  ["date_add('month', 1, DATE '2026-01-31')", '"2026-02-28"'],
  ["date_trunc('month', DATE '2026-02-04')", '"2026-02-01"'],
  ["date_trunc('hour', TIMESTAMP '2026-02-04 21:35:54')", '"2026-02-04 21:00:00.000"'],
  ["DATE '2026-02-04' + INTERVAL '1' DAY", '"2026-02-05"'],
  ["DATE '2026-02-04' + INTERVAL '1' HOUR", 'Cannot add hour, minutes or seconds to a date'],
  [
    "date_format(TIMESTAMP '2026-02-04 21:05:09', '%Y-%m-%d %H:%i:%s %W %M %e')",
    '"2026-02-04 21:05:09 Wednesday February 4"',
  ],
  ["day_of_week(DATE '2026-02-08')", '"7"'],
  ["from_iso8601_timestamp('2026-02-04T21:35:54.759Z')", '"2026-02-04 21:35:54.759 UTC"'],
  ["current_timestamp > TIMESTAMP '2020-01-01 00:00:00'", '"true"'],
  ['typeof(now())', '"timestamp(3) with time zone"'],
  ['1e10', '"1.0E10"'],
  ['1e7', '"1.0E7"'],
  ['9999999e0', '"9999999.0"'],
  ['0.001e0', '"0.001"'],
  ['-1.5e-5', '"-1.5E-5"'],
  ['1e100', '"1.0E100"'],
  ['123456789.5e0', '"1.234567895E8"'],
  ['nan()', '"NaN"'],
  ['-infinity()', '"-Infinity"'],
  ["REAL '1.1'", '"1.1"'],
  ["X'6162'", '"61 62"'],
  ['ARRAY[1, NULL]', '"[1, null]"'],
  ['ARRAY[1][2]', 'Array subscript must be less than or equal to array length: 2 > 1'],
  ['element_at(ARRAY[1], 2)', ''],
  ['1/0', 'Division by zero'],
  ['9223372036854775807 + 1', 'NUMERIC_VALUE_OUT_OF_RANGE'],
  ['TRUE', '"true"'],
  ['(SELECT max(x) FROM (VALUES 1, 2) AS v(x))', '"2"'],
  ['(SELECT x FROM (VALUES 1, 2) AS v(x))', 'Scalar sub-query has returned multiple rows'],
];

it.each(ANSWERS)('SELECT %s is %s', async (expression, expected) => {
  const answer = await running.query(`SELECT ${expression}`).then(
    ({ text }) => text.split('\n')[1],
    (fault: { code: string; message: string }) => (fault.message.includes(expected) ? expected : fault.code),
  );
  expect(answer).toBe(expected);
});

/** Each with its whole answer. */
const QUERIES: readonly (readonly [string, readonly string[]])[] = [
  [
    'SELECT count(*), count(name), sum(id), avg(id), min(at), sum(price) FROM t',
    ['"3","3","6","2.0","2026-02-04 21:35:54.759","12.75"'],
  ],
  ['SELECT year, count(*) FROM t GROUP BY year HAVING count(*) > 2', ['"2026","3"']],
  ['SELECT hour AS h, count(*) c FROM t GROUP BY 1 ORDER BY c', ['"1","3"']],
  ['SELECT "ID" FROM DB."T" WHERE "Id" = 2', ['"2"']],
  ['SELECT id FROM awsdatacatalog.db.t ORDER BY id DESC LIMIT 1', ['"3"']],
  ['SELECT id FROM t ORDER BY id OFFSET 1 LIMIT 1', ['"2"']],
  ['SELECT id FROM t ORDER BY score DESC', ['"2"', '"1"', '"3"']],
  ['SELECT id FROM t ORDER BY score NULLS FIRST', ['"3"', '"1"', '"2"']],
  ['SELECT -id AS id FROM t ORDER BY id', ['"-3"', '"-2"', '"-1"']],
  [
    'WITH a AS (SELECT id FROM t), b (k) AS (SELECT id + 1 FROM a) SELECT k FROM b JOIN a ON a.id = k ORDER BY 1',
    ['"2"', '"3"'],
  ],
  ['WITH t AS (SELECT 9 AS id) SELECT id FROM t', ['"9"']],
  ['SELECT a.name FROM t a JOIN t b USING (name)', ['COLUMN_NOT_FOUND']],
  ['SELECT id FROM t a JOIN t b USING (id) ORDER BY id', ['"1"', '"2"', '"3"']],
  ['SELECT a.id, b.id FROM t a LEFT JOIN t b ON b.id = a.id + 1 ORDER BY 1', ['"1","2"', '"2","3"', '"3",']],
  [
    'SELECT id, row_number() OVER (ORDER BY id DESC), lag(id) OVER (ORDER BY id) FROM t ORDER BY id',
    ['"1","3",', '"2","2","1"', '"3","1","2"'],
  ],
  [
    'SELECT sum(id) OVER w FROM t WINDOW w AS (ORDER BY id ROWS UNBOUNDED PRECEDING) ORDER BY 1',
    ['"1"', '"3"', '"6"'],
  ],
  [
    'SELECT id, tag, n FROM t CROSS JOIN UNNEST(tags) WITH ORDINALITY AS u (tag, n)',
    ['"1","x","1"', '"1","y","2"'],
  ],
  [
    'SELECT id FROM t WHERE id IN (SELECT max(id) FROM t) OR EXISTS (SELECT 1 FROM t x WHERE x.id = t.id AND x.id < 2) ORDER BY 1',
    ['"1"', '"3"'],
  ],
  ['SELECT 1 UNION SELECT 2 INTERSECT SELECT 3', ['"1"']],
  ['SELECT id FROM t UNION ALL (SELECT 7 ORDER BY 1 LIMIT 1) ORDER BY 1 DESC LIMIT 2', ['"7"', '"3"']],
  [
    'SELECT array_agg(id ORDER BY id DESC), count(*) FILTER (WHERE id > 1), count(DISTINCT year) FROM t',
    ['"[3, 2, 1]","2","1"'],
  ],
  ["SELECT listagg(name, '+') WITHIN GROUP (ORDER BY id) FROM t WHERE id < 3", ['"Ada+"']],
  ["SELECT CASE id WHEN 1 THEN 'one' WHEN 2 THEN name END FROM t ORDER BY id", ['"one"', '""', '']],
  [
    'SELECT year, id, count(*) FROM t WHERE id < 2 GROUP BY ROLLUP (year, id) ORDER BY 1, 2',
    ['"2026","1","1"', '"2026",,"1"', ',,"1"'],
  ],
  ['SELECT DISTINCT year FROM t ORDER BY year', ['"2026"']],
  [
    'SELECT "$path" FROM t WHERE id = 1',
    [expect.stringMatching(/^"s3:\/\/bucket\/t\/year=2026\/hour=01\/f\d+\.parquet"$/)],
  ],
  ['SELECT max_by(name, id), approx_distinct(id) FROM t WHERE id < 3', ['"","2"']],
  ['TABLE t ORDER BY id LIMIT 0', ['']],
];

it.each(QUERIES)('%s', async (sql, expected) => {
  const answer = await running.query(sql, { table }).then(
    ({ text }) => text.replace(/^.*\n/, '').replace(/\n$/, '').split('\n'),
    (fault: { code: string }) => [fault.code],
  );
  expect(answer).toEqual(expected);
});

describe('what is wrong is said with its place', () => {
  it.each([
    ['SELECT nope FROM t', 'COLUMN_NOT_FOUND', "line 1:8: Column 'nope' cannot be resolved"],
    ['SELECT\n  t.nope FROM t', 'COLUMN_NOT_FOUND', "line 2:3: Column 't.nope' cannot be resolved"],
    ['SELECT id AS k FROM t GROUP BY k', 'COLUMN_NOT_FOUND', "line 1:32: Column 'k' cannot be resolved"],
    ['SELECT 1 frm t', 'SYNTAX_ERROR', "line 1:14: mismatched input 't'. Expecting: <EOF>"],
    ['SELECT 1 LIMIT 1 + 1', 'SYNTAX_ERROR', "line 1:18: mismatched input '+'. Expecting: <EOF>"],
    ['SELECT 1 OFFSET 1 * 2', 'SYNTAX_ERROR', "line 1:19: mismatched input '*'. Expecting: <EOF>"],
    [
      'SELECT 1 LIMIT -1',
      'SYNTAX_ERROR',
      "line 1:16: mismatched input '-'. Expecting: 'ALL', <integer>, '?'",
    ],
    [
      'SELCT 1',
      'SYNTAX_ERROR',
      "line 1:1: mismatched input 'SELCT'. Expecting: '(', 'SELECT', 'TABLE', 'VALUES', 'WITH'",
    ],
    ['SELECT * FROM', 'SYNTAX_ERROR', "line 1:14: mismatched input '<EOF>'. Expecting: <identifier>"],
    ['SELECT name = 1 FROM t', 'TYPE_MISMATCH', 'line 1:13: Cannot apply operator: varchar = integer'],
    [
      'SELECT id FROM t WHERE year = 2026',
      'TYPE_MISMATCH',
      'line 1:29: Cannot apply operator: varchar = integer',
    ],
    [
      "SELECT at > '2026-01-01' FROM t",
      'TYPE_MISMATCH',
      'line 1:11: Cannot apply operator: timestamp(3) > varchar(10)',
    ],
    [
      'SELECT id FROM t WHERE id',
      'TYPE_MISMATCH',
      'line 1:24: WHERE clause must evaluate to a boolean: actual type integer',
    ],
    ['SELECT foo(1)', 'FUNCTION_NOT_FOUND', "line 1:8: Function 'foo' not registered"],
    [
      'SELECT lower(1)',
      'FUNCTION_NOT_FOUND',
      'line 1:8: Unexpected parameters (integer) for function lower. Expected: lower(varchar(x))',
    ],
    [
      'SELECT transform(tags, x -> (SELECT 1)) FROM t',
      'NOT_SUPPORTED',
      'line 1:29: Lambda expression cannot contain subqueries',
    ],
    [
      "SELECT word_stem('x')",
      'NOT_SUPPORTED',
      'line 1:8: The function word_stem is not supported by local AWS',
    ],
    ['SHOW TABLES', 'NOT_SUPPORTED', 'line 1:1: The statement SHOW is not supported by local AWS'],
    ['SELECT * FROM other.db.t', 'CATALOG_NOT_FOUND', "line 1:15: Catalog 'other' does not exist"],
    [
      'SELECT id, count(*) FROM t',
      'EXPRESSION_NOT_AGGREGATE',
      "line 1:8: 'id' must be an aggregate expression or appear in GROUP BY clause",
    ],
    [
      'SELECT * FROM t WHERE count(*) > 1',
      'EXPRESSION_NOT_SCALAR',
      'line 1:23: WHERE clause cannot contain aggregations, window functions or grouping operations: [count]',
    ],
    ['SELECT a.id FROM t a, t b WHERE id = 1', 'AMBIGUOUS_NAME', "line 1:33: Column 'id' is ambiguous"],
    ['SELECT 1; SELECT 2', 'INVALID_INPUT', 'line 1:11: Only one sql statement is allowed'],
    [
      'SELECT id FROM t ORDER BY 5',
      'INVALID_COLUMN_REFERENCE',
      'line 1:27: Position 5 is not in select list',
    ],
    ["SELECT DATE '2026-02-30'", 'INVALID_LITERAL', "line 1:8: '2026-02-30' is not a valid DATE literal"],
  ])('%s', async (sql, code, message) => {
    await expect(running.query(sql, { table })).rejects.toMatchObject({ code, message });
  });

  it('names a table that is not there, each once, with its place', async () => {
    const sql = 'WITH a AS (SELECT * FROM a) SELECT * FROM a, Nosuch, x.y, nosuch';
    const prepared = await running.engine.prepare({ sql, parameters: [], database: 'DB' });
    expect(prepared.tables).toEqual([
      { database: 'db', name: 'a', position: { line: 1, column: 26 } },
      { database: 'db', name: 'nosuch', position: { line: 1, column: 46 } },
      { database: 'x', name: 'y', position: { line: 1, column: 54 } },
    ]);
  });
});

it.each([
  ['WITH c AS (SELECT 1 AS x) SELECT * FROM c, (SELECT * FROM c) d', []],
  ['WITH c AS (SELECT 1 AS x), d AS (SELECT * FROM c) SELECT (SELECT max(x) FROM d)', []],
  ['SELECT * FROM (WITH c AS (SELECT 1) SELECT * FROM c) x, c', ['c']],
  ['WITH c AS (SELECT * FROM d), d AS (SELECT 1) SELECT * FROM d', ['d']],
  ['WITH c AS (SELECT 1) SELECT * FROM db.c', ['c']],
])('of %s the tables are %j', async (sql, names) => {
  const { tables } = await running.engine.prepare({ sql, parameters: [], database: 'db' });
  expect(tables.map(({ name }) => name)).toEqual(names);
});

it('puts execution parameters in as values', async () => {
  const { lines } = await running.query('SELECT id, ? FROM t WHERE id = ? AND name <> ? AND id > 1 - ?', {
    table,
    parameters: ["'it''s'", '1', "'x; --'", '-1'],
  });
  expect(lines).toEqual([]);
  const found = await running.query('SELECT ?, ?, ?, ?', {
    parameters: ["DATE '2026-02-04'", 'NULL', '-1', 'true'],
  });
  expect(found.lines).toEqual(['"2026-02-04",,"-1","true"']);
});

it('takes a number or a ? for its limit', async () => {
  const { lines } = await running.query('SELECT id FROM t ORDER BY id OFFSET ? LIMIT ?', {
    table,
    parameters: ['1', '1'],
  });
  expect(lines).toEqual(['"2"']);
});

it('may have any character in a name', async () => {
  const { text } = await running.query('SELECT 1 AS "a\n""; --", 2 AS b');
  expect(text).toBe('"a\n""; --","b"\n"1","2"\n');
});

it('takes a long list and a long chain of conditions', async () => {
  const numbers = Array.from({ length: 2000 }, (_, i) => i + 1);
  const chain = numbers.map((n) => `id = ${n}`).join(' OR ');
  const { lines } = await running.query(
    `SELECT count(*) FROM t WHERE id IN (${numbers.join()}) AND (${chain})`,
    {
      table,
    },
  );
  expect(lines).toEqual(['"3"']);
});

describe('what is not the same each time that it is computed', () => {
  const ROWS = 'FROM UNNEST(sequence(1, 10000)) AS t(i)';

  it.each([
    ["CASE random(3) WHEN 0 THEN 'a' WHEN 1 THEN 'b' WHEN 2 THEN 'c' END IS NULL", 0, 0],
    ["CASE CAST(random(2) AS varchar) WHEN '0' THEN 'a' WHEN '1' THEN 'b' END IS NULL", 0, 0],
    ['nullif(random(2), 0) = 0', 0, 0],
    ['random() BETWEEN 0.3e0 AND 0.6e0', 2700, 3300],
    ['random(10) BETWEEN 3 AND 5', 2700, 3300],
    ['random(2) IN (0, 1)', 10_000, 10_000],
    ['CAST(CAST(random(2) AS varchar) AS integer) IN (0, 1)', 10_000, 10_000],
    ["split_part(if(random(2) = 0, 'a', 'b-c'), '-', 2) IS NULL", 4700, 5300],
    ['greatest(random(2), 0) NOT IN (0, 1)', 0, 0],
    ['element_at(ARRAY[0, 1], random(2) + 1) IS NULL', 0, 0],
    ['random() < random()', 4700, 5300],
    ['map_zip_with(if(random(2) = 0, MAP()), MAP(), (k, x, y) -> 1) IS NULL', 4700, 5300],
    [
      "element_at(map_zip_with(if(random(2) = 0, MAP(ARRAY['a'], ARRAY[0]), MAP(ARRAY['b'], ARRAY[0])), MAP(), (k, x, y) -> x), 'a') = 0",
      4700,
      5300,
    ],
    [
      'element_at(map_zip_with(MAP(ARRAY[0], ARRAY[random(2)]), MAP(), (k, x, y) -> if(x = 0, 1, if(x = 1, 2))), 0) IS NULL',
      0,
      0,
    ],
    [
      'cardinality(transform_keys(MAP(ARRAY[1, 2], ARRAY[1, 2]), (k, v) -> 10 * k + random(2))) = 2',
      10_000,
      10_000,
    ],
    [
      'element_at(transform_keys(if(random(2) = 0, MAP(ARRAY[0], ARRAY[0]), MAP(ARRAY[1], ARRAY[1])), (k, v) -> k), 0) = 1',
      0,
      0,
    ],
    ["array_join(if(random(2) = 0, ARRAY['a']), ',') IS NULL", 4700, 5300],
    ["array_join(if(random(2) = 0, ARRAY[CAST(NULL AS varchar)]), ',') = ''", 4700, 5300],
    [
      "array_join(ARRAY[NULL, 0, NULL], ',', CAST(random(2) AS varchar)) IN ('0,0,0', '1,0,1')",
      10_000,
      10_000,
    ],
    ['reduce(if(random(2) = 0, ARRAY[1]), 0, (s, x) -> s + x, s -> s) IS NULL', 4700, 5300],
    [
      "format_datetime(date_add('millisecond', CAST(random(2) AS bigint) * 3600000, TIMESTAMP '2020-01-01 00:00:00'), 'HH ZZ') IN ('00 +00:00', '01 +00:00')",
      10_000,
      10_000,
    ],
    [
      "format_datetime(date_add('hour', random(2), TIMESTAMP '2020-01-01 00:00:00 +02:00'), 'Z') = '+0200'",
      10_000,
      10_000,
    ],
    ['contains(sequence(random(2), 5), 5)', 10_000, 10_000],
    ['cardinality(sequence(0, 5, random(2) + 1)) IN (3, 6)', 10_000, 10_000],
    [
      "format('%s', date_add('hour', 36 * random(2), TIMESTAMP '2020-01-01 00:00:00')) IN ('2020-01-01T00:00', '2020-01-02T12:00')",
      10_000,
      10_000,
    ],
    ['any_match(ARRAY[1], x -> if(random(2) = 0, true, NULL)) = false', 0, 0],
    ['all_match(ARRAY[1], x -> random(2) = 0)', 4700, 5300],
    [
      "CAST(MAP(ARRAY[1, 2], ARRAY[random(2), 2]) AS map(varchar, varchar))['1'] IN ('0', '1')",
      10_000,
      10_000,
    ],
    ['nullif(random(2), random(2)) IS NULL', 4700, 5300],
  ])('is computed once a row: %s', async (condition, least, most) => {
    const { lines } = await running.query(`SELECT count_if(${condition}) ${ROWS}`);
    const count = Number(lines[0]?.replaceAll('"', ''));
    expect(count).toBeGreaterThanOrEqual(least);
    expect(count).toBeLessThanOrEqual(most);
  });
});

it.each([
  ["CASE upper(s) WHEN 'A' THEN s ELSE max(s) || (SELECT '!') END", ['a', 'b!']],
  ["CASE upper(s) WHEN 'A' THEN CAST(count(*) AS varchar) WHEN 'B' THEN s END", ['2', 'b']],
  ["CASE upper(s) WHEN 'A' THEN EXISTS (SELECT 1) ELSE s IN (SELECT 'c') END", ['false', 'true']],
  ['CASE count(*) WHEN 2 THEN 7 WHEN 0 THEN 1 / 0 ELSE max(n) END', ['2', '7']],
  ["TRY(CASE upper(s) WHEN 'A' THEN s ELSE CAST(1 / (count(*) - 1) AS varchar) END)", ['none', 'a']],
  ["split_part(upper(s) || '-' || max(s), s, 2)", ['', '']],
  ['nullif(sum(n), max(n))', ['4', 'none']],
])('an operand that is computed once stands beside groups: %s', async (expression, values) => {
  const from = "FROM (VALUES ('a', 1), ('a', 3), ('b', 2)) AS t(s, n) GROUP BY s";
  const { lines } = await running.query(`SELECT coalesce(CAST(${expression} AS varchar), 'none') ${from}`);
  expect(lines.toSorted()).toEqual(values.map((value) => `"${value}"`).toSorted());
});
