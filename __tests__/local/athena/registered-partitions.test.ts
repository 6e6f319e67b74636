import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import {
  BatchCreatePartitionCommand,
  CreateDatabaseCommand,
  CreateTableCommand,
  DeletePartitionCommand,
} from '@aws-sdk/client-glue';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type RunningLocalAws, runLocalAws, temporaryFolder } from '../running-local-aws.js';

const parquet = {
  InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
  Columns: [{ Name: 'id', Type: 'int' }],
};
const place = { DatabaseName: 'd', TableName: 't' };

let running: RunningLocalAws;
beforeAll(async () => {
  running = await runLocalAws();
  const { s3, glue } = running.clients;
  for (const Bucket of ['lake', 'elsewhere']) await s3.send(new CreateBucketCommand({ Bucket }));
  const put = async (Bucket: string, Key: string, id: number) =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body: await parquetOf(id) }));
  await put('lake', 't/year=2025/a.parquet', 1);
  await put('lake', 't/year=2026/b.parquet', 2);
  await put('elsewhere', 'moved/c.parquet', 3);
  await put('lake', 't/year=2099/not-registered.parquet', 4);
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'd' } }));
  await glue.send(
    new CreateTableCommand({
      DatabaseName: 'd',
      TableInput: {
        Name: 't',
        PartitionKeys: [{ Name: 'year', Type: 'string' }],
        StorageDescriptor: { ...parquet, Location: 's3://lake/t/' },
      },
    }),
  );
  const partition = (year: string, Location: string) => ({
    Values: [year],
    StorageDescriptor: { ...parquet, Location },
  });
  const PartitionInputList = [
    partition('2025', 's3://lake/t/year=2025/'),
    partition('2026', 's3://lake/t/year=2026'),
    // Its folder says nothing of its value.
    partition('odd / %', 's3://elsewhere/moved/'),
  ];
  await glue.send(new BatchCreatePartitionCommand({ ...place, PartitionInputList }));
});
afterAll(() => running.end());

async function parquetOf(id: number): Promise<Buffer> {
  const { folder, remove } = await temporaryFolder();
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const file = path.join(folder, 'file');
  await connection.run(`COPY (SELECT CAST(${id} AS INTEGER) AS id) TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  const bytes = await readFile(file);
  await remove();
  return bytes;
}

async function query(sql: string) {
  const { athena } = running.clients;
  const { QueryExecutionId } = await athena.send(
    new StartQueryExecutionCommand({
      QueryString: sql,
      QueryExecutionContext: { Database: 'd' },
      ResultConfiguration: { OutputLocation: 's3://lake/results/' },
    }),
  );
  const execution = await vi.waitFor(
    async () => {
      const answer = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
      expect(answer.QueryExecution?.Status?.State).toMatch(/SUCCEEDED|FAILED/);
      return answer.QueryExecution;
    },
    { timeout: 20_000, interval: 20 },
  );
  expect(execution?.Status?.StateChangeReason).toBeUndefined();
  const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId }));
  const rows = (ResultSet?.Rows ?? [])
    .slice(1)
    .map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue));
  return { rows, scanned: execution?.Statistics?.DataScannedInBytes ?? 0 };
}

it('a query reads the partitions that are registered, wherever they lie, and no others', async () => {
  const { rows } = await query('SELECT id, year FROM t ORDER BY id');
  expect(rows).toEqual([
    ['1', '2025'],
    ['2', '2026'],
    ['3', 'odd / %'],
  ]);
});

it('a query reads no more than the partitions that it asks for', async () => {
  const whole = await query('SELECT id FROM t');
  const one = await query("SELECT id FROM t WHERE year = '2026'");
  expect(one.rows).toEqual([['2']]);
  expect(one.scanned).toBeGreaterThan(0);
  expect(one.scanned * 3).toBe(whole.scanned);
  expect((await query("SELECT id FROM t WHERE year = 'odd / %'")).rows).toEqual([['3']]);
});

it('a partition that is deleted is read no more, though its objects are there', async () => {
  await running.clients.glue.send(new DeletePartitionCommand({ ...place, PartitionValues: ['2025'] }));
  expect((await query('SELECT id FROM t ORDER BY id')).rows).toEqual([['2'], ['3']]);
});
