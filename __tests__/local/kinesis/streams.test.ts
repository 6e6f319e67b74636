import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  ListShardsCommand,
  ListStreamsCommand,
  PutRecordCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';

const ARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/one';
let running: RunningLocalAws;
beforeAll(async () => {
  running = await runLocalAws();
  await running.clients.kinesis.send(new CreateStreamCommand({ StreamName: 'one', ShardCount: 5 }));
});
afterAll(() => running.end());
const send: RunningLocalAws['clients']['kinesis']['send'] = ((command: never) =>
  running.clients.kinesis.send(command)) as never;

describe('streams', () => {
  it('are found by name and by ARN', async () => {
    for (const reference of [{ StreamName: 'one' }, { StreamARN: ARN }]) {
      const { StreamDescriptionSummary } = await send(new DescribeStreamSummaryCommand(reference));
      expect(StreamDescriptionSummary).toMatchObject({
        StreamName: 'one',
        StreamARN: ARN,
        StreamStatus: 'ACTIVE',
        OpenShardCount: 5,
        RetentionPeriodHours: 24,
        StreamModeDetails: { StreamMode: 'PROVISIONED' },
      });
    }
  });

  it('that are not there are refused in the words of AWS', async () => {
    await expect(send(new DescribeStreamSummaryCommand({ StreamName: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Stream none under account 000000000000 not found.',
    });
  });

  it('cannot be made twice, or under a name that Kinesis does not take', async () => {
    await expect(send(new CreateStreamCommand({ StreamName: 'one', ShardCount: 1 }))).rejects.toMatchObject({
      name: 'ResourceInUseException',
    });
    await expect(send(new CreateStreamCommand({ StreamName: 'a b', ShardCount: 1 }))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('streamName'),
    });
    await expect(send(new CreateStreamCommand({ StreamName: 'two', ShardCount: 0 }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('list their shards in pages', async () => {
    const first = await send(new ListShardsCommand({ StreamName: 'one', MaxResults: 3 }));
    const second = await send(new ListShardsCommand({ NextToken: first.NextToken, MaxResults: 3 }));
    const ids = [...(first.Shards ?? []), ...(second.Shards ?? [])].map(({ ShardId }) => ShardId);
    expect(ids).toEqual([0, 1, 2, 3, 4].map((number) => `shardId-${String(number).padStart(12, '0')}`));
    expect(second.NextToken).toBeUndefined();
    const { StreamDescription } = await send(new DescribeStreamCommand({ StreamName: 'one', Limit: 2 }));
    expect(StreamDescription).toMatchObject({ HasMoreShards: true, Shards: [{}, {}] });
  });

  it('are listed in pages, and only those of one region', async () => {
    for (const name of ['p-1', 'p-2', 'p-3'])
      await send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 }));
    const first = await send(new ListStreamsCommand({ Limit: 3 }));
    expect(first).toMatchObject({ StreamNames: ['one', 'p-1', 'p-2'], HasMoreStreams: true });
    const second = await send(new ListStreamsCommand({ NextToken: first.NextToken }));
    expect(second).toMatchObject({ StreamNames: ['p-3'], HasMoreStreams: false });
    for (const name of ['p-1', 'p-2', 'p-3']) await send(new DeleteStreamCommand({ StreamName: name }));
    expect((await send(new ListStreamsCommand({}))).StreamNames).toEqual(['one']);
  });
});

describe('putting records', () => {
  const record = (bytes: number, key = 'k') => ({ PartitionKey: key, Data: Buffer.alloc(bytes) });
  const mib = 1024 * 1024;

  it('takes 1 MiB with its key, and not a byte more', async () => {
    await expect(
      send(new PutRecordCommand({ StreamName: 'one', ...record(mib - 1) })),
    ).resolves.toMatchObject({
      ShardId: expect.any(String),
    });
    await expect(send(new PutRecordCommand({ StreamName: 'one', ...record(mib) }))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("at 'data'"),
    });
  });

  it.each([
    ['no record', [], 'greater than or equal to 1'],
    ['501 records', Array.from({ length: 501 }, () => record(1)), 'less than or equal to 500'],
    [
      'more than 10 MiB',
      Array.from({ length: 11 }, () => record(mib - 1)),
      'Records size exceeds 10 MB limit',
    ],
    ['an empty key', [record(1, '')], 'records.1.member.partitionKey'],
    ['a key of 257 characters', [record(1), record(1, 'k'.repeat(257))], 'records.2.member.partitionKey'],
  ])('refuses %s, whole', async (_what, Records, reason) => {
    await expect(send(new PutRecordsCommand({ StreamName: 'one', Records }))).rejects.toMatchObject({
      message: expect.stringContaining(reason),
    });
  });

  it('takes 500 records at once, each with a sequence number of its own', async () => {
    const Records = Array.from({ length: 500 }, (_, index) => record(10, `key-${index}`));
    const answer = await send(new PutRecordsCommand({ StreamName: 'one', Records }));
    expect(answer.FailedRecordCount).toBe(0);
    expect(new Set(answer.Records?.map(({ SequenceNumber }) => SequenceNumber)).size).toBe(500);
  });

  it('gives sequence numbers that only grow within a shard', async () => {
    let last = 0n;
    for (let round = 0; round < 5; round++) {
      const { SequenceNumber } = await send(new PutRecordCommand({ StreamName: 'one', ...record(1) }));
      expect(BigInt(SequenceNumber ?? 0)).toBeGreaterThan(last);
      last = BigInt(SequenceNumber ?? 0);
    }
  });
});
