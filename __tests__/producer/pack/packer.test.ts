import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EventRecord,
  keyHash,
  Lanes,
  type Line,
  Packer,
  type PackerOptions,
} from '../../../producer/index.js';

describe('packing', () => {
  it('fills a record with lines of one lane, up to its size', () => {
    const { packer, records } = collect({ pack: 100, lanes: 1 });
    for (let event = 0; event < 25; event++) packer.add(line(event, 10), 0);
    expect(records.map(({ events }) => events.length)).toEqual([10, 10]);
    packer.closeAll();
    expect(records.map(({ events }) => events.length)).toEqual([10, 10, 5]);
    expect(Buffer.from(records[0]?.data ?? []).toString()).toBe('xxxxxxxxx\n'.repeat(10));
  });

  it('sends a line that is longer than a record alone', () => {
    const { packer, records } = collect({ pack: 100, lanes: 1 });
    packer.add(line(0, 10), 0);
    packer.add(line(1, 500), 0);
    packer.add(line(2, 10), 0);
    packer.closeAll();
    expect(records.map(({ events }) => events)).toEqual([[0], [1], [2]]);
  });

  it('sends a malformed event alone, in its place', () => {
    const { packer, records } = collect({ pack: 1_000, lanes: 1 });
    for (let event = 0; event < 5; event++) packer.add({ ...line(event, 10), alone: event === 2 }, 0);
    packer.closeAll();
    expect(records.map(({ events }) => events)).toEqual([[0, 1], [2], [3, 4]]);
    expect(records.map(({ canBeJoined = false }) => canBeJoined)).toEqual([true, false, true]);
  });

  it('lets no event wait longer than the linger', () => {
    const { packer, records } = collect({ linger: 100, lanes: 2 });
    expect(packer.nextDue).toBeUndefined();
    packer.add(line(0, 10, 0), 1_000);
    packer.add(line(1, 10, 2 ** 31), 1_030);
    packer.add(line(2, 10, 0), 1_090);
    expect(packer.nextDue).toBe(1_100);
    packer.closeDue(1_099);
    expect(records).toEqual([]);
    packer.closeDue(1_100);
    // The second goes along: it would be due soon, and then there would be two requests.
    expect(records.map(({ events }) => events)).toEqual([[0, 2], [1]]);
    expect(packer.nextDue).toBeUndefined();
    packer.add(line(3, 10), 1_200);
    expect(packer.nextDue).toBe(1_300);
  });

  it('lets what is young wait for more', () => {
    const { packer, records } = collect({ linger: 100, lanes: 2 });
    packer.add(line(0, 10, 0), 1_000);
    packer.add(line(1, 10, 2 ** 31), 1_060);
    packer.closeDue(1_100);
    expect(records.map(({ events }) => events)).toEqual([[0]]);
    expect(packer.nextDue).toBe(1_160);
  });

  it('sends one event a record under its own key where nothing is to be packed', () => {
    const { packer, records } = collect({ pack: 'none' });
    packer.add({ ...line(0, 10), key: 'mine' }, 0);
    expect(records).toMatchObject([{ partitionKey: 'mine', events: [0] }]);
    expect(records[0]).not.toHaveProperty('explicitHashKey');
    expect(packer.nextDue).toBeUndefined();
  });

  it('goes round the lanes where order does not matter', () => {
    const { packer, records } = collect({ pack: 20, order: 'none', lanes: 3 });
    for (let event = 0; event < 10; event++) packer.add(line(event, 10, 7), 0);
    packer.closeAll();
    expect(records.map(({ lane }) => lane)).toEqual([0, 1, 2, 0, 1]);
    expect(records.flatMap(({ events }) => events)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('loses nothing, changes nothing, and keeps the order within each key', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 300 }), anyOptions, (texts, options) => {
        const { packer, records } = collect(options);
        texts.forEach(({ text, key, alone }, event) => {
          const bytes = Buffer.from(`${text}\n`);
          const [start, end, hash] = [0, bytes.byteLength, keyHash(key)];
          packer.add({ bytes, start, end, hash, key, event, startedAt: event, alone }, event);
          if (event % 17 === 0) packer.closeDue(event);
        });
        packer.closeAll();
        expect(packer.bytes).toBe(0);
        const sent = records.flatMap(({ data, events, starts }) => {
          const lines = Buffer.from(data).toString().split('\n').slice(0, -1);
          expect(lines).toHaveLength(events.length);
          expect(
            starts.flatMap((start, index) => (index % 2 === 0 ? Array(starts[index + 1]).fill(start) : [])),
          ).toEqual(events);
          return events.map((event, index) => ({ event, text: lines[index] }));
        });
        expect(sent.map(({ event }) => event).sort((a, b) => a - b)).toEqual(texts.map((_, event) => event));
        for (const { event, text } of sent) expect(text).toBe(texts[event]?.text);
        if (options.order === 'none') return;
        const last = new Map<string, number>();
        for (const { event } of sent) {
          const { key = '' } = texts[event] ?? {};
          expect(event).toBeGreaterThan(last.get(key) ?? -1);
          last.set(key, event);
        }
      }),
    );
  });
});

describe('lanes', () => {
  it('divide the hash space evenly, and send each to the middle of its part', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.nat(2 ** 32 - 1), (count, hash) => {
        const lanes = new Lanes(count);
        const lane = lanes.laneOf(hash);
        expect(lane).toBeGreaterThanOrEqual(0);
        expect(lane).toBeLessThan(count);
        const target = BigInt(lanes.hashKeyOf(lane));
        expect(target).toBeLessThan(1n << 128n);
        // A lane's own point lies in the lane.
        expect(lanes.laneOf(Number(target >> 96n))).toBe(lane);
      }),
    );
  });

  it("take a key's hash as Kinesis does", () => {
    // MD5 of the empty text begins with d41d8cd9.
    expect(keyHash('')).toBe(0xd41d8cd9);
    // And that of a text goes by its UTF-8.
    expect(keyHash('é')).toBe(createHash('md5').update('é', 'utf8').digest().readUInt32BE(0));
  });
});

const anyLine = fc.record({
  text: fc.string().map((text) => JSON.stringify(text)),
  key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  alone: fc.boolean(),
});

const anyOptions: fc.Arbitrary<PackerOptions> = fc.record({
  pack: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.constant('none' as const), fc.constant(undefined)),
  order: fc.constantFrom('key', 'none'),
  lanes: fc.integer({ min: 1, max: 6 }),
  linger: fc.integer({ min: 0, max: 50 }),
});

function collect(options: PackerOptions) {
  const records: EventRecord[] = [];
  return { records, packer: new Packer(options, (record) => records.push(record)) };
}

function line(event: number, bytes: number, hash = 0): Line {
  const text = Buffer.from(`${'x'.repeat(bytes - 1)}\n`);
  return { bytes: text, start: 0, end: bytes, hash, key: 'k', event, startedAt: 0, alone: false };
}
