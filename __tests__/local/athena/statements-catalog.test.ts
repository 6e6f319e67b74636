import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningAthena, runAthena } from './running-athena.js';

let athena: RunningAthena;
beforeAll(async () => {
  athena = await runAthena();
});
afterAll(() => athena.end());

const table = (name: string, rest = '') =>
  `CREATE EXTERNAL TABLE ${name} (id int, \`name\` string COMMENT 'who it is')
   PARTITIONED BY (year string, month int) STORED AS PARQUET LOCATION 's3://lake/${name}/' ${rest}`;

describe('databases', () => {
  it('are made, listed, changed and dropped', async () => {
    await athena.run("CREATE DATABASE IF NOT EXISTS shop COMMENT 'all of it' WITH DBPROPERTIES ('a'='b')");
    await athena.run('CREATE SCHEMA IF NOT EXISTS shop');
    await athena.run("ALTER DATABASE shop SET DBPROPERTIES ('c'='d')");
    expect(await athena.lines('SHOW DATABASES')).toEqual(['d', 'shop']);
    expect(await athena.lines("SHOW SCHEMAS LIKE 's.*'")).toEqual(['shop']);
    expect(await athena.lines("SHOW DATABASES LIKE '*'")).toEqual(['d', 'shop']);
    expect(await athena.reason('CREATE DATABASE shop')).toBe(
      'FAILED FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. Database shop already exists',
    );
    await athena.run(table('shop.t'));
    expect(await athena.reason('DROP DATABASE shop')).toContain('Database shop is not empty');
    await athena.run('DROP DATABASE shop CASCADE');
    await athena.run('DROP DATABASE IF EXISTS shop');
    expect(await athena.reason('DROP DATABASE shop')).toBe(
      'FAILED FAILED: SemanticException [Error 10072]: Database does not exist: shop',
    );
  });
});

