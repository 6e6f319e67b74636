import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  PutRecordCommand,
  PutRecordsCommand,
  UpdateMaxRecordSizeCommand,
} from '@aws-sdk/client-kinesis';
import { describe, expect, it } from 'vitest';
import { localAwsForTest } from '../running-local-aws.js';

const StreamName = 's';
const MIB = 1024 * 1024;
/** Explicit hash keys of the first and the second shard of two. */
const [FIRST, SECOND] = ['0', String(2n ** 128n - 1n)];

async function twoShards({ throttle = true } = {}) {
  let now = Date.UTC(2026, 0, 1);
  const clock = { now: () => now, after: () => () => {} };
  const { clients } = await localAwsForTest({ throttle, clock });
  const { kinesis } = clients;
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 2 }));
  const record = (bytes: number, ExplicitHashKey = FIRST) => ({
    PartitionKey: 'k',
    ExplicitHashKey,
    Data: Buffer.alloc(bytes - 1),
  });
  return {
    kinesis,
    record,
    wait: (milliseconds: number) => {
      now += milliseconds;
    },
    put: (count: number, bytes: number, shard = FIRST) =>
      kinesis.send(
        new PutRecordsCommand({
          StreamName,
          Records: Array.from({ length: count }, () => record(bytes, shard)),
        }),
      ),
    reader: async (shard = 0) => {
      const ShardId = `shardId-${String(shard).padStart(12, '0')}`;
      const { ShardIterator } = await kinesis.send(
        new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
      );
      return () => kinesis.send(new GetRecordsCommand({ ShardIterator }));
    },
  };
}

const exceeded = (shard: number) => ({
  name: 'ProvisionedThroughputExceededException',
  message: `Rate exceeded for shard shardId-00000000000${shard} in stream s under account 000000000000.`,
});

/** Facts of Kinesis, Limits and PutRecords: what a shard takes and gives a second, and how it says that it is too much. */
describe('a shard that is throttled', () => {
  it('takes a thousand records a second, and names itself in the entries of the others', async () => {
    const { put, wait } = await twoShards();
    expect((await put(500, 10)).FailedRecordCount).toBe(0);
    expect((await put(499, 10)).FailedRecordCount).toBe(0);
    const { $metadata, FailedRecordCount, Records = [] } = await put(3, 10);
    expect($metadata.httpStatusCode).toBe(200);
    expect(FailedRecordCount).toBe(2);
    expect(Records[0]).toMatchObject({ SequenceNumber: expect.any(String) });
    const { name: ErrorCode, message: ErrorMessage } = exceeded(0);
    expect(Records.slice(1)).toEqual([
      { ErrorCode, ErrorMessage },
      { ErrorCode, ErrorMessage },
    ]);
    wait(100);
    expect((await put(500, 10)).FailedRecordCount).toBe(400);
    wait(60_000);
    expect((await put(500, 10)).FailedRecordCount).toBe(0);
    expect((await put(500, 10)).FailedRecordCount).toBe(0);
    expect((await put(500, 10)).FailedRecordCount).toBe(500);
  });

  it('takes 1 MiB a second, partition keys counted', async () => {
    const { put, wait } = await twoShards();
    expect((await put(9, MIB / 8)).FailedRecordCount).toBe(1);
    wait(500);
    expect((await put(9, MIB / 8)).FailedRecordCount).toBe(5);
  });

  it('leaves the records of other shards alone', async () => {
    const { put } = await twoShards();
    expect((await put(2, MIB)).FailedRecordCount).toBe(1);
    expect((await put(1, MIB, SECOND)).FailedRecordCount).toBe(0);
    expect((await put(1, 10, SECOND)).Records?.[0]?.ErrorMessage).toBe(exceeded(1).message);
  });

  it('keeps what it took, in order, and nothing else', async () => {
    const { put, wait, reader, kinesis } = await twoShards();
    await put(500, 10);
    await put(500, 10);
    await put(500, 10);
    wait(1000);
    await kinesis.send(
      new PutRecordCommand({ StreamName, PartitionKey: 'last', ExplicitHashKey: FIRST, Data: Buffer.of() }),
    );
    const { Records = [] } = await (await reader())();
    expect(Records).toHaveLength(1001);
    expect(Records.at(-1)?.PartitionKey).toBe('last');
  });

  it('refuses a single record as a whole', async () => {
    const { put, kinesis, record } = await twoShards();
    await put(1, MIB);
    const one = kinesis.send(new PutRecordCommand({ StreamName, ...record(10) }));
    await expect(one).rejects.toMatchObject({ ...exceeded(0), $metadata: { httpStatusCode: 400 } });
  });

  it('takes a record of more than 1 MiB at once, and is paid for it by those after it', async () => {
    const { kinesis, put, wait } = await twoShards();
    const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
    await kinesis.send(new UpdateMaxRecordSizeCommand({ StreamARN, MaxRecordSizeInKiB: 10_240 }));
    expect((await put(1, 4 * MIB)).FailedRecordCount).toBe(0);
    wait(2999);
    expect((await put(1, 10)).FailedRecordCount).toBe(1);
    wait(2);
    expect((await put(1, 10)).FailedRecordCount).toBe(0);
  });

  it('answers five reads a second', async () => {
    const { reader, wait } = await twoShards();
    const [read, readOther] = [await reader(0), await reader(1)];
    for (let call = 0; call < 5; call++) await read();
    await expect(read()).rejects.toMatchObject(exceeded(0));
    await expect(readOther()).resolves.toMatchObject({ Records: [] });
    wait(200);
    await read();
    await expect(read()).rejects.toMatchObject(exceeded(0));
  });

  it('gives 2 MiB a second, after a larger page nothing until that is made up for', async () => {
    const { put, reader, wait } = await twoShards();
    for (let second = 0; second < 6; second++) {
      await put(1, MIB);
      wait(1000);
    }
    const read = await reader();
    expect((await read()).Records).toHaveLength(6);
    wait(1999);
    await expect(read()).rejects.toMatchObject(exceeded(0));
    wait(2);
    expect((await read()).Records).toHaveLength(6);
  });
});

it('no shard is throttled unless that is asked for', async () => {
  const { put, reader } = await twoShards({ throttle: false });
  for (let round = 0; round < 3; round++) expect((await put(500, 10)).FailedRecordCount).toBe(0);
  const read = await reader();
  for (let call = 0; call < 10; call++) expect((await read()).Records).toHaveLength(1500);
});
