import { describe, expect, it } from 'vitest';
import type { Faults } from './faults.js';
import { ScriptedKinesis } from './scripted-kinesis.js';

const THROTTLED = 'ProvisionedThroughputExceededException';

describe('a scripted stream', () => {
  it('routes by the MD5 of the partition key, or by the explicit hash key', () => {
    const { kinesis, put } = stream({ shards: 2 });
    put({ PartitionKey: 'a' });
    put({ PartitionKey: 'b' });
    put({ PartitionKey: 'a', ExplicitHashKey: String(2n ** 128n - 1n) });
    // MD5 of "a" begins with 0c, that of "b" with 92.
    expect(kinesis.shards.all.map(({ log }) => log.length)).toEqual([1, 2]);
  });

  it('takes a thousand records a second and shard', () => {
    const { clock, put } = stream({ shards: 1 });
    const burst = (count: number) => Array.from({ length: count }, () => put({ PartitionKey: 'k' }));
    expect(taken(burst(1_500))).toBe(1_000);
    clock.now = 500;
    expect(taken(burst(1_500))).toBe(500);
    // What was not used is saved up for a second, and no longer.
    clock.now = 10_500;
    expect(taken(burst(1_500))).toBe(1_000);
  });

  it('takes a megabyte a second and shard, keys included, and says which shard it was that would not', () => {
    const { clock, put } = stream({ shards: 2 });
    const large = { PartitionKey: 'b', Data: new Uint8Array(1_048_575) };
    expect(put(large)).toMatchObject({ ShardId: 'shardId-000000000001', SequenceNumber: '1' });
    clock.now = 1_000;
    expect(put(large)).toEqual({
      ErrorCode: THROTTLED,
      ErrorMessage:
        'Rate exceeded for shard shardId-000000000001 in stream scripted under account 000000000000.',
    });
    clock.now = 1_048.6;
    expect(put(large)).toMatchObject({ SequenceNumber: '2' });
    expect(put({ PartitionKey: 'a' })).toMatchObject({ SequenceNumber: '3' });
  });

  it('leaves to others what a rival does not take', () => {
    const { clock, put } = stream({
      shards: 1,
      faults: { rival: { share: 0.5, from: 1_000, until: 2_000 } },
    });
    const records = () => taken(Array.from({ length: 1_500 }, () => put({ PartitionKey: 'k' })));
    expect(records()).toBe(1_000);
    clock.now = 500;
    expect(records()).toBe(500);
    clock.now = 1_500;
    expect(records()).toBe(500);
    clock.now = 1_900;
    expect(records()).toBe(200);
  });

  it('throttles a shard, or all, for a time', () => {
    const faults = {
      throttled: [
        { shard: 0, from: 10, until: 20 },
        { from: 20, until: 30 },
      ],
    };
    const { clock, put } = stream({ shards: 2, faults });
    const seen = [0, 10, 20, 30].map((now) => {
      clock.now = now;
      return ['a', 'b'].map((PartitionKey) => put({ PartitionKey })?.ErrorCode === undefined);
    });
    expect(seen).toEqual([
      [true, true],
      [false, true],
      [false, false],
      [true, true],
    ]);
  });

  it('splits and merges shards when it is time', () => {
    const reshards = [
      { at: 10, split: 0 },
      { at: 20, merge: [3, 1] as const },
    ];
    const { clock, kinesis, put } = stream({ shards: 2, faults: { reshards } });
    const shardAt = (now: number, hashKey: bigint) => {
      clock.now = now;
      return put({ PartitionKey: 'k', ExplicitHashKey: String(hashKey) })?.ShardId?.at(-1);
    };
    expect([0n, 2n ** 126n, 2n ** 127n].map((hashKey) => shardAt(0, hashKey))).toEqual(['0', '0', '1']);
    expect([0n, 2n ** 126n, 2n ** 127n].map((hashKey) => shardAt(10, hashKey))).toEqual(['2', '3', '1']);
    expect([0n, 2n ** 126n, 2n ** 127n].map((hashKey) => shardAt(20, hashKey))).toEqual(['2', '4', '4']);
    expect(kinesis.shards.all.map(({ parents }) => parents)).toEqual([[], [], [0], [0], [3, 1]]);
  });

  it('lets nobody in who must not come in', () => {
    const { send } = stream({ shards: 1, faults: { access: { expiredFirst: 2, deniedFrom: 4 } } });
    const replies = Array.from({ length: 5 }, () => send({ PartitionKey: 'k' }));
    expect(replies.map((reply) => ('name' in reply ? reply.name : reply.kind))).toEqual([
      'ExpiredTokenException',
      'ExpiredTokenException',
      'answer',
      'AccessDeniedException',
      'AccessDeniedException',
    ]);
  });

  it.each([
    ['a record of over a mebibyte with its key', [{ PartitionKey: 'kk', Data: new Uint8Array(1_048_575) }]],
    ['a key of over 256 characters', [{ PartitionKey: '🦆'.repeat(257), Data: new Uint8Array() }]],
    ['an empty key', [{ PartitionKey: '', Data: new Uint8Array() }]],
    ['a hash key that is none', [{ PartitionKey: 'k', ExplicitHashKey: '01', Data: new Uint8Array() }]],
    ['no records', []],
    ['501 records', Array(501).fill({ PartitionKey: 'k', Data: new Uint8Array() })],
    ['over ten mebibytes', Array(11).fill({ PartitionKey: 'k', Data: new Uint8Array(1_048_575) })],
  ])('refuses a request with %s', (_, Records) => {
    const { kinesis } = stream({ shards: 1 });
    const reply = kinesis.take({ StreamName: 's', Records });
    expect(reply).toMatchObject({ kind: 'error', name: 'ValidationException', status: 400 });
  });

  it('has the faults that it is asked for, about as often, and the same of the same seed', () => {
    const faults: Faults = {
      records: { throttled: 0.2, internalFailure: 0.1 },
      requests: { serverError: 0.1, resetBefore: 0.1, resetAfter: 0.1, empty: 0.1, short: 0.1, garbage: 0.1 },
    };
    const first = frequencies(faults, 1);
    expect(frequencies(faults, 1)).toEqual(first);
    expect(frequencies(faults, 2)).not.toEqual(first);
    expect(first).toMatchObject({
      // Of 10,000: resets before and after; 40% answered in full, and short answers to one record are empty.
      reset: between(1_800, 2_200),
      error: between(850, 1_150),
      body: between(1_850, 2_150),
      empty: between(850, 1_150),
      [THROTTLED]: between(700, 900),
      InternalFailure: between(330, 470),
      // Taken: 70% of what is answered, of what is reset after, and of half of what goes wrong in the other ways.
      committed: between(4_600, 5_000),
    });
    expect(first.heard).toBe(first.taken);
  });
});

