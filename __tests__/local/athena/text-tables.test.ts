import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAthena, runAthena } from './running-athena.js';

let athena: RunningAthena;
beforeAll(async () => {
  athena = await runAthena();
});
afterAll(() => athena.end());

describe('JSON lines', () => {
  it.each(['org.openx.data.jsonserde.JsonSerDe', 'org.apache.hive.hcatalog.data.JsonSerDe'])(
    'are read by %s, plain and gzipped',
    async (serde) => {
      const name = serde.includes('openx') ? 'openx' : 'hcatalog';
      await athena.put(
        `${name}/a.json`,
        '{"ID": 1, "name": "Ada", "tags": ["x", "y"], "extra": true}\n{"name": null, "id": 2}',
      );
      await athena.put(
        `${name}/b.json.gz`,
        gzipSync('{"id":3,"at":"2026-02-04 21:35:54.759","inner":{"a":1}}\r\n'),
      );
      await athena.run(`CREATE EXTERNAL TABLE ${name} (id int, name string, tags array<string>, at timestamp, inner struct<a:int>)
      ROW FORMAT SERDE '${serde}' LOCATION 's3://lake/${name}/'`);
      const { rows, execution } = await athena.run(`SELECT * FROM ${name} ORDER BY id`);
      expect(rows.slice(1)).toEqual([
        ['1', 'Ada', '[x, y]', undefined, undefined],
        ['2', undefined, undefined, undefined, undefined],
        ['3', undefined, undefined, '2026-02-04 21:35:54.759', '{a=1}'],
      ]);
      // Text is scanned whole, as it is stored.
      const keys = await athena.keys(`${name}/`);
      const sizes = await Promise.all(keys.map(async (key) => (await athena.get(`s3://lake/${key}`)).length));
      expect(execution.Statistics?.DataScannedInBytes).toBe(sizes.reduce((a, b) => a + b, 0));
    },
  );

  it('that are malformed are an error, or rows of nulls where the table says so', async () => {
    await athena.put('malformed/a.json', '{"a":1}\nno json\n{"a":2}\n');
    const create = (name: string, properties = '') =>
      athena.run(
        `CREATE EXTERNAL TABLE ${name} (a int) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' ${properties} LOCATION 's3://lake/malformed/'`,
      );
    await create('strict');
    await create('lenient', "WITH SERDEPROPERTIES ('ignore.malformed.json'='true', 'mapping.a'='A')");
    expect(await athena.reason('SELECT * FROM strict')).toMatch(
      /HIVE_CURSOR_ERROR: Row is not a valid JSON Object.*row 2 of s3:\/\/lake\/malformed\/a\.json/,
    );
    expect(await athena.rows('SELECT * FROM lenient')).toEqual([['1'], [undefined], ['2']]);
  });
});

