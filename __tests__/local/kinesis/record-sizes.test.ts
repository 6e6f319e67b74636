import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  PutRecordCommand,
  PutRecordsCommand,
  UpdateMaxRecordSizeCommand,
} from '@aws-sdk/client-kinesis';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Clients, localAwsForTest } from '../running-local-aws.js';

const StreamName = 's';
const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
const MIB = 1024 * 1024;
let kinesis: Clients['kinesis'];
beforeEach(async () => {
  ({ kinesis } = (await localAwsForTest()).clients);
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
});

const put = (bytes: number, stream = StreamName) =>
  kinesis.send(
    new PutRecordCommand({ StreamName: stream, PartitionKey: 'k', Data: Buffer.alloc(bytes - 1, 1) }),
  );
const allow = (MaxRecordSizeInKiB: number) =>
  kinesis.send(new UpdateMaxRecordSizeCommand({ StreamARN, MaxRecordSizeInKiB }));
const allowed = async (stream = StreamName) => {
  const summary = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: stream }));
  return summary.StreamDescriptionSummary?.MaxRecordSizeInKiB;
};
const tooLong = (bytes: number) => ({
  name: 'ValidationException',
  message: expect.stringContaining(
    `at 'data' failed to satisfy constraint: Member must have length less than or equal to ${bytes}`,
  ),
});

/** Facts of Kinesis, Limits: 1 MiB, unless the stream's maximum was raised, from 1024 to 10240 KiB. */
describe('how large a record may be', () => {
  it('is 1 MiB at first', async () => {
    expect(await allowed()).toBe(1024);
    await put(MIB);
    await expect(put(MIB + 1)).rejects.toMatchObject(tooLong(MIB));
  });

  it('is raised to 10 MiB, which are read again whole, and lowered', async () => {
    await allow(10_240);
    expect(await allowed()).toBe(10_240);
    await put(10 * MIB);
    await allow(2048);
    await put(2 * MIB);
    await expect(put(2 * MIB + 1)).rejects.toMatchObject(tooLong(2 * MIB));
    let { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({
        StreamName,
        ShardId: 'shardId-000000000000',
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    );
    for (const size of [10 * MIB - 1, 2 * MIB - 1]) {
      const page = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
      expect(page.Records?.map(({ Data }) => Data?.length)).toEqual([size]);
      expect(page.Records?.[0]?.Data?.every((byte) => byte === 1)).toBe(true);
      ShardIterator = page.NextShardIterator;
    }
  });

  it('is given when the stream is created, too', async () => {
    await kinesis.send(new CreateStreamCommand({ StreamName: 'l', ShardCount: 1, MaxRecordSizeInKiB: 3000 }));
    expect(await allowed('l')).toBe(3000);
    await put(3000 * 1024, 'l');
  });

  it('does not make a request any larger', async () => {
    await allow(10_240);
    const Records = [6, 5].map((size) => ({ PartitionKey: 'k', Data: Buffer.alloc(size * MIB) }));
    await expect(kinesis.send(new PutRecordsCommand({ StreamName, Records }))).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: 'Records size exceeds 10 MB limit',
    });
  });

  it.each([1023, 10_241])('is not %i KiB', async (size) => {
    const refused = {
      name: 'ValidationException',
      message: expect.stringContaining(`Value '${size}' at 'maxRecordSizeInKiB'`),
    };
    await expect(allow(size)).rejects.toMatchObject(refused);
    const create = new CreateStreamCommand({ StreamName: 'l', ShardCount: 1, MaxRecordSizeInKiB: size });
    await expect(kinesis.send(create)).rejects.toMatchObject(refused);
    expect(await allowed()).toBe(1024);
  });
});