function stream(options: { shards: number; faults?: Faults; seed?: number; limits?: boolean }) {
  const clock = { now: 0 };
  const kinesis = new ScriptedKinesis({ ...options, timers: { now: () => clock.now }, eventsOf: () => [0] });
  const send = (record: { PartitionKey: string; Data?: Uint8Array; ExplicitHashKey?: string }) =>
    kinesis.take({ StreamName: 's', Records: [{ Data: new Uint8Array(), ...record }] });
  const put = (record: Parameters<typeof send>[0]) => {
    const reply = send(record);
    return reply.kind === 'answer' ? reply.records[0] : undefined;
  };
  return { clock, kinesis, send, put };
}

function between(least: number, most: number): unknown {
  return expect.toSatisfy((count: number) => least <= count && count <= most);
}

function taken(entries: readonly ({ readonly SequenceNumber?: string | undefined } | undefined)[]): number {
  return entries.filter((entry) => entry?.SequenceNumber !== undefined).length;
}

function frequencies(faults: Faults, seed: number): Readonly<Record<string, number>> {
  const { kinesis, send } = stream({ shards: 1, faults, seed, limits: false });
  const counts: Record<string, number> = { committed: 0, heard: 0 };
  for (let request = 0; request < 10_000; request++) {
    const reply = send({ PartitionKey: 'k' });
    const entry = reply.kind === 'answer' ? reply.records[0] : undefined;
    const what = reply.kind === 'answer' ? (entry?.ErrorCode ?? (entry ? 'taken' : 'empty')) : reply.kind;
    counts[what] = (counts[what] ?? 0) + 1;
  }
  kinesis.shards.all[0]?.log.forEach((_, heard) => {
    counts.committed = (counts.committed ?? 0) + 1;
    counts.heard = (counts.heard ?? 0) + Number(heard);
  });
  return counts;
}
