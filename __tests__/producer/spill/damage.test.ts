import { mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SpillJournal } from '../../../producer/index.js';
import { RunFolder } from '../../../producer/spill/run-folder.js';
import { SpillReplay } from '../../../producer/spill/spill-replay.js';

const RUN = { dataset: 'd', partitionKey: 'id', streamName: 's' } as const;
/** Events of a block, and blocks. */
const [EVENTS, BLOCKS] = [5, 8];

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'damage-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('a spill file that was damaged', () => {
  it('is told of by its name and how many events are uncertain, and kept aside', async () => {
    const file = await keep([1]);
    const bytes = await readFile(file);
    bytes[bytes.indexOf('"event 12"') + 3] = 0x58;
    await writeFile(file, bytes);
    const { ids, rest } = await replay();
    expect(ids).toEqual(range(0, 40).filter((id) => id !== 1 && (id < 10 || id >= 15)));
    const [damaged] = rest.damaged;
    expect(rest.damaged).toEqual([
      { file: damaged?.file, uncertain: 5, isAtLeast: false, unreadableNotes: 0 },
    ]);
    expect(await readFile(damaged?.file ?? '')).toEqual(bytes);
    expect(await readdir(dir)).toEqual([expect.stringMatching(/^damaged-/)]);
    expect(RunFolder.claimAll(dir)).toEqual({ claimed: [], busy: 0, unusable: [] });
  });

  it('is no matter where what is gone was acknowledged', async () => {
    const file = await keep([10, 11, 12, 13, 14]);
    const bytes = await readFile(file);
    bytes[bytes.indexOf('"event 12"') + 3] = 0x58;
    await writeFile(file, bytes);
    const { ids, rest } = await replay();
    expect(ids).toHaveLength(35);
    expect(rest.damaged).toEqual([]);
    expect(await readdir(dir)).toEqual([]);
  });

  it('is told of where its end is gone', async () => {
    const file = await keep([39]);
    await truncate(file, (await readFile(file)).indexOf('"event 12"'));
    const { ids, rest } = await replay();
    expect(ids).toEqual(range(0, 10));
    expect(rest.damaged).toMatchObject([{ uncertain: 29, isAtLeast: true }]);
  });

  it('is told of where its end is gone, after a replay that was killed too', async () => {
    const file = await keep([]);
    await truncate(file, (await readFile(file)).indexOf('"event 12"'));
    const [claimed] = RunFolder.claimAll(dir).claimed;
    const { path: name = '' } = claimed ?? {};
    await rename(name, name.replace(/_[^_]*$/, '_1-killed'));
    expect((await replay()).rest.damaged).toMatchObject([{ isAtLeast: true }]);
  });

  it('is told of where notes of what was acknowledged are, since that is sent again', async () => {
    const file = (await keep([1, 2], [3])).replace('.journal', '.settled');
    const bytes = await readFile(file);
    bytes[9] = 0x58;
    await writeFile(file, bytes);
    const { ids, rest } = await replay();
    expect(ids).toEqual(range(0, 40));
    expect(rest.damaged).toMatchObject([{ uncertain: 0, unreadableNotes: 5 }]);
  });

  it('is read on by the next replay where one was interrupted, and told of again', async () => {
    const file = await keep([]);
    const bytes = await readFile(file);
    bytes[bytes.indexOf('"event 12"') + 3] = 0x58;
    await writeFile(file, bytes);
    const first = await replay(7);
    expect(first.ids).toEqual(range(0, 7));
    expect(first.rest).toMatchObject({ events: 28, damaged: [{ uncertain: 5 }] });
    const second = await replay();
    expect(second.ids).toEqual(range(7, 40).filter((id) => id < 10 || id >= 15));
    expect(second.rest).toMatchObject({ events: 0, damaged: [{ uncertain: 5 }] });
  });

  it('never loses an event in silence, and never makes one up, whatever happens to its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(39), { maxLength: 10 }),
        fc.array(fc.record({ at: fc.nat(), by: fc.integer({ min: 1, max: 255 }) }), { maxLength: 4 }),
        fc.option(fc.nat()),
        async (settled, flips, cut) => {
          const acknowledged = [...new Set(settled)];
          const file = await keep(acknowledged);
          let bytes = await readFile(file);
          for (const { at, by } of flips) bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ by;
          if (cut !== null) bytes = bytes.subarray(0, cut % bytes.length);
          await writeFile(file, bytes);
          const { ids, rest } = await replay();
          const expected = range(0, 40).filter((id) => !acknowledged.includes(id));
          expect(ids).toEqual(expected.filter((id) => ids.includes(id)));
          const { uncertain = 0, isAtLeast = false } = rest.damaged[0] ?? {};
          if (isAtLeast) expect(uncertain).toBeLessThanOrEqual(expected.length - ids.length);
          else expect(uncertain).toBe(expected.length - ids.length);
          await rm(dir, { recursive: true });
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** A run that ended with so many blocks of events, of which these were acknowledged. Gives the file. */
async function keep(...acknowledged: (readonly number[])[]): Promise<string> {
  const journal = SpillJournal.open(dir, RUN);
  for (let block = 0; block < BLOCKS; block++) {
    const lines = range(block * EVENTS, (block + 1) * EVENTS).map((id) =>
      Buffer.from(`${JSON.stringify({ id: `event ${id}` })}\n`),
    );
    let end = 0;
    const ends = Uint32Array.from(lines, ({ length }) => {
      end += length;
      return end;
    });
    const hashes = Uint32Array.from(lines, () => 7);
    journal.appendBlock({ first: 0, lines: Buffer.concat(lines), ends, hashes }, block * EVENTS);
  }
  for (const events of acknowledged) if (events.length > 0) journal.settled(events);
  return path.join(journal.close().folder, '000000.journal');
}

/** Sends what is kept, or the first of it. */
async function replay(most = Number.POSITIVE_INFINITY) {
  const [folder] = RunFolder.claimAll(dir).claimed;
  if (!folder) throw new Error('Nothing to be replayed.');
  const sent = SpillReplay.open(folder);
  const ids: number[] = [];
  for await (const { first, lines, ends } of sent.blocks()) {
    const texts = Buffer.from(lines).toString().trimEnd().split('\n').slice(0, most);
    ids.push(...texts.map((text) => Number(/event (\d+)/.exec(text)?.[1])));
    sent.settled(Array.from(ends.subarray(0, most), (_, offset) => first + offset));
  }
  return { ids, rest: sent.close() };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
