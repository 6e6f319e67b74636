import { CreateStreamCommand, DescribeStreamCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evenRanges, HASH_KEY_COUNT, hashKeyOf } from '../../../local/kinesis/hash-key.js';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';

/** MD5 values that RFC 1321 gives in its test suite. */
const RFC_1321 = [
  ['a', '0cc175b9c0f1b6a831c399e269772661'],
  ['abc', '900150983cd24fb0d6963f7d28e17f72'],
  ['message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
  ['abcdefghijklmnopqrstuvwxyz', 'c3fcd3d76192e4007dfb496cca67e13b'],
  [
    '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
    '57edf4a22be3c955ac49da2e2107b67a',
  ],
] as const;

let running: RunningLocalAws;
beforeAll(async () => {
  running = await runLocalAws();
  await running.clients.kinesis.send(new CreateStreamCommand({ StreamName: 'four', ShardCount: 4 }));
});
afterAll(() => running.end());

describe('routing a record to its shard', () => {
  it.each(RFC_1321)('takes the MD5 of the partition key %s', (key, md5) => {
    expect(hashKeyOf(key)).toBe(md5);
  });

  it('puts each key on the shard whose range holds its MD5', async () => {
    const { Records } = await running.clients.kinesis.send(
      new PutRecordsCommand({
        StreamName: 'four',
        Records: RFC_1321.map(([PartitionKey]) => ({ PartitionKey, Data: Buffer.from('x') })),
      }),
    );
    // A quarter of the hash keys each: the first digit of the MD5 tells the shard.
    const expected = RFC_1321.map(([, md5]) => Math.floor(Number.parseInt(md5.charAt(0), 16) / 4));
    expect(Records?.map(({ ShardId }) => ShardId)).toEqual(
      expected.map((shard) => `shardId-${String(shard).padStart(12, '0')}`),
    );
  });

  it('takes an explicit hash key at either end of a range', async () => {
    const { StreamDescription } = await running.clients.kinesis.send(
      new DescribeStreamCommand({ StreamName: 'four' }),
    );
    const ends = StreamDescription?.Shards?.flatMap(({ ShardId, HashKeyRange }) => [
      { ShardId, key: HashKeyRange?.StartingHashKey },
      { ShardId, key: HashKeyRange?.EndingHashKey },
    ]);
    const { Records } = await running.clients.kinesis.send(
      new PutRecordsCommand({
        StreamName: 'four',
        Records: ends?.map(({ key }) => ({
          PartitionKey: 'any',
          ExplicitHashKey: key,
          Data: Buffer.from('x'),
        })),
      }),
    );
    expect(Records?.map(({ ShardId }) => ShardId)).toEqual(ends?.map(({ ShardId }) => ShardId));
  });

  it.each([1, 2, 3, 7, 100])('divides all hash keys among %i shards without a gap', (count) => {
    const ranges = evenRanges(count);
    expect(ranges[0]?.start).toBe(0n);
    expect(ranges.at(-1)?.end).toBe(HASH_KEY_COUNT - 1n);
    for (const [index, { start }] of ranges.entries()) {
      if (index > 0) expect(start).toBe((ranges[index - 1]?.end ?? 0n) + 1n);
    }
  });
});
