import { describe, expect, it } from 'vitest';
import { produce } from '../../producer/index.js';
import { EventPrinter } from '../../producer/tell/event-printer.js';
import { ScriptedStream } from './scripted-stream.js';
import { VirtualTimers } from './virtual-timers.js';

describe('producing', () => {
  it('packs and writes every event, and counts what can never be sent as failed', async () => {
    const stream = new ScriptedStream();
    const events = [{ id: 'a' }, { id: '' }, { id: 'b' }, { id: 'x'.repeat(300) }, { id: '' }];
    const ends: string[] = [];
    const report = await produce({
      ...to(stream),
      events,
      onSettled: (event, index, { kind }) => ends.push(`${index} ${String(event.id).slice(0, 1)} ${kind}`),
    });
    expect(report).toMatchObject({ taken: 5, acknowledged: 2, refused: 3, failed: 0 });
    expect(report.failures).toEqual([
      { code: 'PartitionKeyEmpty', message: 'Partition key "id" is empty.', events: 2 },
      {
        code: 'PartitionKeyTooLong',
        message: 'Partition key "id" has 300 characters; Kinesis takes 256.',
        events: 1,
      },
    ]);
    expect(stream.taken).toEqual(['{"id":"a"}\n', '{"id":"b"}\n']);
    expect(ends.sort()).toEqual([
      '0 a acknowledged',
      '1  failed',
      '2 b acknowledged',
      '3 x failed',
      '4  failed',
    ]);
  });

  it('takes no more when it is told to stop, and sends what it took', async () => {
    const stream = new ScriptedStream();
    const stop = new AbortController();
    function* events() {
      for (let id = 0; ; id++) {
        if (id === 1_700) stop.abort();
        yield { id };
      }
    }
    const report = await produce({ ...to(stream), events: events(), stop: stop.signal });
    expect(report).toMatchObject({ taken: 1_700, acknowledged: 1_700, failed: 0 });
    expect(stream.taken.join('').trimEnd().split('\n')).toHaveLength(1_700);
  });

  it('gives up at once on what is held when it is told to end', async () => {
    const stream = new ScriptedStream();
    const endNow = new AbortController();
    const never = () => {
      setImmediate(() => endNow.abort());
      return new Promise<never>(() => {});
    };
    const report = await produce({
      ...to(stream),
      pack: 'none',
      send: never,
      events: Array.from({ length: 400 }, (_, id) => ({ id })),
      endNow: endNow.signal,
    });
    expect(report).toMatchObject({ taken: 400, acknowledged: 0, failed: 400 });
    // Those whose keys fell into one lane were waiting for one another.
    expect(report.possiblyDelivered).toBeGreaterThan(300);
  });

  it('takes events that come in their own time', async () => {
    const stream = new ScriptedStream();
    async function* events() {
      yield { id: 1 };
      await new Promise((resolve) => setTimeout(resolve, 5));
      yield { id: 2 };
    }
    expect(await produce({ ...to(stream), events: events() })).toMatchObject({ taken: 2, acknowledged: 2 });
  });

  it('sends what it took before it passes on an error of the events', async () => {
    const stream = new ScriptedStream();
    function* events() {
      yield { id: 1 };
      throw new Error('no more');
    }
    await expect(produce({ ...to(stream), events: events() })).rejects.toThrow('no more');
    expect(stream.taken).toHaveLength(1);
  });
});

describe('printing events', () => {
  it('keeps their order and leaves out those that failed', () => {
    const lines: string[] = [];
    const printer = new EventPrinter((line) => lines.push(line));
    const text = [0, 1, 2].map((n) => `${JSON.stringify({ n })}\n`);
    const ends = Uint32Array.of(8, 16, 24);
    printer.taken({ first: 0, lines: Buffer.from(text.join('')), ends, hashes: ends }, 0);
    printer.settled([2], { kind: 'acknowledged' });
    printer.settled([1], { kind: 'failed' });
    expect(lines).toEqual([]);
    printer.settled([0], { kind: 'acknowledged' });
    expect(lines).toEqual(['{"n":0}\n', '{"n":2}\n']);
  });
});

function to(stream: ScriptedStream) {
  return {
    streamName: 's',
    send: stream.send,
    timers: new VirtualTimers(),
    dataset: { partitionKey: 'id' },
  };
}
