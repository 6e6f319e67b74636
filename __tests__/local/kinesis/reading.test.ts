import {
  CreateStreamCommand,
  DeleteStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  PutRecordCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';

const SHARD = 'shardId-000000000000';
let running: RunningLocalAws;
let now = Date.UTC(2026, 0, 1);
let streams = 0;

beforeAll(async () => {
  const clock = {
    now: () => now,
    after: (ms: number, callback: () => void) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  };
  running = await runLocalAws({ clock });
});
afterAll(() => running.end());

async function newStream(): Promise<string> {
  const StreamName = `stream-${++streams}`;
  await running.clients.kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  return StreamName;
}

async function put(StreamName: string, texts: readonly string[]): Promise<string[]> {
  const { Records } = await running.clients.kinesis.send(
    new PutRecordsCommand({
      StreamName,
      Records: texts.map((text) => ({ PartitionKey: 'k', Data: Buffer.from(text) })),
    }),
  );
  return Records?.map(({ SequenceNumber }) => SequenceNumber ?? '') ?? [];
}

async function iterator(
  StreamName: string,
  start: Omit<GetShardIteratorCommandInput, 'StreamName' | 'ShardId'>,
): Promise<string> {
  const answer = await running.clients.kinesis.send(
    new GetShardIteratorCommand({ StreamName, ShardId: SHARD, ...start }),
  );
  return answer.ShardIterator ?? '';
}

async function get(ShardIterator: string, Limit?: number) {
  const answer = await running.clients.kinesis.send(
    new GetRecordsCommand({ ShardIterator, ...(Limit !== undefined && { Limit }) }),
  );
  return {
    texts: answer.Records?.map(({ Data }) => Buffer.from(Data ?? []).toString()) ?? [],
    arrivals: answer.Records?.map(({ ApproximateArrivalTimestamp }) =>
      ApproximateArrivalTimestamp?.getTime(),
    ),
    next: answer.NextShardIterator ?? '',
    behind: answer.MillisBehindLatest,
  };
}

describe('reading a shard', () => {
  it('hands every record out once and in order, however puts and gets are mixed', async () => {
    const step = fc.oneof(
      fc.record({ put: fc.integer({ min: 1, max: 20 }) }),
      fc.record({ get: fc.integer({ min: 1, max: 15 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const stream = await newStream();
        let at = await iterator(stream, { ShardIteratorType: 'TRIM_HORIZON' });
        const written: string[] = [];
        const read: string[] = [];
        for (const one of [...steps, { get: 10_000 }]) {
          if ('put' in one) {
            const texts = Array.from({ length: one.put }, (_, index) => `${written.length + index}`);
            await put(stream, texts);
            written.push(...texts);
          } else {
            const page = await get(at, one.get);
            read.push(...page.texts);
            at = page.next;
          }
        }
        expect(read).toEqual(written);
      }),
      { numRuns: 25 },
    );
  });

  it('starts where each type of iterator says', async () => {
    const stream = await newStream();
    const [first = '', second = '', third = ''] = await put(stream, ['a', 'b', 'c']);
    const from = async (start: Parameters<typeof iterator>[1]) =>
      (await get(await iterator(stream, start))).texts;
    expect(await from({ ShardIteratorType: 'TRIM_HORIZON' })).toEqual(['a', 'b', 'c']);
    expect(await from({ ShardIteratorType: 'LATEST' })).toEqual([]);
    expect(await from({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: second })).toEqual([
      'b',
      'c',
    ]);
    expect(await from({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: first })).toEqual(
      ['b', 'c'],
    );
    expect(await from({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: third })).toEqual(
      [],
    );
  });

  it('lets LATEST see what comes after it was asked for, and nothing before', async () => {
    const stream = await newStream();
    await put(stream, ['before']);
    const latest = await iterator(stream, { ShardIteratorType: 'LATEST' });
    await put(stream, ['after']);
    expect((await get(latest)).texts).toEqual(['after']);
  });

  it('starts AT_TIMESTAMP at the first record that arrived then or later', async () => {
    const stream = await newStream();
    const times: number[] = [];
    for (const text of ['a', 'b', 'c', 'd']) {
      now += 10_000;
      times.push(now);
      await put(stream, [text]);
    }
    const [, second = 0] = times;
    const since = async (time: number) => {
      const at = await iterator(stream, { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(time) });
      return (await get(at)).texts;
    };
    expect(await since(second)).toEqual(['b', 'c', 'd']);
    expect(await since(second + 1000)).toEqual(['c', 'd']);
    expect(await since(0)).toEqual(['a', 'b', 'c', 'd']);
    await expect(since(now + 60_000)).rejects.toMatchObject({ name: 'InvalidArgumentException' });
  });

  it('says how far behind the reader is, and when each record arrived', async () => {
    const stream = await newStream();
    await put(stream, ['a', 'b']);
    const arrived = now;
    now += 5_000;
    const page = await get(await iterator(stream, { ShardIteratorType: 'TRIM_HORIZON' }), 1);
    expect(page).toMatchObject({ texts: ['a'], arrivals: [arrived], behind: 5_000 });
    expect((await get(page.next)).behind).toBe(0);
  });

  it('does not let a record arrive before the one in front of it when the clock is set back', async () => {
    const stream = await newStream();
    await put(stream, ['a']);
    const arrived = now;
    now -= 60_000;
    await put(stream, ['b']);
    const { arrivals } = await get(await iterator(stream, { ShardIteratorType: 'TRIM_HORIZON' }));
    now += 60_000;
    expect(arrivals).toEqual([arrived, arrived]);
  });

  it('gives a page at most 10 MiB', async () => {
    const stream = await newStream();
    const data = 'x'.repeat(900_000);
    for (let round = 0; round < 3; round++) await put(stream, [data, data, data, data, data]);
    const first = await get(await iterator(stream, { ShardIteratorType: 'TRIM_HORIZON' }));
    expect(first.texts).toHaveLength(11);
    expect((await get(first.next)).texts).toHaveLength(4);
  });

  it('refuses an iterator after five minutes, one that is none, and one of a stream that was made anew', async () => {
    const stream = await newStream();
    const at = await iterator(stream, { ShardIteratorType: 'LATEST' });
    now += 5 * 60_000;
    await expect(get(at)).resolves.toMatchObject({ texts: [] });
    now += 1;
    await expect(get(at)).rejects.toMatchObject({ name: 'ExpiredIteratorException' });
    await expect(get('bm9uc2Vuc2U=')).rejects.toMatchObject({ name: 'InvalidArgumentException' });
    const fresh = await iterator(stream, { ShardIteratorType: 'LATEST' });
    await running.clients.kinesis.send(new DeleteStreamCommand({ StreamName: stream }));
    await running.clients.kinesis.send(new CreateStreamCommand({ StreamName: stream, ShardCount: 1 }));
    await expect(get(fresh)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('refuses a sequence number of another stream', async () => {
    const [one, other] = [await newStream(), await newStream()];
    const [foreign = ''] = await put(other, ['a']);
    const start = { ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: foreign } as const;
    await expect(iterator(one, start)).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: expect.stringContaining('did not come from this stream'),
    });
  });

  it('keeps every byte of a record and its key', async () => {
    const stream = await newStream();
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const PartitionKey = 'Ключ 🔑 é';
    await running.clients.kinesis.send(
      new PutRecordCommand({ StreamName: stream, PartitionKey, Data: bytes }),
    );
    const { Records } = await running.clients.kinesis.send(
      new GetRecordsCommand({ ShardIterator: await iterator(stream, { ShardIteratorType: 'TRIM_HORIZON' }) }),
    );
    expect(Buffer.from(Records?.[0]?.Data ?? []).equals(bytes)).toBe(true);
    expect(Records?.[0]?.PartitionKey).toBe(PartitionKey);
  });
});
