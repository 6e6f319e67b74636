import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EngineTable } from '../../../local/engine/engine.js';
import { columns, RunningEngine } from './running-engine.js';

const running = new RunningEngine();
let table: EngineTable;

beforeAll(async () => {
  const list = columns('id int');
  const files = [await running.object(list, [{ id: 1 }], 'plain', [])];
  table = { database: 'db', name: 't', columns: list, partitionKeys: [], files };
  writeFileSync(path.join(running.objectsDir, 'other.parquet'), 'x');
});
afterAll(() => running.close());

it.each([
  ["COPY t TO 'x.csv'"],
  ["COPY (SELECT 1) TO '/tmp/x'"],
  ["ATTACH '/tmp/x.db'"],
  ["SELECT * FROM read_text('/etc/passwd')"],
  ["SELECT * FROM read_csv('/etc/passwd')"],
  ["SELECT * FROM read_csv_auto('/etc/passwd')"],
  ["SELECT * FROM read_blob('/etc/passwd')"],
  ["SELECT * FROM read_parquet('other.parquet')"],
  ["SELECT * FROM parquet_scan('other.parquet')"],
  ["SELECT * FROM glob('/**')"],
  ["SELECT * FROM '/etc/passwd'"],
  ['SELECT * FROM "/etc/passwd"'],
  ['SELECT * FROM "other.parquet"'],
  ['SELECT * FROM db."../../other.parquet"'],
  ['SELECT 1; SELECT 2'],
  ['SELECT 1;; SELECT 2'],
  ['SELECT 1; DROP TABLE t'],
  ["SET memory_limit = '1GB'"],
  ['RESET memory_limit'],
  ['PRAGMA database_list'],
  ['INSTALL httpfs'],
  ['LOAD httpfs'],
  ['CALL duckdb_settings()'],
  ['SELECT * FROM duckdb_settings()'],
  ['SELECT * FROM duckdb_tables()'],
  ['SELECT * FROM duckdb_logs'],
  ['SELECT * FROM sqlite_master'],
  ['SELECT * FROM pg_catalog.pg_tables'],
  ['SELECT * FROM information_schema.tables'],
  ['SELECT * FROM pragma_version()'],
  ["SELECT getenv('HOME')"],
  ["SELECT current_setting('temp_directory')"],
  ["SELECT getvariable('x')"],
  ["SELECT error('x')"],
  ["SELECT query('SELECT 1')"],
  ["FROM query('SELECT 1')"],
  ["FROM query_table('t')"],
  ['CREATE MACRO f(x) AS x'],
  ['SELECT trino_float_text(1)'],
  ["SELECT trino_hash(X'00', 'md5')"],
  ["SELECT trino_fail('x')"],
  ["SELECT transform(ARRAY['/etc/passwd'], f -> read_text(f))"],
  ["SELECT transform(ARRAY['/etc/passwd'], f -> (SELECT content FROM read_text(f)))"],
  ["SELECT transform(ARRAY[1], x -> trino_fail('x'))"],
  ["SELECT transform(ARRAY[1], x -> getenv('HOME'))"],
  ['SELECT list_transform([1], lambda x: x)'],
  ["SELECT reduce(ARRAY[1], 0, (s, x) -> query('SELECT 1'), s -> s)"],
  ["SELECT try(read_blob('/etc/passwd'))"],
  ["SELECT * FROM UNNEST(read_csv('/etc/passwd'))"],
  ["SELECT listagg(name, ',' ON OVERFLOW TRUNCATE) FROM t"],
  ["SELECT json_extract('{}', '$.a'';COPY t TO 1')"],
  ["SELECT now() AT TIME ZONE 'Europe/Paris'', read_text(''/etc/passwd'')'"],
  ['SELECT * FROM (COPY t TO 1)'],
  ['WITH x AS (DELETE FROM t) SELECT 1'],
  ['SELECT * INTO x FROM t'],
  ['SELECT * FROM t FOR UPDATE'],
  ['SELECT * EXCLUDE (id) FROM t'],
  ['SELECT COLUMNS(*) FROM t'],
  ['SELECT id::varchar FROM t'],
  ['SELECT {a: 1}'],
  ['SELECT [1]'],
  ['SELECT $1'],
  ['SELECT #1 FROM t'],
  ["SELECT E'\\x'"],
  ['SELECT $$x$$'],
  ['SELECT `id` FROM t'],
  ['SUMMARIZE t'],
  ['PIVOT t ON id'],
  ['SELECT * FROM t TABLESAMPLE RESERVOIR (10)'],
  ['SELECT * FROM t TABLESAMPLE SYSTEM (random())'],
  ['SELECT 1 -- \n; COPY t TO 1'],
  ["SELECT 'a' '; COPY t TO 1"],
  ['SELECT 1 /* */ */'],
  [''],
  [';'],
  ['-- nothing'],
  ["SELECT '\u0000'"],
])('refuses %s', async (sql) => {
  await expect(running.query(sql, { table })).rejects.toMatchObject({ name: 'QueryFault' });
});

