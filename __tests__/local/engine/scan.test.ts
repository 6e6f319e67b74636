import { realpathSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineFile, EngineTable } from '../../../local/engine/engine.js';
import { FileColumns } from '../../../local/engine/file-columns.js';
import { withFileFacts } from '../../../local/engine/file-facts.js';
import { PartitionFiles } from '../../../local/engine/partition-files.js';
import { columns, RunningEngine } from './running-engine.js';

const running = new RunningEngine();
afterAll(() => running.close());

const list = columns('id int, name string');
const keys = columns('day string, hour int');
const names = (files: readonly string[]) => files.map((file) => path.basename(file)).sort();

describe.each([
  ['named by their folders', (day: string, hour: string) => `day=${day}/hour=${hour}`],
  ['in folders of another form', (day: string, hour: string) => `2026/${day}-${hour}`],
])('files %s', (_, folderOf) => {
  let table: EngineTable;
  let fileOf: Map<string, EngineFile>;

  beforeAll(async () => {
    fileOf = new Map();
    for (const [day, hour] of [
      ['01', '05'],
      ['01', '06'],
      ['02', '05'],
      ['02', '07'],
    ] as const) {
      const rows = [{ id: Number(hour), name: `${day}-${hour}` }];
      fileOf.set(`${day} ${hour}`, await running.object(list, rows, folderOf(day, hour), [day, hour]));
    }
    table = { database: 'db', name: 't', columns: list, partitionKeys: keys, files: [...fileOf.values()] };
  });

  it.each([
    ["SELECT id FROM t WHERE day = '01' AND hour = 5", ['01 05'], 1],
    ["SELECT id FROM t WHERE day = '01'", ['01 05', '01 06'], 2],
    ['SELECT id FROM t WHERE hour BETWEEN 6 AND 7', ['01 06', '02 07'], 2],
    ["SELECT id FROM t WHERE day || '-' || CAST(hour AS varchar) = '02-7'", ['02 07'], 1],
    ['SELECT id FROM t WHERE CAST(day AS integer) = 2 AND hour < 6', ['02 05'], 1],
    ["SELECT id FROM t WHERE day IN ('01', '03') OR hour = 7", ['01 05', '01 06', '02 07'], 3],
    ["WITH x AS (SELECT * FROM t) SELECT id FROM x WHERE day = '02' AND hour = 5", ['02 05'], 1],
    ['SELECT id FROM (SELECT id, hour AS h FROM t) WHERE h = 7', ['02 07'], 1],
    [
      "SELECT a.id FROM t a JOIN t b ON a.id = b.id AND a.day = b.day WHERE a.day = '01' AND a.hour = 6 AND b.hour = 6",
      ['01 06'],
      1,
    ],
    ["SELECT h, count(*) FROM (SELECT day AS h FROM t) WHERE h = '02' GROUP BY h", ['02 05', '02 07'], 1],
    ["SELECT v FROM t CROSS JOIN UNNEST(ARRAY[id, 0]) AS u(v) WHERE day = '01' AND hour = 5", ['01 05'], 2],
    ['SELECT v FROM t LEFT JOIN UNNEST(ARRAY[id]) AS u(v) ON true WHERE hour = 7', ['02 07'], 1],
    [
      "SELECT v FROM t, UNNEST(ARRAY[name]) AS u(v) WHERE t.day = '02' AND v LIKE '%7'",
      ['02 05', '02 07'],
      1,
    ],
    ["SELECT id FROM t WHERE day = '09'", [], 0],
    ['SELECT id FROM t', ['01 05', '01 06', '02 05', '02 07'], 4],
    ['SELECT 1', [], 1],
  ])('%s opens %j', async (sql, opened, rows) => {
    const result = await running.query(sql, { table });
    expect(names(result.filesOpened)).toEqual(names(opened.map((key) => fileOf.get(key)?.path ?? key)));
    expect(result.rows).toBe(rows);
    expect(result.bytesScanned > 0).toBe(opened.length > 0);
  });

  it('have their partition as columns', async () => {
    const { lines } = await running.query('SELECT day, hour, name FROM t ORDER BY name', { table });
    expect(lines).toEqual(['"01","5","01-05"', '"01","6","01-06"', '"02","5","02-05"', '"02","7","02-07"']);
  });

  it('are read once for each time that the statement reads the table, as by Athena', async () => {
    const cte = 'WITH x AS (SELECT id, name FROM t)';
    const once = await running.query(`${cte} SELECT * FROM x`, { table });
    const twice = await running.query(`${cte} SELECT a.*, b.* FROM x a CROSS JOIN x b`, { table });
    expect(twice.bytesScanned).toBeGreaterThan(1.5 * once.bytesScanned);
  });

  it('are counted for each query by itself', async () => {
    const days = ['01', '02', '01', '02', '01', '02'];
    const results = await Promise.all(
      days.map((day) => running.query(`SELECT * FROM t WHERE day = '${day}'`, { table })),
    );
    const [one] = results;
    for (const [i, result] of results.entries()) {
      expect(
        result.filesOpened.every((file) =>
          [...fileOf].some(([key, f]) => f.path === file && key.startsWith(days[i] ?? '')),
        ),
      ).toBe(true);
      expect(result.filesOpened).toHaveLength(2);
      expect(result.bytesScanned).toBe(one?.bytesScanned);
    }
  });
});

