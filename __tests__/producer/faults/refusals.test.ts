import { describe, expect, it } from 'vitest';
import type { JsonEvent } from '../../../producer/event-line.js';
import { EventProducer } from '../../../producer/event-producer.js';
import type { PackerOptions } from '../../../producer/pack/packer.js';
import { VirtualTimers } from '../virtual-timers.js';
import { ScriptedKinesis } from './scripted-kinesis.js';
import { sendTo } from './virtual-send.js';

const KiB = 1_024;
const MiB = KiB * KiB;

/** Bytes of an event's line and of its key, or of its lane's name, which is longer, beside its padding. */
const frame = (key: string) =>
  Buffer.byteLength(`${JSON.stringify({ id: 1_000, key, pad: '' })}\n`) +
  Math.max(10, Buffer.byteLength(key));

/** Events in need of something, and the code with which those are refused that can never be sent. */
const SPECIAL: readonly (readonly [what: string, key: unknown, padding: number, code?: string])[] = [
  ['an event of a mebibyte with its key', 'k', MiB - frame('k')],
  ['an event of over a mebibyte with its key', 'k', MiB - frame('k') + 1, 'RecordTooLarge'],
  ['an event of many mebibytes', 'k', 20 * MiB, 'RecordTooLarge'],
  ['an event of over a mebibyte by its key alone', 'ключ', MiB - frame('ключ') + 1, 'RecordTooLarge'],
  ['a key of 256 characters', 'k'.repeat(256), 10],
  ['a key of 256 characters of four bytes', '🦆'.repeat(256), 10],
  ['a key of several scripts', 'ключ-鍵-clé-🗝️', 10],
  ['a key with a lone surrogate', '\ud800', 10],
  ['a key of 257 characters', 'k'.repeat(257), 10, 'PartitionKeyTooLong'],
  ['a key of 257 characters of four bytes', '🦆'.repeat(257), 10, 'PartitionKeyTooLong'],
  ['an empty key', '', 10, 'PartitionKeyEmpty'],
  ['no key', undefined, 10, 'PartitionKeyMissing'],
  ['a key that is no text', { a: 1 }, 10, 'PartitionKeyMissing'],
];

/** H: oversize events, keys over 256 characters, multi-byte keys. Refused with reasons, and the stream goes on. */
describe('events that can never be sent', () => {
  const ways: readonly PackerOptions[] = [{}, { pack: 'none' }, { order: 'none' }, { pack: MiB }];

  it.each(ways)('refuses with reasons what can never be sent, and sends the rest, with %j', async (way) => {
    const timers = new VirtualTimers();
    const onStream: JsonEvent[] = [];
    const eventsOf = (data: Uint8Array) => {
      const lines = Buffer.from(data).toString().trimEnd().split('\n');
      onStream.push(...lines.map((line) => JSON.parse(line) as JsonEvent));
      return [];
    };
    const kinesis = new ScriptedKinesis({ shards: 2, timers, eventsOf });
    const refused = new Map<number, string>();
    const settled: number[] = [];
    const producer = new EventProducer({
      dataset: { partitionKey: 'key' },
      streamName: kinesis.name,
      send: sendTo(kinesis, timers),
      timers,
      onRefused: (event, { code }) => refused.set(event, code),
      onSettled: (events) => settled.push(...events),
      ...way,
    });

    const events = mixedWithOthers();
    for (const { event } of events) await producer.put(event);
    const report = await producer.close();

    const codes = events.map(({ code }) => code);
    const sent = events.filter(({ code }) => code === undefined);
    expect(events.map((_, number) => refused.get(number))).toEqual(codes);
    expect(settled.sort(ascending)).toEqual(events.flatMap(({ code }, number) => (code ? [] : [number])));
    expect(report).toMatchObject({ taken: events.length, acknowledged: sent.length, failed: 0 });
    expect(report.refused).toBe(refused.size);
    expect(report.failures.reduce((sum, failure) => sum + failure.events, 0)).toBe(refused.size);
    expect(onStream.map(({ id }) => id).sort(ascending)).toEqual(sent.map(({ event }) => event.id));
    if (way.order === 'none') return;
    // Those of one key are in their order, whatever was refused between them.
    const ids = onStream.filter(({ key }) => key === 'k').map(({ id }) => id);
    expect(ids).toEqual([...ids].sort(ascending));
  });
});

interface Given {
  readonly event: JsonEvent;
  readonly code?: string | undefined;
}

/** Each of the special events among others that are as usual, of the same keys. */
function mixedWithOthers(): Given[] {
  return SPECIAL.flatMap(([what, key, padding, code], index): Given[] => {
    const id = 1_000 + index * 10;
    const usual = Array.from({ length: 5 }, (_, other) => ({
      id: id + 1 + other,
      key: other % 2 ? 'k' : 'l',
      what,
    }));
    const special = { id, key, pad: 'x'.repeat(padding) };
    return [{ event: special, code }, ...usual.map((event) => ({ event }))];
  });
}

const ascending = (one: unknown, other: unknown) => Number(one) - Number(other);
