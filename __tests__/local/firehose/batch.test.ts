import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { takeBatch } from '../../../local/firehose/batch.js';
import type { Checkpoint, DeliveryEntry } from '../../../local/firehose/delivery-entry.js';
import { errorLines } from '../../../local/firehose/error-line.js';
import type { TableEntry } from '../../../local/glue/catalog.js';
import type { Kinesis } from '../../../local/kinesis/kinesis.js';
import { putRecords } from '../../../local/kinesis/put-records.js';
import { RecordLog } from '../../../local/kinesis/record-log.js';
import { updateShardCount } from '../../../local/kinesis/reshard.js';
import { findStream, openShards } from '../../../local/kinesis/stream-entry.js';
import { createStream } from '../../../local/kinesis/streams.js';
import { trim } from '../../../local/kinesis/trimming.js';
import { openStore, type Store } from '../../../local/store/store.js';
import { turnedClock } from '../kinesis/turned-clock.js';
import { temporaryFolder } from '../running-local-aws.js';

const clock = turnedClock();
const context = { account: '000000000000', region: 'us-east-1', requestId: 'r', endpoint: '' };
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let store: Store;
let kinesis: Kinesis;
let streams = 0;
beforeAll(async () => {
  folder = await temporaryFolder();
  store = await openStore(folder.folder);
  kinesis = { store, log: new RecordLog(store), clock };
});
afterAll(async () => {
  await store.close();
  await folder.remove();
});

/** A stream, and what delivers it: each `take` goes on where the one before ended. */
async function delivered() {
  const StreamName = `stream-${++streams}`;
  await createStream(kinesis)({ StreamName, ShardCount: 2 }, context);
  const source = () => findStream(store.entries, { StreamName }, context);
  let checkpoint: Checkpoint = { streamId: source().id, shards: [] };
  let expired = 0;
  const lines: string[] = [];
  return {
    source,
    lines,
    expired: () => expired,
    checkpoint: () => checkpoint,
    put: (keys: readonly number[], text: (key: number) => string) =>
      putRecords(kinesis)(
        {
          StreamName,
          Records: keys.map((key) => ({
            PartitionKey: `key-${key}`,
            Data: Buffer.from(`${key}:${text(key)}\n`),
          })),
        },
        context,
      ),
    scale: (count: number) => {
      const open = openShards(source()).length;
      const TargetShardCount = Math.min(open * 2, Math.max(Math.ceil(open / 2), count));
      const request = { StreamName, TargetShardCount, ScalingType: 'UNIFORM_SCALING' } as const;
      return updateShardCount(kinesis)(request, context);
    },
    take: async (bytes: number, records = Number.MAX_SAFE_INTEGER) => {
      const file = path.join(folder.folder, 'batch');
      const batch = await takeBatch(kinesis.log, source(), checkpoint, { bytes, records }, file);
      if (!batch) return;
      checkpoint = batch.next;
      expired += batch.expired;
      const text = await readFile(file, 'utf8');
      expect(text).toHaveLength(batch.lengths.reduce((sum, length) => sum + length, 0));
      lines.push(...text.trimEnd().split('\n'));
    },
  };
}

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ put: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 }) }),
  },
  { weight: 2, arbitrary: fc.record({ scale: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 2, arbitrary: fc.record({ take: fc.integer({ min: 1, max: 200 }) }) },
  { weight: 2, arbitrary: fc.record({ turn: fc.integer({ min: -60_000, max: 60_000 }) }) },
);

it("delivers every record once and in its key's order, whenever the stream is resharded", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const stream = await delivered();
      const written = new Map<string, string[]>();
      let count = 0;
      let scalings = 0;
      for (const one of steps) {
        if ('turn' in one) clock.turn(one.turn);
        else if ('take' in one) await stream.take(one.take);
        else if ('scale' in one) {
          if (scalings++ < 10) await stream.scale(one.scale);
        } else {
          await stream.put(one.put, (key) => {
            const values = written.get(String(key)) ?? [];
            written.set(String(key), [...values, String(++count)]);
            return String(count);
          });
        }
      }
      await stream.take(Number.MAX_SAFE_INTEGER);
      const read = new Map<string, string[]>();
      for (const line of stream.lines) {
        const [key = '', value = ''] = line.split(':');
        read.set(key, [...(read.get(key) ?? []), value]);
      }
      expect(read).toEqual(written);
      expect(stream.expired()).toBe(0);
    }),
    { numRuns: 150 },
  );
});

it('goes on behind records that are gone, and counts them', async () => {
  const stream = await delivered();
  await stream.put([1, 2, 3, 4, 5], () => 'old');
  await stream.take(1);
  await stream.scale(4);
  clock.turn(25 * 3_600_000);
  await stream.put([6, 7], () => 'new');
  await trim(stream.source(), kinesis);
  await stream.take(1_000);
  expect(stream.lines.slice(1).sort()).toEqual(['6:new', '7:new']);
  expect(stream.expired()).toBe(4);
  // Nothing is left that could be taken for buffered.
  const { id, shards } = stream.source();
  expect(stream.checkpoint().shards).toEqual(
    shards.map(({ number }) => {
      const { next, bytes } = kinesis.log.tail(id, number);
      return { position: next, bytes };
    }),
  );
});

it('takes no more records than it shall, however small they are', async () => {
  const stream = await delivered();
  await stream.put([1, 2, 3, 4, 5], () => '');
  await stream.take(1_000, 3);
  expect(stream.lines).toHaveLength(3);
  await stream.take(1_000, 3);
  expect(stream.lines.sort()).toEqual(['1:', '2:', '3:', '4:', '5:']);
});

it('writes the lines of failed records in pieces, so that there may be any number of them', async () => {
  const stream = await delivered();
  const keys = Array.from({ length: 400 }, (_, index) => index);
  await stream.put(keys, () => 'x'.repeat(10_000));
  const source = stream.source();
  const places = source.shards.flatMap(({ number: shard }) =>
    Array.from(kinesis.log.read(source.id, shard, 0), ({ position }) => ({ shard, position })),
  );
  const failures = places.map((_, record) => ({
    record,
    code: 'DataFormatConversion.ParseError' as const,
    message: 'no',
  }));
  const pieces = [
    ...errorLines(failures, places, {
      delivery: { region: 'us-east-1', destination: {} } as DeliveryEntry,
      source,
      table: { database: 'd', input: { Name: 't' } } as TableEntry,
      log: kinesis.log,
      now: 1,
    }),
  ];
  expect(pieces.length).toBeGreaterThan(3);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(2 ** 21);
  expect(pieces.join('').trimEnd().split('\n')).toHaveLength(400);
});
