import { GetTableCommand } from '@aws-sdk/client-glue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAthena, runAthena } from './running-athena.js';

let athena: RunningAthena;
beforeAll(async () => {
  athena = await runAthena();
});
afterAll(() => athena.end());

describe('A column of type char(n)', () => {
  // "If a length is specified for CHAR or VARCHAR, strings are truncated at the specified length when read."
  // https://docs.aws.amazon.com/athena/latest/ug/data-types-considerations.html
  it('of a Parquet file is padded and truncated when it is read, in arrays, maps and rows as well', async () => {
    await athena.run(
      "CREATE TABLE texts WITH (external_location = 's3://lake/texts/') AS SELECT * FROM (VALUES ('a', ARRAY['b', 'cdef'], MAP(ARRAY['k'], ARRAY['v']), CAST(ROW('w') AS ROW(x varchar)), 1), ('abcdef', NULL, NULL, NULL, 2)) AS v (c, l, m, r, id)",
    );
    await athena.run(
      "CREATE EXTERNAL TABLE fixed (c char(3), l array<char(2)>, m map<char(2),char(3)>, r struct<x:char(2)>, id int) STORED AS PARQUET LOCATION 's3://lake/texts/'",
    );
    const { rows, columns } = await athena.run('SELECT * FROM fixed ORDER BY id');
    expect(rows.slice(1)).toEqual([
      ['a  ', '[b , cd]', '{k =v  }', '{x=w }', '1'],
      ['abc', undefined, undefined, undefined, '2'],
    ]);
    expect(columns[0]).toMatchObject({ Type: 'char', Precision: 3, Scale: 0, CaseSensitive: true });
    expect(await athena.rows("SELECT id, length(c) FROM fixed WHERE c = 'a'")).toEqual([['1', '3']]);
    expect(await athena.rows("SELECT c, count(*) FROM fixed WHERE c IN ('a', 'b') GROUP BY c")).toEqual([
      ['a  ', '1'],
    ]);
    expect(await athena.rows('SELECT t.id FROM fixed f JOIN texts t ON f.c = t.c')).toEqual([['1']]);
    expect(await athena.rows(`SELECT "$path" LIKE 's3://%', max(c) FROM fixed GROUP BY 1`)).toEqual([
      ['true', 'abc'],
    ]);
  });

  it.each([
    [
      'json',
      "ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'",
      '{"c":"a","id":1}\n{"c":"abcdef","id":2}\n',
    ],
    ['csv', "ROW FORMAT DELIMITED FIELDS TERMINATED BY ','", 'a,1\nabcdef,2\n'],
    ['quoted', "ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'", '"a","1"\n"abcdef","2"\n'],
  ])('of %s text is padded and truncated when it is read', async (name, format, text) => {
    await athena.put(`${name}/a`, text);
    await athena.run(
      `CREATE EXTERNAL TABLE ${name} (c char(3), id int) ${format} LOCATION 's3://lake/${name}/'`,
    );
    expect(await athena.rows(`SELECT c, id FROM ${name} ORDER BY id`)).toEqual([
      ['a  ', '1'],
      ['abc', '2'],
    ]);
  });

  it('can be that of a partition', async () => {
    await athena.put('parted/p=x/a', '1\n');
    await athena.put('parted/p=yz/a', '2\n');
    await athena.run(
      "CREATE EXTERNAL TABLE parted (id int) PARTITIONED BY (p char(2)) ROW FORMAT DELIMITED LOCATION 's3://lake/parted/'",
    );
    await athena.run('MSCK REPAIR TABLE parted');
    expect(await athena.rows("SELECT p, id FROM parted WHERE p = 'x'")).toEqual([['x ', '1']]);
    expect(await athena.rows("SELECT p, id FROM parted WHERE p > 'x'")).toEqual([['yz', '2']]);
  });

  it('has from 1 to 255 characters in a table', async () => {
    for (const type of ['char(0)', 'char(256)', 'char']) {
      const statement = `CREATE EXTERNAL TABLE none (c ${type}) LOCATION 's3://lake/none/'`;
      expect(await athena.reason(statement)).toContain(type);
    }
    expect(await athena.reason("CREATE TABLE long AS SELECT CAST('a' AS char(256)) AS c")).toContain(
      'NOT_SUPPORTED: Unsupported Hive type: char(256)',
    );
  });
});

describe('char(n) is written', () => {
  it.each(['PARQUET', 'JSON', 'TEXTFILE'])('to %s by CREATE TABLE AS and INSERT INTO', async (format) => {
    const name = `written_${format.toLowerCase()}`;
    await athena.run(
      `CREATE TABLE ${name} WITH (format = '${format}') AS SELECT CAST('a' AS char(3)) AS c, 1 AS id`,
    );
    await athena.run(`INSERT INTO ${name} VALUES ('bc    ', 2), (NULL, 3), (CHAR 'd', 4)`);
    const { Table } = await athena.running.clients.glue.send(
      new GetTableCommand({ DatabaseName: 'd', Name: name }),
    );
    expect(Table?.StorageDescriptor?.Columns?.[0]).toMatchObject({ Name: 'c', Type: 'char(3)' });
    expect(await athena.rows(`SELECT c, typeof(c) FROM ${name} ORDER BY id`)).toEqual([
      ['a  ', 'char(3)'],
      ['bc ', 'char(3)'],
      [undefined, 'char(3)'],
      ['d  ', 'char(3)'],
    ]);
    // The message is that of Trino's BaseConnectorTest.testInsertWithCoercion.
    expect(await athena.reason(`INSERT INTO ${name} VALUES ('abcd', 5)`)).toContain(
      'INVALID_CAST_ARGUMENT: Cannot truncate non-space characters when casting from varchar(4) to char(3) on INSERT',
    );
    expect(await athena.reason(`INSERT INTO ${name} VALUES (1, 5)`)).toMatch(
      /TYPE_MISMATCH.*Table: \[char\(3\), integer\], Query: \[integer, integer\]/,
    );
  });

  it('to Parquet without the blanks at its end, as Trino keeps it', async () => {
    await athena.run(
      "UNLOAD (SELECT CAST('a' AS char(3)) AS c, ARRAY[CHAR 'b '] AS l) TO 's3://lake/unloaded/' WITH (format = 'PARQUET')",
    );
    await athena.run(
      "CREATE EXTERNAL TABLE unloaded (c string, l array<string>) STORED AS PARQUET LOCATION 's3://lake/unloaded/'",
    );
    expect(await athena.rows("SELECT c || '|', l FROM unloaded")).toEqual([['a|', '[b]']]);
  });
});

it('a view has columns of type char(n)', async () => {
  await athena.run("CREATE VIEW fixed_view AS SELECT CAST('a' AS char(3)) AS c");
  expect(await athena.rows("SELECT c, typeof(c) FROM fixed_view WHERE c = 'a'")).toEqual([
    ['a  ', 'char(3)'],
  ]);
  expect(
    await athena.rows("SELECT data_type FROM information_schema.columns WHERE table_name = 'fixed_view'"),
  ).toEqual([['char(3)']]);
});
