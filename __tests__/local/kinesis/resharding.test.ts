import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListShardsCommand,
  type ListShardsCommandInput,
  MergeShardsCommand,
  PutRecordsCommand,
  type Shard,
  SplitShardCommand,
  UpdateShardCountCommand,
  UpdateStreamModeCommand,
} from '@aws-sdk/client-kinesis';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evenRanges } from '../../../local/kinesis/hash-key.js';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { drain } from './drain.js';
import { turnedClock } from './turned-clock.js';

const clock = turnedClock();
let running: RunningLocalAws;
let streams = 0;
beforeAll(async () => {
  running = await runLocalAws({ clock });
});
afterAll(() => running.end());

async function newStream(ShardCount: number): Promise<string> {
  const StreamName = `stream-${++streams}`;
  await running.clients.kinesis.send(new CreateStreamCommand({ StreamName, ShardCount }));
  return StreamName;
}

const scale = (StreamName: string, TargetShardCount: number) =>
  running.clients.kinesis.send(
    new UpdateShardCountCommand({ StreamName, TargetShardCount, ScalingType: 'UNIFORM_SCALING' }),
  );

const put = (StreamName: string, keys: readonly string[]) =>
  running.clients.kinesis.send(
    new PutRecordsCommand({
      StreamName,
      Records: keys.map((key) => ({ PartitionKey: key, Data: Buffer.from(key) })),
    }),
  );

async function shardsOf(StreamName: string, rest: Partial<ListShardsCommandInput> = {}): Promise<Shard[]> {
  const { Shards } = await running.clients.kinesis.send(new ListShardsCommand({ StreamName, ...rest }));
  return Shards ?? [];
}

const isOpen = ({ SequenceNumberRange }: Shard) => SequenceNumberRange?.EndingSequenceNumber === undefined;
const numbers = (shards: readonly Shard[]) => shards.map(({ ShardId }) => Number(ShardId?.slice(8)));
const half = (2n ** 127n).toString();

/** What a test does to a stream: records that it puts, a number of shards, or a shard that it splits or merges. */
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ put: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 40 }) }),
  },
  { weight: 2, arbitrary: fc.record({ scale: fc.constantFrom(1, 2, 3, 4, 5, 6) }) },
  {
    weight: 1,
    arbitrary: fc.record({ split: fc.nat(), at: fc.double({ min: 0.01, max: 0.99, noNaN: true }) }),
  },
  { weight: 1, arbitrary: fc.record({ merge: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ turn: fc.integer({ min: -60_000, max: 60_000 }) }) },
);

async function take(stream: string, one: typeof step extends fc.Arbitrary<infer Step> ? Step : never) {
  const open = (await shardsOf(stream)).filter(isOpen).sort(byStart);
  if ('scale' in one) {
    const target = Math.min(open.length * 2, Math.max(Math.ceil(open.length / 2), one.scale));
    await scale(stream, target);
    expect((await shardsOf(stream)).filter(isOpen).sort(byStart).map(rangeOf)).toEqual(
      evenRanges(target).map(({ start, end }) => ({ start, end })),
    );
  } else if ('split' in one) {
    const shard = open[one.split % open.length];
    const { start, end } = rangeOf(shard ?? {});
    const at = start + 2n + ((end - start - 3n) * BigInt(Math.floor(one.at * 1000))) / 1000n;
    await running.clients.kinesis.send(
      new SplitShardCommand({
        StreamName: stream,
        ShardToSplit: shard?.ShardId,
        NewStartingHashKey: String(at),
      }),
    );
  } else if ('merge' in one && open.length > 1) {
    const lower = one.merge % (open.length - 1);
    // Either order does.
    const pair = [open[lower]?.ShardId, open[lower + 1]?.ShardId].sort(() => (one.merge % 2) - 0.5);
    await running.clients.kinesis.send(
      new MergeShardsCommand({ StreamName: stream, ShardToMerge: pair[0], AdjacentShardToMerge: pair[1] }),
    );
  }
}

const rangeOf = ({ HashKeyRange }: Partial<Shard>) => ({
  start: BigInt(HashKeyRange?.StartingHashKey ?? 0),
  end: BigInt(HashKeyRange?.EndingHashKey ?? 0),
});
const byStart = (a: Shard, b: Shard) => (rangeOf(a).start < rangeOf(b).start ? -1 : 1);

