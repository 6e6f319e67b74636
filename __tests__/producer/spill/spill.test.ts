import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventProducer, SpillError, SpillJournal } from '../../../producer/index.js';
import { RunFolder } from '../../../producer/spill/run-folder.js';
import { SettledNotes } from '../../../producer/spill/settled-notes.js';
import { SpillReplay } from '../../../producer/spill/spill-replay.js';
import { type Fault, ScriptedStream, sdkError } from '../scripted-stream.js';
import { VirtualTimers } from '../virtual-timers.js';

const RUN = { dataset: 'd', partitionKey: 'id', streamName: 's' } as const;
const refused = sdkError('ServiceUnavailable', { status: 400 });

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'spill-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('the spill folder', () => {
  it('is empty again when all is acknowledged', async () => {
    const stream = new ScriptedStream();
    const { report, rest } = await run(stream, 2_500);
    expect(report).toMatchObject({ taken: 2_500, acknowledged: 2_500, spilled: 0 });
    expect(rest.events).toBe(0);
    expect(await readdir(dir)).toEqual([]);
  });

  it('keeps what could not be sent, and a replay sends just that, in its order', async () => {
    const dead = new ScriptedStream(
      Array<Fault>(5_000).fill({ kind: 'entries', every: 3, code: 'InternalFailure' }),
    );
    const { report, rest } = await run(dead, 3_000, { maxRetryTime: 1_000, order: 'key', lanes: 8 });
    expect(report.failed).toBe(0);
    expect(report.spilled).toBeGreaterThan(0);
    expect(report.acknowledged + report.spilled).toBe(3_000);
    expect(rest.events).toBe(report.spilled);

    const well = new ScriptedStream();
    expect(await replay(well)).toMatchObject({ taken: report.spilled, acknowledged: report.spilled });
    expect([...lines(dead), ...lines(well)].sort()).toEqual(ids(3_000).sort());
    // A key's events are numbered as they were put: those that were kept come after those that were sent.
    const order = new Map<string, number[]>();
    for (const id of [...lines(dead), ...lines(well)]) {
      const [key = '', number] = id.split('-');
      order.set(key, [...(order.get(key) ?? []), Number(number)]);
    }
    for (const numbers of order.values()) expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(await readdir(dir)).toEqual([]);
  });

  it('goes on where a replay was interrupted', async () => {
    const { report } = await run(new ScriptedStream(errors()), 3_000);
    expect(report.spilled).toBe(report.taken);
    const half = new ScriptedStream([{ kind: 'none' }, { kind: 'none' }, ...errors()]);
    const first = await replay(half, { pack: 2_000, maxInFlight: 1 });
    expect(first?.acknowledged).toBeGreaterThan(0);
    expect(first?.spilled).toBeGreaterThan(0);
    const rest = new ScriptedStream();
    expect(await replay(rest)).toMatchObject({ taken: first?.spilled, acknowledged: first?.spilled });
    expect([...lines(half), ...lines(rest)].sort()).toEqual(ids(report.taken).sort());
  });

  it('brings back every event whatever it holds, and sends malformed ones alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string(), { minLength: 1, maxLength: 50 }), async (texts) => {
        const events = texts.map((text, index) => ({ id: `k${index}`, text }));
        const journal = SpillJournal.open(dir, RUN);
        const producer = new EventProducer({ ...options(new ScriptedStream(errors())), journal });
        for (const event of events) await producer.put(event);
        await producer.close();
        expect(journal.close().events).toBe(events.length);
        const stream = new ScriptedStream();
        await replay(stream);
        const sent = stream.taken
          .flatMap((data) => data.trimEnd().split('\n'))
          .map((line) => JSON.parse(line));
        expect(sent.sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)))).toEqual(
          JSON.parse(JSON.stringify(events)),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('keeps the numbers of lines right where an event can never be sent', async () => {
    const journal = SpillJournal.open(dir, RUN);
    const producer = new EventProducer({ ...options(new ScriptedStream(errors())), journal });
    for (const id of ['a', '', 'b']) await producer.put({ id });
    expect(await producer.close()).toMatchObject({ taken: 3, refused: 1, spilled: 2, failed: 0 });
    expect(journal.close().events).toBe(2);
    const stream = new ScriptedStream();
    expect(await replay(stream)).toMatchObject({ acknowledged: 2 });
  });

  it('survives being cut off in the middle of a line and of a note', async () => {
    await run(new ScriptedStream(errors()), 10);
    const [folder = ''] = await readdir(dir);
    const file = path.join(dir, folder, '000000');
    const notes = new SettledNotes(() => `${file}.settled`);
    notes.add([3]);
    await appendFile(`${file}.settled`, Uint8Array.of(9, 0, 0, 0, 1, 2));
    const whole = await readFile(`${file}.journal`);
    // As kill -9 leaves it: without its end, and with a part of what was not taken.
    const end = whole.lastIndexOf('#');
    await writeFile(`${file}.journal`, Buffer.concat([whole.subarray(0, end), whole.subarray(0, 60)]));
    await rename(path.join(dir, folder), path.join(dir, folder.replace('.ended_free', '_1-killed')));
    const stream = new ScriptedStream();
    expect(await replay(stream)).toMatchObject({ taken: 9, acknowledged: 9 });
    expect(lines(stream)).not.toContain(ids(10)[3]);
    expect(await readdir(dir)).toEqual([]);
  });

  it('is not taken over while its producer runs, and by one replay only', async () => {
    const journal = SpillJournal.open(dir, RUN);
    journal.append(Buffer.from('{"id":"1-0"}\n'), 0, 7);
    expect(RunFolder.claimAll(dir)).toEqual({ claimed: [], busy: 1, unusable: [] });
    journal.close();
    expect(RunFolder.claimAll(dir)).toMatchObject({ claimed: [{}], busy: 0 });
    expect(RunFolder.claimAll(dir)).toEqual({ claimed: [], busy: 1, unusable: [] });
  });

  it('is taken over from a process that was killed', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    const script = `import { SpillJournal } from './producer/spill/spill-journal.ts';
      const journal = SpillJournal.open(process.argv[1], ${JSON.stringify(RUN)});
      journal.append(Buffer.from('{"id":"1-0"}\\n'), 0, 7);
      process.kill(process.pid, 'SIGKILL');`;
    const killed = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script, dir]);
    const [, signal] = await once(killed, 'close');
    child.kill();
    expect(signal).toBe('SIGKILL');
    const stream = new ScriptedStream();
    expect(await replay(stream)).toMatchObject({ acknowledged: 1 });
  });

  it('says which folder cannot be used', async () => {
    await writeFile(path.join(dir, 'file'), '');
    expect(() => SpillJournal.open(path.join(dir, 'file'), RUN)).toThrow(SpillError);
    expect(() => SpillJournal.open(path.join(dir, 'file'), RUN)).toThrow(path.join(dir, 'file'));
    const journal = SpillJournal.open(dir, RUN);
    journal.close();
    expect(() => RunFolder.claimAll(path.join(dir, 'nowhere'))).toThrow(SpillError);
  });

  it('deletes what is settled while it goes on', async () => {
    const journal = SpillJournal.open(dir, RUN);
    const text = 'x'.repeat(100_000);
    const sizes: number[] = [];
    const producer = new EventProducer({ ...options(new ScriptedStream()), journal });
    for (let id = 0; id < 300; id++) {
      await producer.put({ id, text });
      if (id % 50 === 49) {
        await producer.flush();
        const [folder = ''] = await readdir(dir);
        sizes.push((await readdir(path.join(dir, folder))).length);
      }
    }
    await producer.close();
    journal.close();
    // The run's own file, and of at most one segment its two.
    expect(Math.max(...sizes)).toBeLessThanOrEqual(3);
  });
});

