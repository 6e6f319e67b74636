import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SpillError, SpillJournal } from '../../../producer/index.js';
import { RunFolder } from '../../../producer/spill/run-folder.js';
import { SpillReplay } from '../../../producer/spill/spill-replay.js';

/** The disk: its room for events, in bytes, and what it does not do. */
const disk = vi.hoisted(() => ({
  room: Number.POSITIVE_INFINITY,
  noteRoom: Number.POSITIVE_INFINITY,
  fails: '',
}));

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const full = () => Object.assign(new Error('full'), { code: 'ENOSPC' });
  return {
    ...fs,
    writeSync(
      file: number,
      bytes: Uint8Array,
      offset = 0,
      length = bytes.byteLength - offset,
      place?: number,
    ) {
      const room = place === undefined ? 'room' : 'noteRoom';
      const taken = Math.min(length, disk[room]);
      if (taken === 0) throw full();
      disk[room] -= taken;
      return fs.writeSync(file, bytes, offset, taken, place);
    },
    ftruncateSync(file: number, bytes: number) {
      if (disk.fails.includes('cut')) throw full();
      fs.ftruncateSync(file, bytes);
    },
    rmSync(file: string, options: object) {
      if (disk.fails.includes('remove')) throw full();
      fs.rmSync(file, options);
    },
    renameSync(from: string, to: string) {
      if (disk.fails.includes('rename')) throw full();
      fs.renameSync(from, to);
    },
  };
});

const RUN = { dataset: 'd', partitionKey: 'id', streamName: 's' } as const;
const WELL = { room: Number.POSITIVE_INFINITY, noteRoom: Number.POSITIVE_INFINITY, fails: '' };

let dir: string;
let journal: SpillJournal;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'bad-disk-'));
  journal = SpillJournal.open(dir, RUN);
});
afterEach(async () => {
  Object.assign(disk, WELL);
  await rm(dir, { recursive: true, force: true });
});