it.each([
  ['CREATE TABLE x AS SELECT 1'],
  ['INSERT INTO t SELECT 1'],
  ["UNLOAD (SELECT 1) TO '/tmp/x' WITH (format = 'PARQUET')"],
])('writes nothing for %s unless it is told where', async (sql) => {
  await expect(running.query(sql, { table })).rejects.toThrow('The engine is not told where to write');
});

it('makes no comment of a double negation, behind which a text would be SQL', async () => {
  const secret = path.join(running.objectsDir, 'other.parquet');
  const stolen = path.join(running.stagingDir, 'stolen.csv');
  const read = `SELECT - -5, '\n1) AS c1, (SELECT content FROM read_text($$${secret}$$)) AS c2) AS result) TO $$${stolen}$$ (FORMAT csv); --'`;
  const write = `SELECT - -1, '\n1) AS c1, 2 AS c2) AS result) TO $$${stolen}$$ (FORMAT csv); COPY (SELECT 7) TO $$${secret}$$ (FORMAT csv); DROP MACRO trino_float_text; --'`;
  for (const [sql, first] of [
    [read, '"5"'],
    [write, '"1"'],
  ] as const) {
    const { text } = await running.query(sql);
    expect(text).toBe(`"_col0","_col1"\n${first},${sql.slice(13, -1).replace("'", '"')}"\n`);
  }
  expect(existsSync(stolen)).toBe(false);
  expect(readFileSync(secret, 'utf8')).toBe('x');
  expect((await running.query('SELECT 1.5e0')).lines).toEqual(['"1.5"']);
});

it.each([
  ["format('%s', '''; COPY t TO 1; --')", "'; COPY t TO 1; --"],
  ["format('#D #O @1 $1 %s', '$2 #F')", '#D #O @1 $1 $2 #F'],
  ["transform(ARRAY['$1 @1 #D'], x -> x || '$2 agg{x}')", '[$1 @1 #D$2 agg{x}]'],
  ["array_join(ARRAY['$1', '@2', '#V'], '$* $|')", '$1$* $|@2$* $|#V'],
  [
    "(SELECT listagg(x, '#O) FROM read_text(1) --') WITHIN GROUP (ORDER BY x DESC) FROM (VALUES '$1', '#F') AS t(x))",
    '$1#O) FROM read_text(1) --#F',
  ],
  ["replace('a', 'a', 'lambda e0: trino_fail(1)')", 'lambda e0: trino_fail(1)'],
  ["CAST(ROW('x') AS ROW(\"a'; COPY t\" varchar))", "{a'; COPY t=x}"],
  ['CAST(ROW(\'x\') AS ROW("a""b" varchar))."a""b"', 'x'],
  ["json_extract_scalar('{\"a''b\": 1}', '$[\"a''b\"]')", '1'],
  ["regexp_replace('a', 'a', x -> '''); COPY t TO 1; --')", "'); COPY t TO 1; --"],
  ["MAP(ARRAY['k'';--'], ARRAY['v'])['k'';--']", 'v'],
])('makes no SQL of the text in %s', async (expression, answer) => {
  const { lines } = await running.query(`SELECT ${expression}`, { table });
  expect(lines).toEqual([`"${answer.replaceAll('"', '""')}"`]);
});

it.each([
  ['../../../../../escaped'],
  ['/etc/x'],
  ['a/b'],
  ['*'],
  ['a=b'],
  ['a"b'],
  ['a%2Fb'],
  ['a\nb'],
  ['x'.repeat(300)],
])('makes no folder of the partition key %j', async (name) => {
  const [file] = table.files;
  if (!file) throw new Error('There is no file');
  const partitioned = {
    ...table,
    partitionKeys: [{ name, type: 'string' }],
    files: [{ ...file, partition: ['v'] }],
  };
  const failing = running.query('SELECT * FROM t', { table: partitioned });
  await expect(failing).rejects.toMatchObject({ code: 'NOT_SUPPORTED' });
  const folders = readdirSync(running.folder, { recursive: true, encoding: 'utf8' });
  expect(folders.filter((folder) => folder.includes('=v'))).toEqual([]);
  expect(existsSync(path.join(running.folder, '..', 'escaped=v'))).toBe(false);
});

it.each([['..'], ["p'x"], ['a b'], ['é; --']])('reads a partition by the key %j', async (name) => {
  const [file] = table.files;
  if (!file) throw new Error('There is no file');
  const files = ['*', '../..', '[a]'].map((value) => ({ ...file, partition: [value] }));
  const partitioned = { ...table, partitionKeys: [{ name, type: 'string' }], files };
  const quoted = `"${name.replaceAll('"', '""')}"`;
  const { lines } = await running.query(`SELECT ${quoted} FROM t ORDER BY 1`, { table: partitioned });
  expect(lines).toEqual(['"*"', '"../.."', '"[a]"']);
});

