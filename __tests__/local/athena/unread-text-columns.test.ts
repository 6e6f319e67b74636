import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAthena, runAthena } from './running-athena.js';

let athena: RunningAthena;
beforeAll(async () => {
  athena = await runAthena();
});
afterAll(() => athena.end());

const serde = (library: string, properties = '') =>
  `ROW FORMAT SERDE '${library}' ${properties && `WITH SERDEPROPERTIES (${properties})`}`;
const OPENX = serde('org.openx.data.jsonserde.JsonSerDe');
const HCATALOG = serde('org.apache.hive.hcatalog.data.JsonSerDe');
const OPEN_CSV = serde('org.apache.hadoop.hive.serde2.OpenCSVSerde');

const create = (name: string, columns: string, format: string, folder = name) =>
  athena.run(`CREATE EXTERNAL TABLE ${name} (${columns}) ${format} LOCATION 's3://lake/${folder}/'`);

// Trino's readers of lines make values of the columns that a query needs, and of no other: JsonDeserializer and
// OpenXJsonDeserializer in io.trino.hive.formats.line are given these columns, and skip the other keys of a row.
describe.each([
  ['openx', OPENX],
  ['hcatalog', HCATALOG],
])('a value of %s that its column cannot hold', (name, format) => {
  const about = (column: string, type: string, value: string, row: number) =>
    `FAILED HIVE_BAD_DATA: Error parsing a field value: Data does not match the schema. Column "${column}" of type ${type} cannot hold ${value}. (row ${row} of s3://lake/${name}/a.json)`;
  const NUMBER = about('n', 'int', '"two"', 2);
  const NESTED = about('nested', 'struct<a:int,b:string>', '{"a":"x","b":"y"}', 3);

  beforeAll(async () => {
    await athena.put(
      `${name}/a.json`,
      [
        { id: 1, n: 1, nested: { a: 1, b: 'x' }, at: '2026-02-04 21:35:54.759' },
        { id: 2, n: 'two', nested: { a: 2, b: 'y' }, at: '2026-02-04 21:35:54.759' },
        { id: 3, n: {}, nested: { a: 'x', b: 'y' }, at: 'soon' },
        { id: 4, n: 'four', nested: { a: 4, b: 'z' }, at: 'later' },
      ]
        .map((row) => `${JSON.stringify(row)}\n`)
        .join(''),
    );
    await create(name, 'id int, n int, nested struct<a:int,b:string>, at timestamp', format);
    await athena.run(`CREATE VIEW ${name}_view AS SELECT * FROM ${name}`);
    await create(`${name}_ids`, 'id int', format, name);
  });

  it.each([
    ['SELECT id FROM T ORDER BY 1', [['1'], ['2'], ['3'], ['4']]],
    ['SELECT id FROM T ORDER BY 1 DESC LIMIT 2', [['4'], ['3']]],
    ['SELECT count(*) FROM T', [['4']]],
    ['SELECT count(*), max(id) FROM T WHERE id > 1', [['3', '4']]],
    ['SELECT 1 FROM T LIMIT 1', [['1']]],
    ['SELECT DISTINCT "$path" FROM T', [[`s3://lake/${name}/a.json`]]],
    ['SELECT id FROM (SELECT *, upper(nested.b) u FROM T) WHERE id = 2', [['2']]],
    ['WITH t AS (SELECT * FROM T) SELECT count(*) FROM t a JOIN t b ON a.id = b.id', [['4']]],
    [`SELECT v.id FROM ${name}_view v JOIN ${name}_ids i ON v.id = i.id WHERE i.id = 3`, [['3']]],
    ["SELECT levenshtein_distance(CAST(id AS varchar), '1') FROM T WHERE id = 1", [['0']]],
    ['SELECT n, nested FROM T WHERE false', []],
    ['SELECT n, nested FROM T LIMIT 0', []],
  ])('is nothing to a query that does not read it: %s', async (sql, rows) => {
    expect(await athena.rows(sql.replaceAll(/\bT\b/g, name))).toEqual(rows);
  });

  it.each([
    ['SELECT n FROM T', NUMBER],
    ['SELECT * FROM T', NUMBER],
    ['SELECT id FROM T WHERE n = 1', NUMBER],
    ['SELECT n FROM T WHERE id = 1', NUMBER],
    ['SELECT id FROM T ORDER BY n LIMIT 1', NUMBER],
    ['SELECT max(n) FROM T', NUMBER],
    ['SELECT count(n) FROM T', NUMBER],
    ['SELECT a.id FROM T a JOIN T b ON a.id = b.n', NUMBER],
    [`SELECT n FROM ${name}_view`, NUMBER],
    // The whole of a row is read, whichever of its fields is wanted.
    ['SELECT nested.b FROM T', NESTED],
    ['SELECT at, nested FROM T', NESTED],
    ['SELECT at FROM T', about('at', 'timestamp', '"soon"', 3)],
    [`CREATE TABLE ${name}_copy AS SELECT id, n FROM T`, NUMBER],
  ])('fails one that does, by the first in the rows: %s', async (sql, reason) => {
    expect(await athena.reason(sql.replaceAll(/\bT\b/g, name))).toContain(reason);
  });

  it('is nothing to a query that reads no rows', async () => {
    expect(await athena.rows(`EXPLAIN SELECT * FROM ${name}`)).not.toEqual([]);
    await athena.run(`CREATE TABLE ${name}_empty AS SELECT * FROM ${name} WITH NO DATA`);
    expect(await athena.rows(`SELECT * FROM ${name}_empty`)).toEqual([]);
  });

  it('leaves what can be read for a table', async () => {
    await athena.run(`CREATE TABLE ${name}_read AS SELECT id FROM ${name}`);
    await athena.run(`INSERT INTO ${name}_read SELECT id + 10 FROM ${name}`);
    expect(await athena.rows(`SELECT sum(id) FROM ${name}_read`)).toEqual([['60']]);
  });
});

