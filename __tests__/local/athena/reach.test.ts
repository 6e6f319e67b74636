import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientsOf } from '../running-local-aws.js';
import { type RunningAthena, runAthena } from './running-athena.js';

// Another account's bucket, and the data folder itself: what no statement may reach.
let athena: RunningAthena;
let others: ReturnType<typeof clientsOf>;
beforeAll(async () => {
  athena = await runAthena();
  others = clientsOf(athena.running.local.endpoint, '111111111111');
  await others.s3.send(new CreateBucketCommand({ Bucket: 'others' }));
  await others.s3.send(new PutObjectCommand({ Bucket: 'others', Key: 'secret/x', Body: 'secret\n' }));
  await athena.run("CREATE EXTERNAL TABLE theirs (a string) LOCATION 's3://others/secret/'");
  await athena.run(
    "CREATE EXTERNAL TABLE projected (a string) PARTITIONED BY (p string) LOCATION 's3://lake/p/' TBLPROPERTIES ('projection.enabled'='true', 'projection.p.type'='enum', 'projection.p.values'='x', 'storage.location.template'='s3://others/secret/${p}')",
  );
  await athena.run(
    "CREATE EXTERNAL TABLE parts (a string) PARTITIONED BY (p string) LOCATION 's3://lake/p/'",
  );
  await athena.run("ALTER TABLE parts ADD PARTITION (p='x') LOCATION 's3://others/secret/'");
  await athena.run(
    "CREATE EXTERNAL TABLE mine (a string) PARTITIONED BY (p string) LOCATION 's3://lake/mine/'",
  );
});
afterAll(async () => {
  for (const client of Object.values(others)) client.destroy();
  await athena.end();
});

it.each([
  ['SELECT * FROM theirs'],
  ['SELECT * FROM projected'],
  ['SELECT * FROM parts'],
  ['SELECT "$path" FROM theirs'],
  ["INSERT INTO theirs VALUES ('x')"],
  ["INSERT INTO parts VALUES ('a', 'x')"],
  ["INSERT INTO projected VALUES ('a', 'x')"],
  ["CREATE TABLE t WITH (external_location = 's3://others/t/') AS SELECT 1 AS a"],
  ["UNLOAD (SELECT 1 AS a) TO 's3://others/u/' WITH (format = 'JSON')"],
  ["UNLOAD (SELECT 1 AS a) TO '/tmp/u/' WITH (format = 'JSON')"],
  ["UNLOAD (SELECT 1 AS a) TO 'file:///tmp/u/' WITH (format = 'JSON')"],
  ["UNLOAD (SELECT * FROM read_text('/etc/passwd')) TO 's3://lake/u/' WITH (format = 'JSON')"],
  ["CREATE TABLE t AS SELECT * FROM read_csv('/etc/passwd')"],
  ["CREATE VIEW w AS SELECT * FROM read_text('/etc/passwd')"],
  ["CREATE VIEW w AS SELECT getenv('HOME') AS a"],
  ["EXPLAIN SELECT * FROM read_text('/etc/passwd')"],
  ["PREPARE p FROM SELECT 1; EXECUTE p; COPY (SELECT 1) TO '/tmp/x'"],
  ["INSERT INTO mine SELECT 'a', content FROM read_text('/etc/passwd')"],
  ['MSCK REPAIR TABLE theirs'],
])('%s fails', async (sql) => {
  const told = await athena.reason(sql.startsWith('PREPARE') ? `${sql}` : sql);
  const then = sql.startsWith('PREPARE') ? await athena.reason('EXECUTE p') : told;
  expect(then).not.toMatch(/^SUCCEEDED/);
  // It says no path of this machine.
  expect(then.replaceAll('/etc/passwd', '')).not.toContain(athena.running.dataDir);
  const { Contents } = await others.s3.send(new ListObjectsV2Command({ Bucket: 'others' }));
  expect(Contents?.map(({ Key }) => Key)).toEqual(['secret/x']);
});

it.each([
  ['../../../../escaped'],
  ['a/b'],
  ['..'],
  ['"'],
  ["'"],
  ['*'],
  ['%2F'],
  ['x\ny'],
  ['a=b'],
  ['é'],
  ['x'.repeat(60)],
])('a partition of the value %j is written and read as it is, and lies where objects lie', async (value) => {
  const literal = `'${value.replaceAll("'", "''")}'`;
  await athena.run(`INSERT INTO mine VALUES ('row', ${literal})`);
  expect(await athena.rows(`SELECT a, p FROM mine WHERE p = ${literal}`)).toEqual([['row', value]]);
  expect(await readdir(path.dirname(athena.running.dataDir))).not.toContain('escaped');
});

it('a view of Glue with the SQL of another engine in it is no way around', async () => {
  const { CreateTableCommand } = await import('@aws-sdk/client-glue');
  const view = (sql: string) =>
    `/* Presto View: ${Buffer.from(JSON.stringify({ originalSql: sql, schema: 'd', columns: [{ name: 'a', type: 'varchar' }] })).toString('base64')} */`;
  const attempts = [
    "SELECT content FROM read_text('/etc/passwd')",
    'SELECT 1 AS a; SELECT 2',
    'CREATE TABLE x AS SELECT 1 AS a',
    'SHOW TABLES',
    "COPY (SELECT 1) TO '/tmp/x'",
  ];
  for (const [i, sql] of attempts.entries()) {
    const TableInput = { Name: `v${i}`, TableType: 'VIRTUAL_VIEW', ViewOriginalText: view(sql) };
    await athena.running.clients.glue.send(new CreateTableCommand({ DatabaseName: 'd', TableInput }));
    expect(await athena.reason(`SELECT * FROM v${i}`)).toMatch(/^FAILED/);
  }
});

it('names of columns and tables are only names', async () => {
  const name = 'a"; drop table b; --';
  await athena.run(`CREATE TABLE odd AS SELECT 1 AS "${name.replaceAll('"', '""')}", 2 AS "x\ny"`);
  expect((await athena.run('SELECT * FROM odd')).rows).toEqual([
    [name, 'x\ny'],
    ['1', '2'],
  ]);
  await athena.run(
    `CREATE TABLE odd_json WITH (format = 'JSON') AS SELECT 1 AS "${name.replaceAll('"', '""')}"`,
  );
  expect(await athena.rows('SELECT * FROM odd_json')).toEqual([['1']]);
});

it('leaves no trouble', () => {
  expect(athena.running.troubles).toEqual([]);
});