it.each([
  ['parentheses', `SELECT ${'('.repeat(100_000)}1${')'.repeat(100_000)}`],
  ['negations', `SELECT ${'NOT '.repeat(60_000)} TRUE`],
  ['operators', `SELECT ${'1 + '.repeat(60_000)} 1`],
  ['calls', `SELECT ARRAY[''${", split_part(upper('x'), 'b', 1)".repeat(5000)}]`],
  ['subscripts', `SELECT ARRAY[1]${'[1]'.repeat(100_000)}`],
  ['lambdas', `SELECT ${'transform(ARRAY[1], x -> '.repeat(300)}1${')'.repeat(300)}`],
])('refuses a statement of far too many %s', async (_, sql) => {
  await expect(running.query(sql)).rejects.toMatchObject({ code: 'STATEMENT_TOO_LARGE' });
});

it.each([
  ["'; COPY t TO 'x'; --", "'''; COPY t TO ''x''; --'"],
  ['\\', "'\\'"],
  ["\\'", "'\\'''"],
  ['$$ -- /* ', "'$$ -- /* '"],
  ['{id}', "'{id}'"],
])('takes %j for text and nothing else', async (text, literal) => {
  const { lines } = await running.query(`SELECT length(${literal}), id FROM t WHERE ${literal} = ?`, {
    table,
    parameters: [literal],
  });
  expect(lines).toEqual([`"${text.length}","1"`]);
});

// https://github.com/aoyagikouhei/athena-local/blob/main/docs/parameters.md has what was measured on Athena.
it.each([
  ['1; SELECT 2'],
  ['id'],
  ['1, 2'],
  ["it's"],
  ["' OR 1 = 1 --"],
  ['/*'],
  [''],
  ['?'],
  ["'"],
  ['1) FROM t WHERE (1'],
])('takes the execution parameter %j for a text', async (parameter) => {
  const { lines } = await running.query("SELECT ?, 'end' FROM t", { table, parameters: [parameter] });
  expect(lines).toEqual([`"${parameter}","end"`]);
});

it.each([
  ['(SELECT 1)', '1'],
  ['1 -- x\n + 1', '2'],
  ["'a' || 'b'", 'ab'],
  ['- -1', '1'],
])('takes the execution parameter %j for an expression', async (parameter, value) => {
  const { lines } = await running.query("SELECT ?, 'end' FROM t", { table, parameters: [parameter] });
  expect(lines).toEqual([`"${value}","end"`]);
});

it.each([['1\0'], ["read_text('/etc/passwd')"], ['(SELECT * FROM read_csv(1))']])(
  'refuses the execution parameter %j',
  async (parameter) => {
    const failing = running.query('SELECT ?', { table, parameters: [parameter] });
    await expect(failing).rejects.toMatchObject({ name: 'QueryFault' });
  },
);

it('takes no notice of parameters where there is no ?', async () => {
  expect((await running.query('SELECT 1', { parameters: ['1', '2'] })).lines).toEqual(['"1"']);
});

it.each([[[]], [['1', '2']]])('refuses %j as the values of one ?', async (parameters) => {
  await expect(running.query('SELECT ?', { table, parameters })).rejects.toThrow(/expected 1 but found/);
});

it('gives the rows of the catalog as they are, whatever they hold', async () => {
  const odd = ["'; COPY (SELECT 1) TO '/tmp/x'; --", '"', '\\', 'a\0b', '\n', null];
  const catalog = {
    database: 'db',
    name: 'catalog',
    columns: columns('text string, n bigint'),
    partitionKeys: [],
    files: [],
    rows: odd.map((text, i) => [text, String(i)]),
  };
  const { lines } = await running.query(
    "SELECT coalesce(replace(text, '\n', 'NEWLINE'), 'NULL') FROM catalog ORDER BY n",
    { table: catalog },
  );
  expect(lines).toEqual([`"${odd[0]}"`, '""""', '"\\"', '"ab"', '"NEWLINE"', '"NULL"']);
});

it('writes nothing outside the staging folder, even where it is told to', async () => {
  const folder = path.join(running.folder, 'outside');
  const request = { sql: 'CREATE TABLE x AS SELECT 1 AS a', parameters: [], database: 'db' };
  const write = {
    folder,
    format: 'PARQUET',
    codec: 'GZIP',
    delimiter: ',',
    partitionedBy: [],
    mostPartitions: 100,
    withData: true,
  } as const;
  const resultPath = path.join(running.stagingDir, 'none');
  await expect(
    running.engine.execute({ ...request, id: 'outside', tables: [], resultPath, write }),
  ).rejects.toThrow();
  expect(existsSync(path.join(folder, 'data'))).toBe(false);
});