const errors = () => Array<Fault>(50).fill({ kind: 'error', error: refused, committed: false });

function options(stream: ScriptedStream) {
  return { dataset: RUN, streamName: 's', send: stream.send, timers: new VirtualTimers() };
}

async function run(stream: ScriptedStream, count: number, more: object = {}) {
  const journal = SpillJournal.open(dir, RUN);
  const producer = new EventProducer({ ...options(stream), ...more, journal });
  try {
    for (const id of ids(count)) await producer.put({ id: id.split('-')[0], n: id });
  } catch {
    // It has ended: what was taken is kept.
  }
  const report = await producer.close();
  return { report, rest: journal.close() };
}

async function replay(stream: ScriptedStream, more: object = {}) {
  const { claimed } = RunFolder.claimAll(dir);
  for (const folder of claimed) {
    const journal = SpillReplay.open(folder);
    const producer = new EventProducer({ ...options(stream), ...more, journal });
    try {
      for await (const block of journal.blocks()) await producer.putBlock(block);
    } catch {
      // It has ended.
    }
    const report = await producer.close();
    journal.close();
    return report;
  }
  return undefined;
}

const ids = (count: number) => Array.from({ length: count }, (_, n) => `k${n % 97}-${n}`);

const lines = ({ taken }: ScriptedStream) =>
  taken.flatMap((data) => data.trimEnd().split('\n')).map((line) => (JSON.parse(line) as { n: string }).n);
