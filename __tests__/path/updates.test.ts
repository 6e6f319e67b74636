import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetQueryExecutionCommand,
  StartQueryExecutionCommand,
  UpdateWorkGroupCommand,
} from '@aws-sdk/client-athena';
import { GetTableCommand, UpdateTableCommand } from '@aws-sdk/client-glue';
import { PutRecordsCommand, UpdateShardCountCommand } from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { customers } from '../../datasets/index.js';
import { type Lakehouse, openLakehouse } from './lakehouse-on-local-aws.js';

let lakehouse: Lakehouse;
beforeAll(async () => {
  lakehouse = await openLakehouse([customers]);
});
afterAll(() => lakehouse.end());

it('a stream that is resharded under load delivers every event, once', { timeout: 60_000 }, async () => {
  const { kinesis } = lakehouse.clients;
  const StreamName = lakehouse.names.stream('customers');
  let isDone = false;
  const resharding = (async () => {
    for (const TargetShardCount of [2, 3, 5, 4, 2, 1]) {
      await kinesis.send(
        new UpdateShardCountCommand({ StreamName, TargetShardCount, ScalingType: 'UNIFORM_SCALING' }),
      );
      await sleep(300);
    }
    isDone = true;
  })();
  let sent = 0;
  while (!isDone) sent += (await lakehouse.send(customers, 200)).length;
  await resharding;
  await lakehouse.waitForCount('SELECT count(*) FROM customers', sent);
  // Longer than Firehose buffers here: what came twice would be there by then.
  await sleep(1_500);
  expect(await lakehouse.column('SELECT count(*) FROM customers')).toEqual([BigInt(sent)]);
  expect(await lakehouse.column('SELECT count(DISTINCT uuid) FROM customers')).toEqual([BigInt(sent)]);
  expect(lakehouse.troubles).toEqual([]);
});

it('a new column is null in what was delivered before it', { timeout: 60_000 }, async () => {
  const { glue, kinesis } = lakehouse.clients;
  const DatabaseName = lakehouse.names.database;
  const [before] = await lakehouse.column('SELECT count(*) FROM customers');
  const { Table } = await glue.send(new GetTableCommand({ DatabaseName, Name: 'customers' }));
  const { Name, TableType, Parameters, PartitionKeys, StorageDescriptor } = Table ?? {};
  const Columns = [...(StorageDescriptor?.Columns ?? []), { Name: 'tier', Type: 'string' }];
  await glue.send(
    new UpdateTableCommand({
      DatabaseName,
      TableInput: {
        Name,
        TableType,
        Parameters,
        PartitionKeys,
        StorageDescriptor: { ...StorageDescriptor, Columns },
      },
    }),
  );
  expect(await lakehouse.column('SELECT count(*) FROM customers WHERE tier IS NULL')).toEqual([before]);
  const Data = Buffer.from('{"uuid": "one", "name": "Ann", "tier": "gold"}\n');
  await kinesis.send(
    new PutRecordsCommand({
      StreamName: lakehouse.names.stream('customers'),
      Records: [{ PartitionKey: 'one', Data }],
    }),
  );
  await lakehouse.waitForCount("SELECT count(*) FROM customers WHERE tier = 'gold'", 1);
  expect(await lakehouse.column('SELECT count(*) FROM customers WHERE tier IS NULL')).toEqual([before]);
});

it("a workgroup's cutoff stops a query that scans more", { timeout: 60_000 }, async () => {
  const { athena, kinesis } = lakehouse.clients;
  const Records = Array.from({ length: 16 }, (_, index) => ({
    PartitionKey: `large-${index}`,
    Data: Buffer.from(
      `${JSON.stringify({ uuid: `large-${index}`, status: 'Large', name: randomBytes(600_000).toString('base64') })}\n`,
    ),
  }));
  for (const half of [Records.slice(0, 8), Records.slice(8)]) {
    await kinesis.send(
      new PutRecordsCommand({ StreamName: lakehouse.names.stream('customers'), Records: half }),
    );
  }
  const large = "SELECT count(*) FROM customers WHERE status = 'Large' AND length(name) > 1";
  await lakehouse.waitForCount(large, 16);
  const cutoff = (BytesScannedCutoffPerQuery: number) =>
    athena.send(
      new UpdateWorkGroupCommand({
        WorkGroup: lakehouse.names.workgroup,
        ConfigurationUpdates: { BytesScannedCutoffPerQuery },
      }),
    );
  await cutoff(10_000_000);
  const { QueryExecutionId } = await athena.send(
    new StartQueryExecutionCommand({
      QueryString: large,
      WorkGroup: lakehouse.names.workgroup,
      QueryExecutionContext: { Database: lakehouse.names.database },
    }),
  );
  const execution = async () =>
    (await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }))).QueryExecution;
  await expect
    .poll(async () => (await execution())?.Status?.State, { timeout: 20_000 })
    .not.toMatch(/QUEUED|RUNNING/);
  // As AWS ends it: neither failed nor above the limit.
  expect(await execution()).toMatchObject({
    Status: { State: 'CANCELLED', StateChangeReason: 'Bytes scanned limit was exceeded' },
    Statistics: { DataScannedInBytes: 10_000_000 },
  });
  await cutoff(100_000_000);
  expect(await lakehouse.column(large)).toEqual([16n]);
});
