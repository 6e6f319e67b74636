import {
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  IncreaseStreamRetentionPeriodCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { expect, it } from 'vitest';
import { RecordLog } from '../../../local/kinesis/record-log.js';
import type { StreamEntry } from '../../../local/kinesis/stream-entry.js';
import { trimAll } from '../../../local/kinesis/trimming.js';
import { openStore } from '../../../local/store/store.js';
import { localAwsForTest, type RunningLocalAws, temporaryFolder } from '../running-local-aws.js';
import { drain } from './drain.js';
import { type TurnedClock, turnedClock } from './turned-clock.js';

const HOUR = 3_600_000;

interface Setting extends RunningLocalAws {
  readonly clock: TurnedClock;
  put(...texts: string[]): Promise<string[]>;
  read(): Promise<string[]>;
  keepFor(hours: number): Promise<unknown>;
}

async function oneStream(): Promise<Setting> {
  const clock = turnedClock();
  const running = await localAwsForTest({ clock });
  const { kinesis } = running.clients;
  const stream = { StreamName: 's' };
  await kinesis.send(new CreateStreamCommand({ ...stream, ShardCount: 1 }));
  return {
    ...running,
    clock,
    put: async (...texts) => {
      const Records = texts.map((text) => ({ PartitionKey: 'k', Data: Buffer.from(text) }));
      const { Records: put } = await kinesis.send(new PutRecordsCommand({ ...stream, Records }));
      return put?.map(({ SequenceNumber }) => SequenceNumber ?? '') ?? [];
    },
    read: async () => (await drain(kinesis, 's')).map(({ text }) => text),
    keepFor: async (RetentionPeriodHours) => {
      const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand(stream));
      const isMore = RetentionPeriodHours > (StreamDescriptionSummary?.RetentionPeriodHours ?? 0);
      const request = { ...stream, RetentionPeriodHours };
      await (isMore
        ? kinesis.send(new IncreaseStreamRetentionPeriodCommand(request))
        : kinesis.send(new DecreaseStreamRetentionPeriodCommand(request)));
    },
  };
}

it('a record is handed out for as long as the stream keeps it, and not longer', async () => {
  const { clock, put, read, keepFor } = await oneStream();
  await put('a');
  clock.turn(2 * HOUR);
  await put('b');
  clock.turn(21 * HOUR);
  expect(await read()).toEqual(['a', 'b']);
  clock.turn(HOUR);
  expect(await read()).toEqual(['b']);
  await keepFor(48);
  // What was gone does not come back.
  expect(await read()).toEqual(['b']);
  clock.turn(3 * HOUR);
  expect(await read()).toEqual(['b']);
  await keepFor(24);
  expect(await read()).toEqual([]);
  await put('c');
  expect(await read()).toEqual(['c']);
});

it('a reader that stands behind the trim horizon goes on there', async () => {
  const { clock, put, clients } = await oneStream();
  const [first] = await put('a', 'b');
  clock.turn(25 * HOUR);
  await put('c');
  const read = async (start: Partial<GetShardIteratorCommandInput>) => {
    const { ShardIterator } = await clients.kinesis.send(
      new GetShardIteratorCommand({
        StreamName: 's',
        ShardId: 'shardId-000000000000',
        ShardIteratorType: 'TRIM_HORIZON',
        ...start,
      }),
    );
    const page = await clients.kinesis.send(new GetRecordsCommand({ ShardIterator }));
    return page.Records?.map(({ Data }) => Buffer.from(Data ?? []).toString());
  };
  expect(await read({})).toEqual(['c']);
  expect(await read({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: first })).toEqual([
    'c',
  ]);
  expect(await read({ ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(0) })).toEqual(['c']);
});

it('the space of old records is freed', async () => {
  const { folder, remove } = await temporaryFolder();
  const store = await openStore(folder);
  try {
    const log = new RecordLog(store);
    const stream = { id: 1, retentionHours: 24, shards: [{ number: 0 }] } as unknown as StreamEntry;
    const records = Array.from({ length: 2_500 }, () => ({
      partitionKey: 'k',
      data: Buffer.from('12345'),
      isEncrypted: false,
      shard: 0,
    }));
    await store.transaction(() => {
      store.entries.put(['stream', 'account', 'region', 's'], stream);
      log.append(1, records, 1_000);
      log.append(1, records.slice(0, 3), 2_000);
    });
    const clock = { now: () => 24 * HOUR + 1_500, after: () => () => {} };
    await trimAll({ store, log, clock }, () => false);
    expect([...store.records.getKeys({})]).toHaveLength(3);
    expect(log.head(1, 0)).toEqual({ position: 2_500, bytes: 12_500 });
    expect([...log.read(1, 0, 0)].map(({ position }) => position)).toEqual([2_500, 2_501, 2_502]);
  } finally {
    await store.close();
    await remove();
  }
});

it.each([
  [
    23,
    DecreaseStreamRetentionPeriodCommand,
    'Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short.',
  ],
  [
    8761,
    IncreaseStreamRetentionPeriodCommand,
    'Maximum allowed retention period is 8760 hours. Requested retention period (8761 hours) is too long.',
  ],
  [
    47,
    IncreaseStreamRetentionPeriodCommand,
    'Requested retention period (47 hours) for stream s can not be shorter than existing retention period (48 hours). ' +
      'Use DecreaseRetentionPeriod API.',
  ],
  [
    49,
    DecreaseStreamRetentionPeriodCommand,
    'Requested retention period (49 hours) for stream s can not be longer than existing retention period (48 hours). ' +
      'Use IncreaseRetentionPeriod API.',
  ],
])('%i hours by %o are refused', async (RetentionPeriodHours, Command, message) => {
  const { clients, keepFor } = await oneStream();
  await keepFor(48);
  const command = new Command({ StreamName: 's', RetentionPeriodHours });
  await expect(clients.kinesis.send(command as IncreaseStreamRetentionPeriodCommand)).rejects.toMatchObject({
    name: 'InvalidArgumentException',
    message,
  });
});
