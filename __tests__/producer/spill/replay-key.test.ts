import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { customers } from '../../../datasets/customers.js';
import { generateBlocks, keyHash, readEvents, SpillJournal } from '../../../producer/index.js';
import { RunFolder } from '../../../producer/spill/run-folder.js';
import { SpillReplay } from '../../../producer/spill/spill-replay.js';

const DATASET = {
  name: 'd',
  partitionKey: 'id',
  identity: 'id',
  columns: { id: { type: 'decimal(38,2)', comment: '' } },
} as unknown as Parameters<typeof readEvents>[0];
const RUN = { dataset: 'd', partitionKey: 'id', streamName: 's' } as const;

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'replay-key-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

it.each([true, false])(
  'has the hash that an input had, in any case and however large (keys: %s)',
  async (keys) => {
    const lines = ['{"id":1}', '{"ID":2}', '{"Id":12345678901234567890123}', '{"id":1.50}'];
    const expected = ['1', '2', '12345678901234567890123', '1.50'];
    await keep(readEvents(DATASET, from(`${lines.join('\n')}\n`), { keys }));
    const sent = await replayed();
    expect(sent.hashes).toEqual(expected.map(keyHash));
    if (keys) expect(sent.keys).toEqual(expected);
  },
);

it('has the hash and the key that a hot key had, and its malformed events alone', async () => {
  const imperfections = { hotKeys: { kind: 'share', share: 0.5 }, malformed: 0.1 } as const;
  const made = { hashes: [] as number[], keys: [] as string[], alone: [] as number[] };
  const blocks = await all(generateBlocks(customers, { amount: 300, seed: 3, keys: true, imperfections }));
  for (const { first, hashes, keys = [], alone = [] } of blocks) {
    made.hashes.push(...hashes);
    made.keys.push(...keys);
    made.alone.push(...alone.map((offset) => first + offset));
  }
  expect(new Set(made.keys).size).toBeLessThan(200);
  expect(made.alone.length).toBeGreaterThan(5);
  await keep(blocks);
  expect(await replayed()).toEqual(made);
});

it('is one and the same for events of one hash where no keys were kept', async () => {
  const journal = SpillJournal.open(dir, RUN);
  const own = keyHash('own');
  const texts = ['{"id":"own"}', '{"id":"own"}', '{"id":"ow'];
  for (const [event, text] of texts.entries())
    journal.append(Buffer.from(`${text}\n`), event, event === 0 ? own : 7);
  journal.close();
  expect(await replayed()).toMatchObject({ keys: ['own', '7', '7'], hashes: [own, 7, 7] });
});

type Blocks = ReturnType<typeof readEvents>;

async function all(blocks: Blocks) {
  const made = [];
  for await (const block of blocks) made.push(block);
  return made;
}

async function keep(blocks: Blocks | Awaited<ReturnType<typeof all>>): Promise<void> {
  const journal = SpillJournal.open(dir, RUN);
  let first = 0;
  for await (const block of blocks) {
    journal.appendBlock(block, first);
    first += block.ends.length;
  }
  journal.close();
}

/** How what is in the folder is sent again; it is gone then. */
async function replayed() {
  const sent = { keys: [] as string[], hashes: [] as number[], alone: [] as number[] };
  for (const folder of RunFolder.claimAll(dir).claimed) {
    const replay = SpillReplay.open(folder, { keys: true });
    for await (const { first, ends, keys = [], hashes, alone = [] } of replay.blocks()) {
      sent.keys.push(...keys);
      sent.hashes.push(...hashes);
      sent.alone.push(...alone.map((offset) => first + offset));
      replay.settled(Array.from(ends, (_, offset) => first + offset));
    }
    replay.close();
  }
  return sent;
}

async function* from(text: string) {
  yield Buffer.from(text);
}
