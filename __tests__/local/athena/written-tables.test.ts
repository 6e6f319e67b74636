import {
  GetQueryExecutionCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { GetTableCommand } from '@aws-sdk/client-glue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAthena, runAthena } from './running-athena.js';

let athena: RunningAthena;
beforeAll(async () => {
  athena = await runAthena();
  await athena.run(
    "CREATE TABLE events AS SELECT * FROM (VALUES (1, 'a', '2026'), (2, 'b', '2026'), (3, NULL, '2027')) AS v (id, name, year)",
  );
});
afterAll(() => athena.end());

const TYPES = `SELECT true AS b, CAST(1 AS tinyint) AS ti, CAST(2 AS smallint) AS si, 3 AS i, 4000000000 AS bi, 1.5e0 AS d,
  DECIMAL '1.10' AS de, 'text' AS v, DATE '2026-02-04' AS da, TIMESTAMP '2026-02-04 21:35:54.759' AS ts, ARRAY[1, 2] AS a,
  X'61' AS vb, 'null' AS n`;

describe('CREATE TABLE AS', () => {
  it.each(['PARQUET', 'JSON', 'TEXTFILE'])('keeps values of every type in %s', async (format) => {
    const name = `types_${format.toLowerCase()}`;
    const select = format === 'TEXTFILE' ? TYPES.replace('ARRAY[1, 2] AS a', "'[1, 2]' AS a") : TYPES;
    const { execution, updateCount, columns, rows } = await athena.run(
      `CREATE TABLE ${name} WITH (format = '${format}') AS ${select.replace(format === 'PARQUET' ? '' : "X'61' AS vb, ", '')}`,
    );
    expect({ updateCount, rows, columns: columns.map(({ Name, Type }) => `${Name} ${Type}`) }).toEqual({
      updateCount: 1,
      rows: [],
      columns: ['rows bigint'],
    });
    expect(execution).toMatchObject({ StatementType: 'DDL', SubstatementType: 'CREATE_TABLE_AS_SELECT' });
    const id = execution.QueryExecutionId;
    expect(execution.ResultConfiguration?.OutputLocation).toBe(`s3://lake/results/tables/${id}`);
    const [row] = await athena.rows(`SELECT b, ti, si, i, bi, d, de, v, da, ts, a, n FROM ${name}`);
    expect(row?.join('|')).toBe(
      'true|1|2|3|4000000000|1.5|1.10|text|2026-02-04|2026-02-04 21:35:54.759|[1, 2]|null',
    );
  });

  it('lists what it wrote in a manifest, and keeps metadata', async () => {
    const { execution } = await athena.run(
      "CREATE TABLE listed WITH (external_location = 's3://lake/listed/') AS SELECT 1 AS a",
    );
    const { OutputLocation = '' } = execution.ResultConfiguration ?? {};
    const { DataManifestLocation = '' } = execution.Statistics ?? {};
    expect(DataManifestLocation).toBe(`${OutputLocation}-manifest.csv`);
    const [key] = await athena.keys('listed/');
    expect((await athena.get(DataManifestLocation)).toString()).toBe(`s3://lake/${key}\n`);
    // The bytes behind the query's id, as measured of Athena's: CREATE TABLE, 1, and the column `rows bigint`.
    const metadata = (await athena.get(`${OutputLocation}.metadata`)).toString('hex');
    expect(metadata.slice(58)).toBe(
      `120c${Buffer.from('CREATE TABLE').toString('hex')}180122220a04686976652204726f77732a04726f77733206626967696e74381340004803` +
        '5000',
    );
    expect(await athena.keys(`results/tables/${execution.QueryExecutionId}`)).toHaveLength(2);
  });

  it('makes partitions of its last columns, and registers them', async () => {
    await athena.run(
      "CREATE TABLE by_year WITH (format = 'JSON', partitioned_by = ARRAY['year', 'name']) AS SELECT id, year, name FROM events",
    );
    expect(await athena.lines('SHOW PARTITIONS by_year')).toEqual([
      'year=2026/name=a',
      'year=2026/name=b',
      'year=2027/name=__HIVE_DEFAULT_PARTITION__',
    ]);
    expect(await athena.rows('SELECT id, year, name FROM by_year ORDER BY id')).toEqual([
      ['1', '2026', 'a'],
      ['2', '2026', 'b'],
      ['3', '2027', undefined],
    ]);
    expect(await athena.rows('SELECT year, name FROM "by_year$partitions" ORDER BY 1, 2')).toHaveLength(3);
  });

  it('keeps the length that a function gives a text', async () => {
    const { columns } = await athena.run("SELECT upper('abc') AS a, lpad('abc', 5, ' ') AS b");
    expect(columns.map(({ Type, Precision }) => `${Type} ${Precision}`)).toEqual([
      'varchar 3',
      'varchar 2147483647',
    ]);
    await athena.run("CREATE TABLE lengths AS SELECT upper('abc') AS a, lpad('abc', 5, ' ') AS b");
    const described = await athena.lines('DESCRIBE lengths');
    expect(described.map((line) => line?.trim().split(/\s+/))).toEqual([
      ['a', 'varchar(3)'],
      ['b', 'string'],
    ]);
  });

  it('makes a table without rows or without data', async () => {
    await athena.run('CREATE TABLE empty AS SELECT id FROM events WHERE false');
    await athena.run('CREATE TABLE nothing AS SELECT id FROM events WITH NO DATA');
    expect(await athena.rows('SELECT * FROM empty')).toEqual([]);
    expect(await athena.rows('SELECT * FROM nothing')).toEqual([]);
    expect((await athena.run('CREATE TABLE IF NOT EXISTS empty AS SELECT 1 AS a')).updateCount).toBe(0);
  });

  it.each([
    ['CREATE TABLE events AS SELECT 1 AS a', /TABLE_ALREADY_EXISTS/],
    ['CREATE TABLE nowhere.t AS SELECT 1 AS a', /SCHEMA_NOT_FOUND/],
    ['CREATE TABLE x AS SELECT 1', /MISSING_COLUMN_NAME: line 1:1: Column name not specified at position 1/],
    ['CREATE TABLE x AS SELECT 1 AS a, 2 AS a', /DUPLICATE_COLUMN_NAME/],
    ['CREATE TABLE x AS SELECT NULL AS a', /COLUMN_TYPE_UNKNOWN/],
    [
      "CREATE TABLE x AS SELECT TIMESTAMP '2026-01-01 00:00:00 UTC' AS a",
      /NOT_SUPPORTED: Unsupported Hive type: timestamp\(3\) with time zone/,
    ],
    [
      "CREATE TABLE x AS SELECT replace(CAST('a' AS varchar(300)), 'a', CAST('b' AS varchar(300))) AS a",
      /NOT_SUPPORTED: Unsupported Hive type: varchar\(90600\)/,
    ],
    [
      "CREATE TABLE x WITH (partitioned_by = ARRAY['a']) AS SELECT 1 AS a, 2 AS b",
      /HIVE_COLUMN_ORDER_MISMATCH/,
    ],
    [
      "CREATE TABLE x WITH (external_location = 's3://lake/listed/') AS SELECT 1 AS a",
      /HIVE_PATH_ALREADY_EXISTS: .*s3:\/\/lake\/listed\//,
    ],
    [
      "CREATE TABLE x WITH (external_location = 's3://not-there/x/') AS SELECT 1 AS a",
      /HIVE_WRITER_OPEN_ERROR.*NoSuchBucket/,
    ],
    ["CREATE TABLE x WITH (external_location = '/tmp/x/') AS SELECT 1 AS a", /INVALID_TABLE_PROPERTY/],
    [
      "CREATE TABLE x WITH (bucketed_by = ARRAY['a'], bucket_count = 2) AS SELECT 1 AS a",
      /NOT_SUPPORTED.*bucketed_by/,
    ],
    ["CREATE TABLE x WITH (format = 'ORC') AS SELECT 1 AS a", /NOT_SUPPORTED.*ORC/],
    ["CREATE TABLE x WITH (table_type = 'ICEBERG') AS SELECT 1 AS a", /NOT_SUPPORTED.*ICEBERG/],
    [
      "CREATE TABLE x WITH (partitioned_by = ARRAY['b']) AS SELECT 1 AS a, ARRAY[1] AS b",
      /NOT_SUPPORTED: Unsupported type \[array\(integer\)\] for partition: b/,
    ],
    ["CREATE TABLE x WITH (other = 'y') AS SELECT 1 AS a", /table property 'other' does not exist/],
  ])('%s is refused', async (sql, reason) => {
    expect(await athena.reason(sql)).toMatch(reason);
    expect(await athena.lines("SHOW TABLES 'x'")).toEqual([]);
  });

  it('of a name that two make at once makes one, and leaves nothing of the other', async () => {
    const sql = (n: number) =>
      `CREATE TABLE raced WITH (external_location = 's3://lake/raced-${n}/') AS SELECT ${n} AS n`;
    const told = await Promise.all([1, 2].map((n) => athena.reason(sql(n))));
    expect(told.map((reason) => reason.slice(0, 29)).sort()).toEqual([
      'FAILED TABLE_ALREADY_EXISTS: ',
      'SUCCEEDED ',
    ]);
    const [row] = await athena.rows('SELECT n FROM raced');
    expect(await athena.keys('raced-')).toEqual([expect.stringMatching(`^raced-${row?.[0]}/`)]);
  });

  it('that is stopped leaves neither table nor object', async () => {
    const digits = Array.from({ length: 10 }, (_, i) => `(${i})`).join(', ');
    const many = `WITH d(n) AS (VALUES ${digits}) SELECT a.n FROM ${'abcdefghi'
      .split('')
      .map((name) => `d ${name}`)
      .join(', ')}`;
    const { athena: client } = athena.running.clients;
    const { QueryExecutionId } = await client.send(
      new StartQueryExecutionCommand({
        QueryString: `CREATE TABLE d.stopped WITH (external_location = 's3://lake/stopped/') AS ${many}`,
        ResultConfiguration: { OutputLocation: 's3://lake/results/' },
      }),
    );
    await client.send(new StopQueryExecutionCommand({ QueryExecutionId }));
    const { QueryExecution: execution } = await client.send(
      new GetQueryExecutionCommand({ QueryExecutionId }),
    );
    expect(execution?.Status?.State).toBe('CANCELLED');
    expect(await athena.rows('SELECT 1')).toEqual([['1']]);
    expect(await athena.lines("SHOW TABLES 'stopped'")).toEqual([]);
    expect(await athena.keys('stopped/')).toEqual([]);
    expect(await athena.keys(`results/tables/${QueryExecutionId}`)).toEqual([]);
  });

  it('writes 100 partitions, and of 101 nothing at all', async () => {
    const values = (count: number) => Array.from({ length: count }, (_, i) => `(1, ${i})`).join(', ');
    const sql = (name: string, count: number) =>
      `CREATE TABLE ${name} WITH (external_location = 's3://lake/${name}/', partitioned_by = ARRAY['p']) AS SELECT * FROM (VALUES ${values(count)}) AS v (a, p)`;
    await athena.run(sql('hundred', 100));
    expect(await athena.keys('hundred/')).toHaveLength(100);
    expect(await athena.reason(sql('more', 101))).toContain(
      'HIVE_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of 100 open writers for partitions/buckets',
    );
    expect(await athena.keys('more/')).toEqual([]);
    expect(await athena.lines("SHOW TABLES 'more'")).toEqual([]);
  });

  it('stops while it writes thousands of partitions, and leaves nothing of them', async () => {
    expect(
      await athena.reason(`CREATE TABLE thousands WITH (external_location = 's3://lake/thousands/', partitioned_by = ARRAY['p'])
        AS SELECT a, a * 1000 + b AS p FROM UNNEST(sequence(0, 2)) AS x (a) CROSS JOIN UNNEST(sequence(0, 999)) AS y (b)`),
    ).toContain('FAILED HIVE_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of 100 open writers');
    expect(await athena.keys('thousands/')).toEqual([]);
    expect(await athena.rows('SELECT 1')).toEqual([['1']]);
  });
});

describe('INSERT INTO', () => {
  it('adds objects and partitions', async () => {
    await athena.run(`CREATE EXTERNAL TABLE added (id bigint, name varchar(3)) PARTITIONED BY (year string)
      STORED AS PARQUET LOCATION 's3://lake/added/'`);
    const { execution, updateCount } = await athena.run(
      'INSERT INTO added SELECT id, name, year FROM events',
    );
    expect(updateCount).toBe(3);
    expect(execution).toMatchObject({ StatementType: 'DML', SubstatementType: 'INSERT' });
    expect(execution.ResultConfiguration?.OutputLocation).toBe(
      `s3://lake/results/${execution.QueryExecutionId}`,
    );
    await athena.run("INSERT INTO d.added (year, id) VALUES ('2026', 9)");
    expect(await athena.lines('SHOW PARTITIONS added')).toEqual(['year=2026', 'year=2027']);
    expect(await athena.rows('SELECT * FROM added ORDER BY id')).toEqual([
      ['1', 'a', '2026'],
      ['2', 'b', '2026'],
      ['3', undefined, '2027'],
      ['9', undefined, '2026'],
    ]);
    expect(
      (await athena.run('INSERT INTO added SELECT id, name, year FROM events WHERE false')).updateCount,
    ).toBe(0);
  });

  it.each([
    ["ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'"],
    ["ROW FORMAT DELIMITED FIELDS TERMINATED BY ','"],
  ])('writes as a table with %s is read', async (format) => {
    const name = format.includes('openx') ? 'into_json' : 'into_text';
    await athena.run(
      `CREATE EXTERNAL TABLE ${name} (id int, name string, at timestamp) ${format} LOCATION 's3://lake/${name}/'`,
    );
    await athena.run(
      `INSERT INTO ${name} VALUES (1, 'x', TIMESTAMP '2026-02-04 21:35:54.759'), (2, NULL, NULL)`,
    );
    expect((await athena.keys(`${name}/`))[0]).toMatch(/\.gz$/);
    expect(await athena.rows(`SELECT * FROM ${name} ORDER BY id`)).toEqual([
      ['1', 'x', '2026-02-04 21:35:54.759'],
      ['2', undefined, undefined],
    ]);
  });

  it('registers no partition of a table that projects them', async () => {
    await athena.run(`CREATE EXTERNAL TABLE projected (id int) PARTITIONED BY (year string) STORED AS PARQUET
      LOCATION 's3://lake/projected/' TBLPROPERTIES ('projection.enabled'='true', 'projection.year.type'='integer',
      'projection.year.range'='2000,2100', 'storage.location.template'='s3://lake/projected/y-\${year}/')`);
    await athena.run("INSERT INTO projected VALUES (7, '2026')");
    expect((await athena.keys('projected/'))[0]).toMatch(/^projected\/y-2026\//);
    expect(await athena.lines('SHOW PARTITIONS projected')).toEqual([]);
    expect(await athena.rows('SELECT * FROM projected')).toEqual([['7', '2026']]);
  });

  it('writes the digits that a projection has, and nothing that it has not', async () => {
    await athena.run(`CREATE EXTERNAL TABLE digits (id int) PARTITIONED BY (month int) STORED AS PARQUET
      LOCATION 's3://lake/digits/' TBLPROPERTIES ('projection.enabled'='true', 'projection.month.type'='integer',
      'projection.month.range'='1,12', 'projection.month.digits'='2')`);
    await athena.run('INSERT INTO digits VALUES (1, 2)');
    expect((await athena.keys('digits/'))[0]).toMatch(/^digits\/month=02\//);
    expect(await athena.rows('SELECT * FROM digits')).toEqual([['1', '2']]);
    expect(await athena.reason('INSERT INTO digits VALUES (1, 3), (1, 13)')).toContain(
      'HIVE_INVALID_PARTITION_VALUE',
    );
    expect(await athena.keys('digits/')).toHaveLength(1);
  });

  it('and INSERT INTO beside it both add their rows', async () => {
    await athena.run('CREATE TABLE both AS SELECT 0 AS id');
    await Promise.all([1, 2, 3].map((id) => athena.run(`INSERT INTO both VALUES (${id})`)));
    expect(await athena.rows('SELECT id FROM both ORDER BY 1')).toEqual([['0'], ['1'], ['2'], ['3']]);
  });

  it.each([
    [
      "INSERT INTO added VALUES (1, 'x')",
      /TYPE_MISMATCH: line 1:1: Insert query has mismatched column types: Table: \[bigint, varchar\(3\), varchar\], Query: \[integer, varchar\(1\)\]/,
    ],
    ["INSERT INTO added VALUES ('1', 'x', 'y')", /TYPE_MISMATCH/],
    [
      "INSERT INTO added VALUES (1, 'long text', 'y')",
      /INVALID_CAST_ARGUMENT: Cannot truncate non-space characters/,
    ],
    ['INSERT INTO added (nothing) VALUES (1)', /COLUMN_NOT_FOUND/],
    ['INSERT INTO nothing_there VALUES (1)', /TABLE_NOT_FOUND: line 1:13/],
  ])('%s is refused', async (sql, reason) => {
    const before = await athena.keys('added/');
    expect(await athena.reason(sql)).toMatch(reason);
    expect(await athena.keys('added/')).toEqual(before);
  });
});

describe('UNLOAD', () => {
  it('writes objects, a manifest and metadata, and no table', async () => {
    const { execution, updateCount } = await athena.run(
      "UNLOAD (SELECT id, name, year FROM events) TO 's3://lake/unloaded/' WITH (format = 'JSON', compression = 'none', partitioned_by = ARRAY['year'])",
    );
    expect(execution).toMatchObject({ StatementType: 'DML', SubstatementType: 'UNLOAD' });
    expect(updateCount).toBe(3);
    const keys = await athena.keys('unloaded/');
    expect(keys.map((key) => key.split('/')[1])).toEqual(['year=2026', 'year=2027']);
    const texts = await Promise.all(
      keys.map(async (key) => (await athena.get(`s3://lake/${key}`)).toString()),
    );
    expect(texts).toEqual(['{"id":1,"name":"a"}\n{"id":2,"name":"b"}\n', '{"id":3,"name":null}\n']);
    expect(await athena.keys(`results/${execution.QueryExecutionId}`)).toEqual([
      `results/${execution.QueryExecutionId}-manifest.csv`,
      `results/${execution.QueryExecutionId}.metadata`,
    ]);
    expect(
      await athena.reason("UNLOAD (SELECT 1 AS a) TO 's3://lake/unloaded/' WITH (format = 'PARQUET')"),
    ).toContain('HIVE_PATH_ALREADY_EXISTS');
  });
});

it('what a CTAS makes is a table of Glue as any other', async () => {
  const { Table } = await athena.running.clients.glue.send(
    new GetTableCommand({ DatabaseName: 'd', Name: 'events' }),
  );
  expect(Table).toMatchObject({
    TableType: 'EXTERNAL_TABLE',
    StorageDescriptor: {
      Columns: [
        { Name: 'id', Type: 'int' },
        { Name: 'name', Type: 'varchar(1)' },
        { Name: 'year', Type: 'varchar(4)' },
      ],
    },
  });
});

it('leaves no trouble', () => {
  expect(athena.running.troubles).toEqual([]);
});