it('has the paths of thousands of files', async () => {
  const file = await running.object(list, [{ id: 1 }], 'many', ['01', '1']);
  const files = Array.from({ length: 5000 }, (_, i) => ({
    ...file,
    uri: `s3://bucket/${'long/'.repeat(10)}${i}`,
    partition: [String(i), '1'],
  }));
  const table = { database: 'db', name: 't', columns: list, partitionKeys: keys, files };
  const { lines, filesOpened } = await running.query(
    `SELECT day, "$path" FROM t WHERE day = '7' AND ("$path" LIKE '%/7' OR "$path" = 'x')`,
    { table },
  );
  expect(lines).toEqual([`"7","${files[7]?.uri}"`]);
  expect(filesOpened).toHaveLength(1);
});

it('finds what it knows of files by a hash of their paths, and does not search all for each row', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const file = { path: '/p', uri: 's3://bucket/p', partition: [] };
  const files = new Map(Array.from({ length: 100 }, (_, i) => [`/p${i}`, file]));
  const rows = `(SELECT '/p' || i AS "$path" FROM range(1000) AS numbers(i))`;
  const columns = ['$path', '$file_size', '$file_modified_time', '$partition'];
  const plan = await connection.runAndReadAll(`EXPLAIN FROM ${withFileFacts(rows, files, [], columns)}`);
  const operators = JSON.stringify(plan.getRowsJson());
  connection.closeSync();
  expect(operators.match(/\w*_JOIN/g)).toEqual(['HASH_JOIN']);
});

it('keeps no more of what it knows of files than it is told to', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const known = new FileColumns(1);
  const files = await Promise.all(
    ['x', 'y'].map((name) => running.object(columns(`${name} int`), [{}], `kept-${name}`, [])),
  );
  for (const _ of [1, 2]) {
    for (const [i, { path: file }] of files.entries()) {
      expect((await known.of(connection, [file])).get(file)).toEqual(new Set(['xy'[i]]));
    }
  }
  connection.closeSync();
  const typed = [{ name: 'day', type: { name: 'varchar' } }] as const;
  const partitions = new PartitionFiles('/nowhere', path.join(running.folder, 'kept'), 1);
  const links = files.map((file, i) => partitions.pathOf({ ...file, partition: [String(i)] }, typed));
  expect(new Set(links).size).toBe(2);
  // Forgotten, and found again.
  expect(files.map((file, i) => partitions.pathOf({ ...file, partition: [String(i)] }, typed))).toEqual(
    links,
  );
  expect(links.map((link) => realpathSync(link))).toEqual(files.map((file) => realpathSync(file.path)));
});