describe('delimited text', () => {
  it('is read as LazySimpleSerDe does', async () => {
    await athena.put(
      'lazy/a.csv',
      'id,name,price\n1,a\\,b,1.50,true,2026-02-04\nx,\\N,y\n3,,2,no,2026-02-31,left out\n',
    );
    await athena.run(`CREATE EXTERNAL TABLE lazy (id int, name string, price decimal(5,2), ok boolean, day date)
      ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' ESCAPED BY '\\\\' LOCATION 's3://lake/lazy/' TBLPROPERTIES ('skip.header.line.count'='1')`);
    expect(await athena.rows('SELECT * FROM lazy')).toEqual([
      ['1', 'a,b', '1.50', 'true', '2026-02-04'],
      [undefined, undefined, undefined, undefined, undefined],
      ['3', '', '2.00', undefined, undefined],
    ]);
  });

  it('has the separator and the null that the table says', async () => {
    await athena.put('tabs/a.gz', gzipSync('1\tnull\tx y\n2\t\\N\t\n'));
    await athena.run(`CREATE EXTERNAL TABLE tabs (id bigint, a string, b string) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t'
      NULL DEFINED AS 'null' LOCATION 's3://lake/tabs/'`);
    expect(await athena.rows('SELECT * FROM tabs')).toEqual([
      ['1', undefined, 'x y'],
      ['2', '\\N', ''],
    ]);
  });

  // LazyUtils.getByte of Hive, and TextEncodingOptions.getByte of Trino: what is empty is the default, and only what a
  // byte holds is the number of a character.
  it.each([
    ["'field.delim'=''", ['1', 'a\\', '2']],
    ["'field.delim'='', 'serialization.format'=','", ['1', 'a\\', '2']],
    ["'field.delim'='', 'escape.delim'=''", ['1', 'a\u00012', undefined]],
    ["'serialization.format'='1'", ['1', 'a\\', '2']],
    ["'field.delim'='200'", [undefined, '', undefined]],
  ])('has the separators of Hive WITH SERDEPROPERTIES (%s)', async (properties, row) => {
    await athena.put('separators/a', '1\u0001a\\\u00012');
    await athena.run(`CREATE EXTERNAL TABLE separators (id int, a string, b string)
      ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe' WITH SERDEPROPERTIES (${properties})
      LOCATION 's3://lake/separators/'`);
    expect(await athena.rows('SELECT * FROM separators')).toEqual([row]);
    await athena.run('DROP TABLE separators');
  });

  // https://docs.aws.amazon.com/athena/latest/ug/csv-serde.html
  it('is read as OpenCSVSerde does', async () => {
    await athena.put(
      'open/a.csv',
      '"h1","h2"\n"1","say ""hi"", she said","20488","1770240954759"\n2,plain,0,0\n',
    );
    await athena.run(`CREATE EXTERNAL TABLE open (id int, text string, day date, at timestamp)
      ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' WITH SERDEPROPERTIES ('separatorChar'=',', 'quoteChar'='"')
      LOCATION 's3://lake/open/' TBLPROPERTIES ('skip.header.line.count'='1')`);
    expect(await athena.rows('SELECT * FROM open')).toEqual([
      ['1', 'say "hi", she said', '2026-02-04', '2026-02-04 21:35:54.759'],
      ['2', 'plain', '1970-01-01', '1970-01-01 00:00:00.000'],
    ]);
    await athena.put('open/b.csv', 'h\n,x,1,1\n');
    expect(await athena.reason('SELECT * FROM open')).toContain(
      'HIVE_BAD_DATA: Error parsing field value \'\' for field 0: For input string: ""',
    );
  });

  // getCharProperty of Trino's CsvConstants, CsvDeserializerFactory, and Hive's OpenCSVSerde.
  it('has the first character of each setting of OpenCSVSerde, and a backslash for an escape that is a quote', async () => {
    const create = (name: string, properties: string) =>
      athena.run(`CREATE EXTERNAL TABLE ${name} (a string, b string)
        ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' WITH SERDEPROPERTIES (${properties})
        LOCATION 's3://lake/settings/'`);
    await athena.put('settings/a', '"a \\" ""b|"|c\n');
    await create('settings', `'separatorChar'='||', 'escapeChar'='"'`);
    expect(await athena.rows('SELECT * FROM settings')).toEqual([['a " "b|', 'c']]);
    await create('no_quotes', `'quoteChar'=''`);
    expect(await athena.reason('SELECT * FROM no_quotes')).toMatch(/NOT_SUPPORTED: .*an empty 'quoteChar'/);
  });

  it('counts as scanned where it has no rows, if it is opened', async () => {
    await athena.put('headers/day=1/a.csv', 'id,n\n');
    await athena.put('headers/day=1/b.csv', 'id,n\n1,2\n');
    await athena.put('headers/day=2/a.csv.gz', gzipSync('id,n\n'));
    await athena.put('headers/day=2/b.csv', Buffer.alloc(0));
    await athena.run(`CREATE EXTERNAL TABLE headers (id int, n int) PARTITIONED BY (day int)
      ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' LOCATION 's3://lake/headers/' TBLPROPERTIES ('skip.header.line.count'='1')`);
    await athena.run('MSCK REPAIR TABLE headers');
    const scanned = async (sql: string) => {
      const { rows, execution } = await athena.run(sql);
      return [...rows.slice(1).flat(), execution.Statistics?.DataScannedInBytes];
    };
    const gzipped = gzipSync('id,n\n').length;
    expect(await scanned('SELECT id FROM headers')).toEqual(['1', 5 + 9 + gzipped]);
    expect(await scanned('SELECT count(*) FROM headers WHERE day = 2')).toEqual(['0', gzipped]);
    expect(await scanned('SELECT id FROM headers WHERE day = 1')).toEqual(['1', 14]);
    expect(await scanned('SELECT id FROM headers WHERE day = 3')).toEqual([0]);
  });

  it('is pruned by its partitions like any other', async () => {
    await athena.put('pruned/day=1/a', 'a\n');
    await athena.put('pruned/day=2/a', 'bbbbbbbb\n');
    await athena.run(
      `CREATE EXTERNAL TABLE pruned (a string) PARTITIONED BY (day int) LOCATION 's3://lake/pruned/'`,
    );
    await athena.run('MSCK REPAIR TABLE pruned');
    const { rows, execution } = await athena.run(
      'SELECT a, "$path", "$file_size", "$partition" FROM pruned WHERE day = 1',
    );
    expect(rows.slice(1)).toEqual([['a', 's3://lake/pruned/day=1/a', '2', 'day=1']]);
    expect(execution.Statistics?.DataScannedInBytes).toBe(2);
    const [[modified] = []] = await athena.rows('SELECT "$file_modified_time" FROM pruned WHERE day = 2');
    expect(modified).toMatch(/^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} UTC$/);
    expect(Object.keys((await athena.run('SELECT * FROM pruned')).columns)).toHaveLength(2);
  });
});

it.each([
  ['STORED AS ORC', /OrcInputFormat/],
  ['STORED AS AVRO', /AvroContainerInputFormat/],
  ["ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe'", /RegexSerDe/],
  [
    "ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' WITH SERDEPROPERTIES ('case.insensitive'='false')",
    /case\.insensitive/,
  ],
])('a table %s can be made, and is not read', async (format, reason) => {
  await athena.run(`CREATE EXTERNAL TABLE unread (a int) ${format} LOCATION 's3://lake/unread/'`);
  const told = await athena.reason('SELECT * FROM unread');
  expect(told).toMatch(/^FAILED NOT_SUPPORTED/);
  expect(told).toMatch(reason);
  await athena.run('DROP TABLE unread');
});

it('text in another compression is refused by name', async () => {
  await athena.put('zipped/a.bz2', 'x');
  await athena.run("CREATE EXTERNAL TABLE zipped (a string) LOCATION 's3://lake/zipped/'");
  expect(await athena.reason('SELECT * FROM zipped')).toMatch(/NOT_SUPPORTED.*bz2/);
});

it('leaves no trouble', () => {
  expect(athena.running.troubles).toEqual([]);
});