describe('a stream that is resharded', () => {
  it("loses no record, repeats none and keeps each key's order, whenever that is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const stream = await newStream(2);
        const written = new Map<string, number[]>();
        let count = 0;
        for (const one of steps) {
          if ('turn' in one) clock.turn(one.turn);
          if (!('put' in one)) {
            await take(stream, one);
            continue;
          }
          const Records = one.put.map((key) => {
            const values = written.get(`key-${key}`) ?? [];
            written.set(`key-${key}`, [...values, ++count]);
            return { PartitionKey: `key-${key}`, Data: Buffer.from(String(count)) };
          });
          await running.clients.kinesis.send(new PutRecordsCommand({ StreamName: stream, Records }));
        }
        const read = new Map<string, number[]>();
        for (const { key, text } of await drain(running.clients.kinesis, stream, 7)) {
          read.set(key, [...(read.get(key) ?? []), Number(text)]);
        }
        expect(read).toEqual(written);
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });

  it('takes every record to an open shard while many write to it', async () => {
    const stream = await newStream(1);
    const keys = Array.from({ length: 50 }, (_, index) => `key-${index}`);
    const writing = Array.from({ length: 40 }, () => put(stream, keys));
    await scale(stream, 2);
    writing.push(...Array.from({ length: 40 }, () => put(stream, keys)));
    await Promise.all([scale(stream, 3), scale(stream, 2), ...writing]);
    expect(await drain(running.clients.kinesis, stream)).toHaveLength(80 * 50);
  });
});

describe('the number of shards', () => {
  it('doubles by splitting each shard, whose halves name it as their parent', async () => {
    const stream = await newStream(1);
    await put(stream, ['a', 'b']);
    expect(await scale(stream, 2)).toMatchObject({
      StreamName: stream,
      CurrentShardCount: 1,
      TargetShardCount: 2,
    });
    const [parent, lower, upper, ...rest] = await shardsOf(stream);
    expect(rest).toEqual([]);
    const range = parent?.SequenceNumberRange;
    expect(BigInt(range?.EndingSequenceNumber ?? 0)).toBe(BigInt(range?.StartingSequenceNumber ?? 0) + 2n);
    for (const child of [lower, upper]) {
      expect(child).toMatchObject({ ParentShardId: 'shardId-000000000000' });
      expect(child).not.toHaveProperty('AdjacentParentShardId');
      expect(child?.SequenceNumberRange).not.toHaveProperty('EndingSequenceNumber');
    }
    expect(upper?.HashKeyRange?.StartingHashKey).toBe(half);
    const { StreamDescriptionSummary } = await running.clients.kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName: stream }),
    );
    expect(StreamDescriptionSummary).toMatchObject({ OpenShardCount: 2, StreamStatus: 'ACTIVE' });
  });

  it('halves by merging pairs, whose child names both as its parents', async () => {
    const stream = await newStream(2);
    await scale(stream, 1);
    expect((await shardsOf(stream)).at(-1)).toMatchObject({
      ShardId: 'shardId-000000000002',
      ParentShardId: 'shardId-000000000000',
      AdjacentParentShardId: 'shardId-000000000001',
      HashKeyRange: { StartingHashKey: '0', EndingHashKey: (2n ** 128n - 1n).toString() },
    });
  });

  it.each([
    [2, 5, /cannot scale up over double .* count: 2 Target shard count: 5/],
    [3, 1, /cannot scale down below half .* count: 3 Target shard count: 1/],
  ])('does not go from %i to %i', async (from, to, message) => {
    await expect(scale(await newStream(from), to)).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: expect.stringMatching(message),
    });
  });

  it('changes ten times in 24 hours, and again after them', async () => {
    const stream = await newStream(1);
    for (let round = 0; round < 10; round++) await scale(stream, round % 2 === 0 ? 2 : 1);
    await expect(scale(stream, 2)).rejects.toMatchObject({ name: 'LimitExceededException' });
    clock.turn(24 * 3_600_000);
    await expect(scale(stream, 2)).resolves.toMatchObject({ TargetShardCount: 2 });
  });

  it("is AWS's own business in on-demand mode, and the mode changes twice in 24 hours", async () => {
    const stream = await newStream(3);
    const StreamARN = `arn:aws:kinesis:us-east-1:000000000000:stream/${stream}`;
    const change = (StreamMode: 'ON_DEMAND' | 'PROVISIONED') =>
      running.clients.kinesis.send(
        new UpdateStreamModeCommand({ StreamARN, StreamModeDetails: { StreamMode } }),
      );
    await change('ON_DEMAND');
    await expect(scale(stream, 4)).rejects.toMatchObject({ name: 'ValidationException' });
    const { StreamDescriptionSummary } = await running.clients.kinesis.send(
      new DescribeStreamSummaryCommand({ StreamARN }),
    );
    expect(StreamDescriptionSummary).toMatchObject({
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
      OpenShardCount: 3,
    });
    await change('PROVISIONED');
    await expect(scale(stream, 4)).resolves.toMatchObject({ TargetShardCount: 4 });
    await expect(change('ON_DEMAND')).rejects.toMatchObject({ name: 'LimitExceededException' });
  });
});

