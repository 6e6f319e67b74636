import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import {
  type EventBlock,
  EventProducer,
  type EventProducerOptions,
  WriterStoppedError,
  writableTo,
} from '../../producer/index.js';
import { type Fault, ScriptedStream, sdkError } from './scripted-stream.js';
import { VirtualTimers } from './virtual-timers.js';

const MiB = 1_048_576;

describe('a producer', () => {
  it('loses no event that was put without waiting before it is closed', async () => {
    const { stream, producer } = open();
    const puts = Array.from({ length: 5 }, (_, id) => producer.put({ id }));
    expect(await producer.close()).toMatchObject({ taken: 5, acknowledged: 5 });
    await Promise.all(puts);
    expect(stream.taken).not.toEqual([]);
    await expect(producer.put({ id: 6 })).rejects.toThrow(WriterStoppedError);
  });

  it('keeps its bound, and the order of a key, however many put at a time', async () => {
    const { stream, producer } = open({ maxBuffer: 20_000, pack: 100, lanes: 1 });
    let most = 0;
    const puts = Array.from({ length: 500 }, (_, n) =>
      producer.put({ id: 'k', n, text: 'x'.repeat(n % 3 === 0 ? 900 : 10) }).then(() => {
        most = Math.max(most, producer.heldBytes);
      }),
    );
    await Promise.all(puts);
    await producer.close();
    expect(most).toBeLessThanOrEqual(20_000 + 1_000);
    const numbers = stream.taken
      .flatMap((data) => data.trimEnd().split('\n'))
      .map((line) => JSON.parse(line).n);
    expect(numbers).toEqual(Array.from({ length: 500 }, (_, n) => n));
  });

  it('counts no event twice when it is abandoned from within a callback', async () => {
    const stream = new ScriptedStream();
    let told = 0;
    const producer: EventProducer = new EventProducer({
      ...options(stream),
      pack: 'none',
      onSettled: () => {
        if (++told === 3) producer.abandon();
      },
    });
    for (let id = 0; id < 50; id++) await producer.put({ id });
    const { taken, acknowledged, failed } = await producer.close();
    expect([taken, acknowledged + failed, told]).toEqual([50, 50, 50]);
    expect(producer.heldBytes).toBe(0);
  });

  it('ends, with its account in order, where a callback throws', async () => {
    const stream = new ScriptedStream();
    const producer = new EventProducer({
      ...options(stream),
      onSettled: () => {
        throw new Error('no disk');
      },
    });
    for (let id = 0; id < 5; id++) await producer.put({ id });
    expect(await producer.close()).toMatchObject({ taken: 5, acknowledged: 5, fatal: new Error('no disk') });
  });

  it('goes on where all lanes have been closed and its buffer is full of them', async () => {
    const script = Array<Fault>(100_000).fill({ kind: 'entries', every: 1, code: 'ThrottlingException' });
    const stream = new ScriptedStream(script);
    const kept = new Set<number>();
    const journal = {
      append: (_: Uint8Array, event: number) => kept.add(event),
      appendBlock: () => {},
      settled: () => {},
    };
    const producer = new EventProducer({
      ...options(stream),
      ...{ maxRetryTime: 500, maxBuffer: 200_000, pack: 100_000, lanes: 4, journal },
    });
    for (let id = 0; id < 3_000; id++) await producer.put({ id, text: 'x'.repeat(300) });
    expect(await producer.close()).toMatchObject({ taken: 3_000, spilled: 3_000 });
    expect(kept.size).toBe(3_000);
  });

  it('takes no more memory than it says for records that never get full', async () => {
    const stream = new ScriptedStream();
    const producer = new EventProducer({
      ...options(stream),
      lanes: 1_000,
      linger: 0,
      send: () => new Promise(() => {}),
    });
    const before = process.memoryUsage().arrayBuffers;
    for (let id = 0; id < 20_000; id++) await producer.put({ id, text: 'x'.repeat(100) });
    const grown = process.memoryUsage().arrayBuffers - before;
    // With what nobody has swept up yet; full-sized records would be 490 MB.
    expect(grown).toBeLessThan(100 * MiB);
    producer.abandon();
  });

  it('does not wait for answers that never come once the stream has refused it', async () => {
    const timers = new VirtualTimers();
    let requests = 0;
    const producer = new EventProducer({
      ...options(new ScriptedStream()),
      timers,
      pack: 'none',
      linger: 0,
      send: () => {
        requests++;
        return requests === 1
          ? new Promise(() => {})
          : Promise.reject(sdkError('AccessDeniedException', { status: 400 }));
      },
    });
    await producer.put({ id: 1 });
    await producer.put({ id: 2 });
    expect(await producer.close()).toMatchObject({ taken: 2, failed: 2, possiblyDelivered: 1 });
    expect(timers.now()).toBeLessThanOrEqual(5_000);
  });

  it('tells of what can never be sent before that leaves the journal', async () => {
    const told: string[] = [];
    const journal = {
      append: (_: Uint8Array, event: number, hash: number) => void told.push(`kept ${event} ${hash > 0}`),
      appendBlock: (_: EventBlock, first: number) => void told.push(`kept from ${first}`),
      settled: (events: readonly number[]) => void told.push(`settled ${events}`),
    };
    const { producer } = open({ journal, onRefused: (event) => void told.push(`refused ${event}`) });
    await producer.put({});
    const refused = [{ offset: 0, code: 'NotJson', message: '', text: '' }] as const;
    const nothing = { lines: new Uint8Array(), ends: Uint32Array.of(0), hashes: Uint32Array.of(0) };
    await producer.putBlock({ first: 0, ...nothing, refused });
    await producer.put({ id: 1 });
    const expected = [
      'refused 0',
      'kept 0 false',
      'settled 0',
      'refused 1',
      'kept from 1',
      'settled 1',
      'kept 2 true',
    ];
    expect(told).toEqual(expected);
    await producer.close();
  });

  it('takes nothing of a block where one who is told of a refused event cannot keep it', async () => {
    const { stream, producer } = open({
      onRefused: () => {
        throw new Error('no disk');
      },
    });
    await expect(producer.put({})).rejects.toThrow('no disk');
    const lines = Buffer.from('{"id":1}\n');
    const refused = [{ offset: 1, code: 'NotJson', message: '', text: '' }] as const;
    const ends = Uint32Array.of(lines.length, lines.length);
    const block = { first: 0, lines, ends, hashes: Uint32Array.of(1, 0), refused };
    await expect(producer.putBlock(block)).rejects.toThrow('no disk');
    expect(await producer.close()).toMatchObject({ taken: 0, refused: 0 });
    expect(stream.taken).toEqual([]);
  });

  it('is a stream for those who like streams', async () => {
    const { stream, producer } = open();
    await pipeline(
      Array.from({ length: 1_000 }, (_, id) => ({ id })),
      writableTo(producer),
    );
    expect(stream.taken.join('').trimEnd().split('\n')).toHaveLength(1_000);
    expect(await producer.close()).toMatchObject({ taken: 1_000, acknowledged: 1_000 });
  });
});

function options(stream: ScriptedStream): EventProducerOptions {
  return { dataset: { partitionKey: 'id' }, streamName: 's', send: stream.send, timers: new VirtualTimers() };
}

function open(more: Partial<EventProducerOptions> = {}) {
  const stream = new ScriptedStream();
  return { stream, producer: new EventProducer({ ...options(stream), ...more }) };
}
