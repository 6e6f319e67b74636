import {
  CreateStreamCommand,
  DescribeLimitsCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListShardsCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { jsonRequest, rawRequest } from '../wire/raw-request.js';

/** Milliseconds since 1970. */
let time = 1;
let aws: RunningLocalAws;
const SHARD = 'shardId-000000000000';
const { send } = { send: (command: never) => aws.clients.kinesis.send(command) } as {
  send: RunningLocalAws['clients']['kinesis']['send'];
};
beforeAll(async () => {
  aws = await runLocalAws({ clock: { now: () => time, after: () => () => {} } });
});
afterAll(() => aws.end());

const create = (StreamName: string, ShardCount = 1) =>
  send(new CreateStreamCommand({ StreamName, ShardCount }));
const put = (StreamName: string, keys: readonly string[]) =>
  send(
    new PutRecordsCommand({
      StreamName,
      Records: keys.map((PartitionKey) => ({ PartitionKey, Data: Buffer.from(PartitionKey) })),
    }),
  );
const iterator = async (StreamName: string, ShardId = SHARD) => {
  const start = { StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' as const };
  return (await send(new GetShardIteratorCommand(start))).ShardIterator;
};

/** Facts of Kinesis, Limits. */
describe('the limits of Kinesis', () => {
  it('a GetRecords gives 10,000 records at the most, and may ask for no more', async () => {
    await create('many');
    const keys = Array.from({ length: 500 }, (_, index) => `${index}`);
    for (let call = 0; call < 21; call++) await put('many', keys);
    const ShardIterator = await iterator('many');
    const first = await send(new GetRecordsCommand({ ShardIterator }));
    expect(first.Records).toHaveLength(10_000);
    const rest = await send(new GetRecordsCommand({ ShardIterator: first.NextShardIterator }));
    expect(rest.Records).toHaveLength(500);
    for (const Limit of [0, 10_001]) {
      await expect(send(new GetRecordsCommand({ ShardIterator, Limit }))).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringMatching(
          /^1 validation error detected: Value '\d+' at 'limit' failed to satisfy/,
        ),
      });
    }
  });

  it('a stream keeps records for 24 hours unless told otherwise, and takes records of 1 MiB', async () => {
    await create('usual');
    const { StreamDescriptionSummary } = await send(
      new DescribeStreamSummaryCommand({ StreamName: 'usual' }),
    );
    expect(StreamDescriptionSummary).toMatchObject({ RetentionPeriodHours: 24, MaxRecordSizeInKiB: 1024 });
  });

  it('an on-demand stream starts at 4 MB/s, which is four shards, and takes no number of them', async () => {
    const StreamModeDetails = { StreamMode: 'ON_DEMAND' as const };
    await send(new CreateStreamCommand({ StreamName: 'demand', StreamModeDetails }));
    const { Shards } = await send(new ListShardsCommand({ StreamName: 'demand' }));
    expect(Shards).toHaveLength(4);
    const counted = send(new CreateStreamCommand({ StreamName: 'both', StreamModeDetails, ShardCount: 4 }));
    await expect(counted).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await send(new DescribeLimitsCommand({}))).toMatchObject({ OnDemandStreamCount: 1 });
  });
});

/** Facts of Kinesis, PutRecords and Routing. */
describe('an answer to PutRecords', () => {
  it('has one entry a record, in order: what each says is where the record is', async () => {
    await create('ordered', 4);
    const keys = Array.from({ length: 200 }, (_, index) => `key-${index}`);
    const { Records = [], FailedRecordCount } = await put('ordered', keys);
    expect(FailedRecordCount).toBe(0);
    const entries = new Map(Records.map(({ SequenceNumber }, index) => [SequenceNumber, keys[index]]));
    expect(entries.size).toBe(keys.length);
    let read = 0;
    for (const ShardId of new Set(Records.map(({ ShardId }) => ShardId))) {
      expect(ShardId).toMatch(/^shardId-\d{12}$/);
      const page = await send(new GetRecordsCommand({ ShardIterator: await iterator('ordered', ShardId) }));
      const numbers = (page.Records ?? []).map(({ SequenceNumber = '' }) => BigInt(SequenceNumber));
      expect(numbers).toEqual(numbers.toSorted((a, b) => (a < b ? -1 : 1)));
      for (const { SequenceNumber, PartitionKey } of page.Records ?? []) {
        expect(entries.get(SequenceNumber)).toBe(PartitionKey);
        read++;
      }
    }
    expect(read).toBe(keys.length);
  });
});

/** Facts of Kinesis, Wire. */
describe('the JSON of Kinesis', () => {
  const ask = (operation: string, input: object) =>
    rawRequest(
      aws.local.endpoint,
      jsonRequest(`Kinesis_20131202.${operation}`, 'kinesis', JSON.stringify(input)),
    );

  it.each([1, 999, 1_767_225_600_000, 1_767_225_600_123])(
    'writes timestamps as plain decimals of seconds, never with an exponent: %i ms',
    async (at) => {
      time = at;
      const StreamName = `at-${at}`;
      await create(StreamName);
      await put(StreamName, ['k']);
      const { text } = await ask('GetRecords', { ShardIterator: await iterator(StreamName) });
      const [, seconds = ''] = /"ApproximateArrivalTimestamp":([^,}]+)/.exec(text) ?? [];
      expect(seconds).toMatch(/^\d+(\.\d+)?$/);
      expect(Number(seconds)).toBe(at / 1000);
    },
  );

  it('tells an error by its type and its message, with status 400', async () => {
    const answer = await ask('DescribeStreamSummary', { StreamName: 'none' });
    expect(answer.status).toBe(400);
    expect(answer.json()).toEqual({
      __type: 'ResourceNotFoundException',
      message: 'Stream none under account 000000000000 not found.',
    });
  });
});

describe('a token of ListShards', () => {
  it('says all that the first request said, expires in five minutes, and is one of its own', async () => {
    await create('listed', 5);
    const { NextToken } = await send(new ListShardsCommand({ StreamName: 'listed', MaxResults: 2 }));
    const both = send(new ListShardsCommand({ StreamName: 'listed', NextToken }));
    await expect(both).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: 'NextToken and StreamName cannot be provided together.',
    });
    const rest = await send(new ListShardsCommand({ NextToken }));
    expect(rest.Shards?.map(({ ShardId }) => ShardId?.slice(-1))).toEqual(['2', '3', '4']);
    const wrong = send(new ListShardsCommand({ NextToken: 'dG9rZW4=' }));
    await expect(wrong).rejects.toMatchObject({ name: 'InvalidArgumentException' });
    time += 300_001;
    const late = send(new ListShardsCommand({ NextToken }));
    await expect(late).rejects.toMatchObject({ name: 'ExpiredNextTokenException' });
  });
});