describe('a table', () => {
  it('is made, described and dropped', async () => {
    await athena.run(table('d.made', "TBLPROPERTIES ('note'='x')"));
    await athena.run(table('IF NOT EXISTS made'));
    expect(await athena.reason(table('made'))).toContain('Table made already exists');
    expect(await athena.lines('SHOW TABLES')).toContain('made');
    expect(await athena.lines("SHOW TABLES IN d 'ma*'")).toEqual(['made']);
    expect(await athena.lines("SHOW TABLES IN d LIKE 'ma.*|x'")).toEqual(['made']);
    // From measured answers of Athena: every field is filled to 20 characters, no comment is 20 spaces.
    expect(await athena.lines('DESCRIBE made')).toEqual([
      `${'id'.padEnd(20)}\t${'int'.padEnd(20)}\t${''.padEnd(20)}`,
      `${'name'.padEnd(20)}\t${'string'.padEnd(20)}\t${'who it is'.padEnd(20)}`,
      `${'year'.padEnd(20)}\t${'string'.padEnd(20)}\t${''.padEnd(20)}`,
      `${'month'.padEnd(20)}\t${'int'.padEnd(20)}\t${''.padEnd(20)}`,
      '\t \t ',
      '# Partition Information\t \t ',
      '# col_name            \tdata_type           \tcomment             ',
      '\t \t ',
      `${'year'.padEnd(20)}\t${'string'.padEnd(20)}\t${''.padEnd(20)}`,
      `${'month'.padEnd(20)}\t${'int'.padEnd(20)}\t${''.padEnd(20)}`,
    ]);
    expect(await athena.lines('SHOW COLUMNS IN made')).toEqual(
      ['id', 'name', 'year', 'month'].map((name) => name.padEnd(20)),
    );
    expect(await athena.lines('SHOW COLUMNS FROM made FROM d')).toHaveLength(4);
    expect(await athena.lines('SHOW TBLPROPERTIES made')).toEqual([
      'EXTERNAL\tTRUE',
      expect.stringMatching(/^transient_lastDdlTime\t\d{10}$/),
      'note\tx',
    ]);
    expect(await athena.lines("SHOW TBLPROPERTIES made ('note')")).toEqual(['x']);
    expect((await athena.lines('DESCRIBE FORMATTED made')).join('\n')).toContain('# Storage Information');
    expect((await athena.lines('DESC EXTENDED made')).join('\n')).toContain('Table(tableName:made, dbName:d');
    await athena.run('DROP TABLE made');
    await athena.run('DROP TABLE IF EXISTS made');
    expect(await athena.reason('DROP TABLE made')).toBe(
      'FAILED FAILED: SemanticException [Error 10001]: Table not found made',
    );
    expect(await athena.reason('DESCRIBE made')).toContain('Entity Not Found');
  });

  it('is shown as the statement that makes it again', async () => {
    await athena.run(`CREATE EXTERNAL TABLE \`d\`.\`shown\` (
        \`a\` array<struct<x:int,y:map<string,decimal(10,2)>>> COMMENT 'it\\'s', -- a comment
        b varchar(10), c TIMESTAMP)
      COMMENT "in two kinds of quotes"
      ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n'
      STORED AS TEXTFILE LOCATION 's3://lake/shown/' TBLPROPERTIES ('skip.header.line.count'='1')`);
    const lines = await athena.lines('SHOW CREATE TABLE d.shown');
    expect(lines.map((line) => line?.replace(/\d{10}/, 'N'))).toEqual([
      'CREATE EXTERNAL TABLE `d.shown`(',
      "  `a` array<struct<x:int,y:map<string,decimal(10,2)>>> COMMENT 'it\\'s', ",
      '  `b` varchar(10), ',
      '  `c` timestamp)',
      "COMMENT 'in two kinds of quotes'",
      'ROW FORMAT SERDE ',
      "  'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe' ",
      'WITH SERDEPROPERTIES ( ',
      "  'serialization.format'='\\t', ",
      "  'field.delim'='\\t', ",
      "  'escape.delim'='\\\\', ",
      "  'line.delim'='\\n') ",
      'STORED AS INPUTFORMAT ',
      "  'org.apache.hadoop.mapred.TextInputFormat' ",
      'OUTPUTFORMAT ',
      "  'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'",
      'LOCATION',
      "  's3://lake/shown/'",
      'TBLPROPERTIES (',
      "  'transient_lastDdlTime'='N', ",
      "  'skip.header.line.count'='1')",
    ]);
    await athena.run('DROP TABLE d.shown');
    await athena.run(lines.join('\n'));
    const again = await athena.lines('SHOW CREATE TABLE d.shown');
    expect(again).toEqual(lines);
  });

  it('has other columns and properties after an ALTER', async () => {
    await athena.run(table('altered'));
    await athena.run('ALTER TABLE altered ADD COLUMNS (more double, tags array<string>)');
    await athena.run(
      "ALTER TABLE altered SET TBLPROPERTIES ('comment' = 'remember to add column for region')",
    );
    const names = async () => (await athena.lines('SHOW COLUMNS IN altered')).map((line) => line?.trim());
    expect(await names()).toEqual(['id', 'name', 'more', 'tags', 'year', 'month']);
    expect(await athena.reason('ALTER TABLE altered ADD COLUMNS (ID int)')).toContain(
      'Duplicate column name: id',
    );
    await athena.run('ALTER TABLE altered REPLACE COLUMNS (only bigint)');
    expect(await names()).toEqual(['only', 'year', 'month']);
    await athena.run("ALTER TABLE altered SET LOCATION 's3://lake/elsewhere/'");
    expect((await athena.lines('SHOW CREATE TABLE altered')).join('\n')).toContain("'s3://lake/elsewhere/'");
  });
});