describe('a shard', () => {
  const split = (StreamName: string, ShardToSplit: string, NewStartingHashKey: string) =>
    running.clients.kinesis.send(new SplitShardCommand({ StreamName, ShardToSplit, NewStartingHashKey }));
  const [first, second, third] = [0, 1, 2].map((number) => `shardId-00000000000${number}`);

  it('that is closed says where its readers go on, and has no more iterators', async () => {
    const stream = await newStream(1);
    await put(stream, ['a', 'b']);
    const { ShardIterator } = await running.clients.kinesis.send(
      new GetShardIteratorCommand({ StreamName: stream, ShardId: first, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    await split(stream, first ?? '', half);
    const page = await running.clients.kinesis.send(new GetRecordsCommand({ ShardIterator, Limit: 1 }));
    expect(page).toMatchObject({ Records: [{}], NextShardIterator: expect.any(String) });
    expect(page).not.toHaveProperty('ChildShards');
    const last = await running.clients.kinesis.send(
      new GetRecordsCommand({ ShardIterator: page.NextShardIterator }),
    );
    expect(last.NextShardIterator).toBeUndefined();
    expect(last).toMatchObject({
      Records: [{}],
      MillisBehindLatest: 0,
      ChildShards: [
        { ShardId: second, ParentShards: [first], HashKeyRange: { StartingHashKey: '0' } },
        { ShardId: third, ParentShards: [first], HashKeyRange: { StartingHashKey: half } },
      ],
    });
  });

  it('is split once, and not at its ends', async () => {
    const stream = await newStream(1);
    await expect(split(stream, first ?? '', '1')).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: expect.stringContaining("is not both greater than one plus the shard's StartingHashKey 0"),
    });
    await split(stream, first ?? '', half);
    await expect(split(stream, first ?? '', half)).rejects.toMatchObject({
      message: expect.stringContaining('has already been merged or split'),
    });
    await expect(split(stream, 'shardId-000000000009', half)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('is merged only with its neighbour', async () => {
    const stream = await newStream(3);
    const command = new MergeShardsCommand({
      StreamName: stream,
      ShardToMerge: first,
      AdjacentShardToMerge: third,
    });
    await expect(running.clients.kinesis.send(command)).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: expect.stringContaining('are not an adjacent pair of shards'),
    });
  });
});

describe('a list of shards', () => {
  it('has those that its filter asks for', async () => {
    const stream = await newStream(1);
    clock.turn(10_000);
    const before = new Date(clock.now());
    clock.turn(10_000);
    await scale(stream, 2);
    clock.turn(10_000);
    const after = new Date(clock.now());
    const by = async (ShardFilter: ListShardsCommandInput['ShardFilter']) =>
      numbers(await shardsOf(stream, { ShardFilter }));
    expect(await by(undefined)).toEqual([0, 1, 2]);
    expect(await by({ Type: 'AT_LATEST' })).toEqual([1, 2]);
    expect(await by({ Type: 'AT_TRIM_HORIZON' })).toEqual([0]);
    expect(await by({ Type: 'FROM_TRIM_HORIZON' })).toEqual([0, 1, 2]);
    expect(await by({ Type: 'AT_TIMESTAMP', Timestamp: before })).toEqual([0]);
    expect(await by({ Type: 'AT_TIMESTAMP', Timestamp: after })).toEqual([1, 2]);
    expect(await by({ Type: 'FROM_TIMESTAMP', Timestamp: before })).toEqual([0, 1, 2]);
    expect(await by({ Type: 'FROM_TIMESTAMP', Timestamp: after })).toEqual([1, 2]);
    expect(await by({ Type: 'AFTER_SHARD_ID', ShardId: 'shardId-000000000001' })).toEqual([2]);
    await expect(by({ Type: 'AT_TIMESTAMP' })).rejects.toMatchObject({ name: 'InvalidArgumentException' });
  });

  it('keeps its filter over its pages', async () => {
    const stream = await newStream(2);
    await scale(stream, 4);
    const seen: Shard[] = [];
    let NextToken: string | undefined;
    do {
      const request = NextToken
        ? { NextToken }
        : { StreamName: stream, ShardFilter: { Type: 'AT_LATEST' } as const };
      const page = await running.clients.kinesis.send(new ListShardsCommand({ ...request, MaxResults: 1 }));
      seen.push(...(page.Shards ?? []));
      NextToken = page.NextToken;
    } while (NextToken);
    expect(numbers(seen)).toEqual([2, 3, 4, 5]);
  });

  it('forgets a closed shard with the last of its records', async () => {
    const stream = await newStream(1);
    await put(stream, ['a']);
    await scale(stream, 2);
    clock.turn(23 * 3_600_000);
    expect(numbers(await shardsOf(stream))).toEqual([0, 1, 2]);
    clock.turn(3_600_001);
    expect(numbers(await shardsOf(stream))).toEqual([1, 2]);
  });
});