it('partition values may hold any character', async () => {
  const value = "a/b=c'd %2F..é";
  const file = await running.object(list, [{ id: 1 }], 'odd', [value, '1']);
  const table = { database: 'db', name: 't', columns: list, partitionKeys: keys, files: [file] };
  const { lines } = await running.query(`SELECT day, "$path" FROM t WHERE day = ?`, {
    table,
    parameters: [`'${value.replace("'", "''")}'`],
  });
  expect(lines).toEqual([`"${value}","${file.uri}"`]);
});

describe('a table whose columns have changed', () => {
  it('has nulls for what an old file lacks, in the order of its declaration', async () => {
    const old = await running.object(columns('ID int'), [{ id: 1 }], 'day=01/hour=01', ['01', '01']);
    const other = await running.object(columns('name string'), [{ name: 'x' }], 'day=01/hour=02', [
      '01',
      '02',
    ]);
    const wide = columns('name string, extra timestamp, id bigint');
    const rows = [{ id: 2, name: 'n', extra: '2026-02-04T21:35:54.759Z' }];
    const fresh = await running.object(wide, rows, 'day=02/hour=01', ['02', '01']);
    const table = {
      database: 'db',
      name: 't',
      columns: wide,
      partitionKeys: keys,
      files: [old, other, fresh],
    };
    const all = await running.query('SELECT *, "$path" FROM t ORDER BY day, hour', { table });
    expect(all.lines).toEqual([
      `,,"1","01","1","${old.uri}"`,
      `"x",,,"01","2","${other.uri}"`,
      `"n","2026-02-04 21:35:54.759","2","02","1","${fresh.uri}"`,
    ]);
    const pruned = await running.query("SELECT extra FROM t WHERE day = '02'", { table });
    expect(pruned.filesOpened).toEqual([fresh.path]);
    const counted = await running.query('SELECT count(*), count(extra) FROM t', { table });
    expect(counted.lines).toEqual(['"3","1"']);
  });

  it('with no files has no rows and the right types', async () => {
    const table = {
      database: 'db',
      name: 't',
      columns: columns('id int, at timestamp'),
      partitionKeys: keys,
      files: [],
    };
    const { lines, columns: types } = await running.query('SELECT *, "$path" FROM t', { table });
    expect(lines).toEqual([]);
    expect(types.map(({ type }) => type)).toEqual(['integer', 'timestamp', 'varchar', 'integer', 'varchar']);
    expect((await running.query('SELECT count(*) FROM t', { table })).lines).toEqual(['"0"']);
  });
});

it('stops at its limit of bytes', async () => {
  const rows = Array.from({ length: 1000 }, (_, id) => ({ id, name: `name ${id} ${Math.sin(id)}` }));
  const file = await running.object(list, rows, 'day=03/hour=01', ['03', '01']);
  const table = { database: 'db', name: 't', columns: list, partitionKeys: keys, files: [file] };
  const limited = running.query('SELECT * FROM t', { table, scanLimitBytes: 1000 });
  await expect(limited).rejects.toThrow('Bytes scanned limit was exceeded');
  const { rows: count } = await running.query('SELECT * FROM t', { table, scanLimitBytes: 1_000_000 });
  expect(count).toBe(1000);
});

it('says of a file that is not Parquet which object it is', async () => {
  const file = await running.object(list, [{ id: 1 }], 'day=04/hour=01', ['04', '01']);
  const { writeFileSync } = await import('node:fs');
  writeFileSync(file.path, 'this is no Parquet file, whatever its name says');
  const table = { database: 'db', name: 't', columns: list, partitionKeys: keys, files: [file] };
  const failing = running.query('SELECT * FROM t', { table });
  await expect(failing).rejects.toMatchObject({
    code: 'HIVE_BAD_DATA',
    message: expect.stringContaining(file.uri),
  });
});