describe('a disk that is full for a while', () => {
  it('leaves no hole behind what it did not take', async () => {
    journal.append(line('a'), 0, 1);
    disk.room = 9;
    expect(() => journal.append(line('b'), 1, 2)).toThrow(SpillError);
    Object.assign(disk, WELL);
    journal.append(line('c'), 1, 3);
    journal.close();
    expect(await replayed()).toEqual({ ids: ['a', 'c'], hashes: [1, 3] });
  });

  it('takes nothing as long as it cannot cut what it took half', async () => {
    journal.append(line('a'), 0, 1);
    Object.assign(disk, { room: 60, fails: 'cut' });
    expect(() => journal.appendBlock(block('x', 'y', 'z'), 1)).toThrow(SpillError);
    disk.room = Number.POSITIVE_INFINITY;
    expect(() => journal.append(line('b'), 1, 2)).toThrow(SpillError);
    Object.assign(disk, WELL);
    journal.append(line('c'), 1, 3);
    journal.settled([0]);
    expect(journal.close()).toMatchObject({ events: 1, unmarked: 0 });
    expect(await replayed()).toEqual({ ids: ['c'], hashes: [3] });
  });

  it('may not even take the end of the file', async () => {
    journal.append(line('a'), 0, 1);
    disk.room = 0;
    expect(journal.close()).toMatchObject({ events: 1 });
    Object.assign(disk, WELL);
    expect(await replayed()).toMatchObject({ ids: ['a'] });
  });

  it('gives back what it took, and no more, whenever it was full and whatever it could not cut', async () => {
    const step = fc.record({
      events: fc.integer({ min: 1, max: 4 }),
      room: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.nat(200)),
      fails: fc.constantFrom('', 'cut'),
      settle: fc.nat(100),
      noteRoom: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.nat(7)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const tried = SpillJournal.open(dir, RUN);
        const open: number[] = [];
        let taken = 0;
        let settled = 0;
        for (const { events, room, fails, settle, noteRoom } of steps) {
          Object.assign(disk, { ...WELL, room, fails });
          const ids = Array.from({ length: events }, (_, index) => taken + index);
          try {
            tried.appendBlock(block(...ids.map(String)), taken);
            open.push(...ids);
            taken += events;
          } catch (error) {
            expect(error).toBeInstanceOf(SpillError);
          }
          Object.assign(disk, { ...WELL, noteRoom });
          if (open.length === 0) continue;
          tried.settled(open.splice(settle % open.length, 1));
          settled++;
        }
        Object.assign(disk, WELL);
        const { events, unmarked } = tried.close();
        expect(events).toBe(taken - settled);
        const { ids } = await replayed();
        expect(ids).toEqual(expect.arrayContaining(open.map(String)));
        // Those that are sent again are just those that it told of.
        expect(ids).toHaveLength(open.length + unmarked);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a disk that takes no note', () => {
  it('is told of at the end, and what it took only half shifts no other', async () => {
    for (const [index, id] of ['a', 'b', 'c', 'd'].entries()) journal.append(line(id), index, index);
    disk.noteRoom = 2;
    journal.settled([1]);
    Object.assign(disk, WELL);
    journal.settled([3]);
    expect(journal.close()).toMatchObject({ events: 2, unmarked: 1 });
    expect(await replayed()).toMatchObject({ ids: ['a', 'b', 'c'] });
  });

  it('is told of where it removes nothing either', async () => {
    journal.append(Buffer.from(`"${'x'.repeat(9_000_000)}"\n`), 0, 0);
    journal.append(line('b'), 1, 1);
    Object.assign(disk, { noteRoom: 0, fails: 'remove rename' });
    journal.settled([0]);
    journal.settled([1]);
    expect(journal.close()).toMatchObject({ events: 0, unmarked: 2 });
  });

  it('loses nothing where it removes no files: what is settled is noted', async () => {
    journal.append(Buffer.from(`"${'x'.repeat(9_000_000)}"\n`), 0, 0);
    journal.append(line('b'), 1, 1);
    disk.fails = 'remove';
    journal.settled([0]);
    expect(journal.close()).toMatchObject({ events: 1, unmarked: 0 });
    expect(await replayed()).toMatchObject({ ids: ['b'] });
  });

  it('tells it of a replay too', async () => {
    journal.append(line('a'), 0, 0);
    journal.append(line('b'), 1, 0);
    journal.close();
    const [folder] = RunFolder.claimAll(dir).claimed;
    if (!folder) throw new Error('Nothing to be replayed.');
    const replay = SpillReplay.open(folder);
    for await (const { ends } of replay.blocks()) expect(ends).toHaveLength(2);
    disk.noteRoom = 0;
    replay.settled([0]);
    replay.settled([99]);
    Object.assign(disk, WELL);
    expect(replay.close()).toMatchObject({ events: 1, unmarked: 2 });
  });
});

const line = (id: string) => Buffer.from(`${JSON.stringify({ id })}\n`);

function block(...ids: string[]) {
  const lines = ids.map(line);
  let end = 0;
  return {
    first: 0,
    lines: Buffer.concat(lines),
    ends: Uint32Array.from(lines, ({ byteLength }) => {
      end += byteLength;
      return end;
    }),
    hashes: Uint32Array.from(ids, () => 5),
  };
}

/** What is in the spill folder, which is empty then. */
async function replayed() {
  const ids: string[] = [];
  const hashes: number[] = [];
  for (const folder of RunFolder.claimAll(dir).claimed) {
    const replay = SpillReplay.open(folder);
    for await (const block of replay.blocks()) {
      for (const text of Buffer.from(block.lines).toString().trimEnd().split('\n'))
        ids.push(JSON.parse(text).id);
      hashes.push(...block.hashes);
      replay.settled(Array.from(block.ends, (_, offset) => block.first + offset));
    }
    expect(replay.close()).toMatchObject({ events: 0, unmarked: 0, damaged: [] });
  }
  return { ids, hashes };
}