it('a row that is no JSON fails each query that reads rows, unless a value before it does', async () => {
  await athena.put('broken/a.json', '{"id":1}\n{"id":2,"n":"two"}\n{"id":3\n');
  await create('broken', 'id int, n int', OPENX);
  const third = /^FAILED HIVE_CURSOR_ERROR: Row is not a valid JSON Object: .*\(row 3 of s3:\/\/lake\/broken/;
  for (const sql of ['SELECT count(*) FROM broken', 'SELECT id FROM broken', 'SELECT 1 FROM broken LIMIT 1'])
    expect(await athena.reason(sql)).toMatch(third);
  expect(await athena.reason('SELECT n FROM broken')).toMatch(/HIVE_BAD_DATA: .*\(row 2 of/);
  expect(await athena.rows('SELECT n FROM broken WHERE false')).toEqual([]);
});

// "When set to TRUE, lets you skip malformed JSON syntax."
// https://docs.aws.amazon.com/athena/latest/ug/openx-json-serde.html
it('malformed rows that are ignored leave the values that are none', async () => {
  await athena.put('ignored/a.json', 'oops\n{"id":2,"n":"two"}\n{"id":3}\n');
  const format = serde('org.openx.data.jsonserde.JsonSerDe', "'ignore.malformed.json'='true'");
  await create('ignored', 'id int, n int', format);
  expect(await athena.rows('SELECT id FROM ignored ORDER BY id')).toEqual([['2'], ['3'], [undefined]]);
  expect(await athena.reason('SELECT n FROM ignored')).toMatch(/HIVE_BAD_DATA: .*\(row 2 of/);
});

it('a query that DuckDB cannot plan beforehand is held to read every column', async () => {
  await athena.put('unplanned/a.json', '{"t":"1.0"}\n{"n":"two"}\n');
  await create('unplanned', 't string, n int', OPENX);
  const sum = 'sum(CAST(t AS double))';
  const unplanned = `SELECT t, ${sum} FROM unplanned GROUP BY t ORDER BY sum(CAST(t AS double) ORDER BY t)`;
  expect(await athena.reason(unplanned)).toMatch(/HIVE_BAD_DATA: .*"n".*\(row 2 of/);
  expect(await athena.rows(`SELECT ${sum} FROM unplanned`)).toEqual([['1.0']]);
});

it('a value of OpenCSVSerde that its column cannot hold fails the queries that read it', async () => {
  await athena.put('numbers/a.csv', '1,one,x\n2,two,y\n3,4,z\n');
  await create('numbers', 'id int, n int, day date', OPEN_CSV);
  expect(await athena.rows('SELECT id FROM numbers WHERE id > 1')).toEqual([['2'], ['3']]);
  expect(await athena.rows('SELECT count(*) FROM numbers')).toEqual([['3']]);
  expect(await athena.reason('SELECT id, n FROM numbers')).toBe(
    'FAILED HIVE_BAD_DATA: Error parsing field value \'one\' for field 1: For input string: "one"',
  );
  expect(await athena.reason('SELECT day FROM numbers')).toContain("'x' for field 2");
});

describe('of a table with partitions', () => {
  beforeAll(async () => {
    await athena.put('days/day=1/a.json', '{"id":1,"n":1}\n');
    await athena.put('days/day=2/a.json', '{"id":2,"n":"two"}\n');
    await athena.put('days/day=2/b.json.gz', gzipSync('{"id":3,"n":3}\n'));
    await athena.put('days/day=3/a.json', '{"id":4\n');
    await athena.run(
      `CREATE EXTERNAL TABLE days (id int, n int) PARTITIONED BY (day int) ${OPENX} LOCATION 's3://lake/days/'`,
    );
    await athena.run('MSCK REPAIR TABLE days');
  });

  it.each([
    ['SELECT n FROM days WHERE day = 1', [['1']]],
    [
      'SELECT id, day FROM days WHERE day < 3 ORDER BY id',
      [
        ['1', '1'],
        ['2', '2'],
        ['3', '2'],
      ],
    ],
    ['SELECT id FROM days WHERE day = 2 ORDER BY id DESC LIMIT 1', [['3']]],
    [
      'SELECT day, count(*) FROM days WHERE day < 3 GROUP BY day ORDER BY day',
      [
        ['1', '1'],
        ['2', '2'],
      ],
    ],
    ['SELECT max(day), max(id) FROM days WHERE day = 2', [['2', '3']]],
    [
      "SELECT id FROM days WHERE day = 2 AND id < infinity() AND 'a' <> '\"value\":NaN' ORDER BY id",
      [['2'], ['3']],
    ],
    ['SELECT id FROM days WHERE day = 2 AND id > -infinity() AND id <> nan() ORDER BY id', [['2'], ['3']]],
  ])('partitions and columns that are not read are nothing to %s', async (sql, rows) => {
    expect(await athena.rows(sql)).toEqual(rows);
  });

  it.each([
    ['SELECT n FROM days WHERE day < 3', /HIVE_BAD_DATA: .*\(row 1 of s3:\/\/lake\/days\/day=2\/a.json\)/],
    ['SELECT max(n) FROM days WHERE day = 2', /HIVE_BAD_DATA/],
    ['SELECT id FROM days WHERE day = 2 ORDER BY n LIMIT 1', /HIVE_BAD_DATA/],
    ['SELECT DISTINCT day FROM days', /HIVE_CURSOR_ERROR: .*day=3/],
  ])('what is wrong with those that are is told by %s', async (sql, reason) => {
    expect(await athena.reason(sql)).toMatch(reason);
  });
});

it('leaves no trouble', () => {
  expect(athena.running.troubles).toEqual([]);
});