describe('partitions', () => {
  it('are added, moved, renamed, listed and dropped', async () => {
    await athena.run(table('parts'));
    await athena.run(
      "ALTER TABLE parts ADD PARTITION (year='2026', month=1) PARTITION (month=2, year='2026') LOCATION 's3://lake/p2/'",
    );
    await athena.run(
      "ALTER TABLE parts ADD IF NOT EXISTS PARTITION (year='2026', month=2) PARTITION (year='a/b', month=3)",
    );
    expect(await athena.reason("ALTER TABLE parts ADD PARTITION (year='2026', month=2)")).toContain(
      'Partition already exists',
    );
    expect(await athena.lines('SHOW PARTITIONS parts')).toEqual([
      'year=2026/month=1',
      'year=2026/month=2',
      'year=a%2Fb/month=3',
    ]);
    await athena.run(
      "ALTER TABLE parts PARTITION (year='2026', month=2) RENAME TO PARTITION (year='2027', month=2)",
    );
    await athena.run("ALTER TABLE parts PARTITION (year='2027', month=2) SET LOCATION 's3://lake/p3/'");
    await athena.run(
      "ALTER TABLE parts DROP PARTITION (year='2026', month=1), PARTITION (year='a/b', month=3)",
    );
    expect(await athena.lines('SHOW PARTITIONS parts')).toEqual(['year=2027/month=2']);
    await athena.run("ALTER TABLE parts DROP IF EXISTS PARTITION (year='2026', month=1)");
    expect(await athena.reason("ALTER TABLE parts DROP PARTITION (year='2026', month=1)")).toBe(
      'FAILED FAILED: SemanticException [Error 10006]: Partition not found {year=2026, month=1}',
    );
    expect(await athena.reason("ALTER TABLE parts ADD PARTITION (year='2026')")).toContain(
      'does not have the columns',
    );
  });

  it('are found by MSCK REPAIR TABLE where folders spell them', async () => {
    await athena.run(table('repaired'));
    expect(await athena.lines('MSCK REPAIR TABLE repaired')).toEqual([
      'Tables missing on filesystem:\trepaired',
    ]);
    await athena.put('repaired/year=2026/month=1/x', 'x');
    await athena.put('repaired/year=2026/month=2/x', 'x');
    await athena.put('repaired/other/x', 'x');
    expect(await athena.lines('MSCK REPAIR TABLE repaired')).toEqual([
      'Partitions not in metastore:\trepaired:year=2026/month=1\trepaired:year=2026/month=2',
      'Repair: Added partition to metastore repaired:year=2026/month=1',
      'Repair: Added partition to metastore repaired:year=2026/month=2',
    ]);
    expect(await athena.lines('MSCK REPAIR TABLE repaired')).toEqual([]);
    expect(await athena.lines('SHOW PARTITIONS repaired')).toHaveLength(2);
  });
});

it.each([
  ['CREATE EXTERNAL TABLE t (a int)', /^InvalidRequestException: No location was specified for table/],
  ['CREATE TABLE t (a int)', /^InvalidRequestException: No location was specified for table/],
  ["CREATE TABLE t (a int) LOCATION 's3://lake/t/'", /NOT_SUPPORTED.*Iceberg/],
  ["CREATE EXTERNAL TABLE t (a nothing) LOCATION 's3://lake/t/'", /column type 'nothing' is not supported/],
  ["CREATE EXTERNAL TABLE t (a int) LOCATION 'file:///etc/'", /FAILED INVALID_TABLE_PROPERTY/],
  ['DESCRIBE "t"', /Entity Not Found/],
  ['DROP TABLE "t"', /mismatched input 't'/],
  ['SHOW TABLES; SHOW TABLES', /Only one sql statement is allowed/],
  ["SHOW DATABASES LIKE 'd*'", /NOT_SUPPORTED: .*a star needs a dot/],
  ['SHOW NOTHING', /mismatched input 'NOTHING'/],
  ['SHOW FUNCTIONS', /NOT_SUPPORTED: .*SHOW FUNCTIONS is not supported by local AWS/],
  ['ALTER TABLE t RENAME TO u', /NOT_SUPPORTED: .*ALTER TABLE RENAME is not supported by local AWS/],
  ['OPTIMIZE t REWRITE DATA USING BIN_PACK', /NOT_SUPPORTED: .*OPTIMIZE is not supported by local AWS/],
  ['VACUUM t', /NOT_SUPPORTED: .*VACUUM is not supported by local AWS/],
  ['DELETE FROM t', /NOT_SUPPORTED: .*DELETE is not supported by local AWS/],
  ['UPDATE t SET a = 1', /NOT_SUPPORTED: .*UPDATE is not supported by local AWS/],
  ['MERGE INTO t USING u ON true', /NOT_SUPPORTED: .*MERGE is not supported by local AWS/],
  ['SHOW TABLES IN nowhere', /Database does not exist: nowhere/],
  ["SHOW TABLES '(a+)+$'", /NOT_SUPPORTED/],
])('%s is refused', async (sql, reason) => {
  expect(await athena.reason(sql)).toMatch(reason);
});

it('leaves no trouble', () => {
  expect(athena.running.troubles).toEqual([]);
});
