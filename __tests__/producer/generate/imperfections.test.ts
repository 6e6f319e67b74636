import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { customers, type Dataset } from '../../../datasets/index.js';
import {
  type EventBlock,
  generateBlocks,
  type Imperfections,
  manifestLines,
} from '../../../producer/index.js';
import { pageViews } from '../../datasets/page-views.js';
import { collect, linesOf } from '../blocks.js';

const AMOUNT = 5_000;
const run = (imperfections: Imperfections, dataset: Dataset = customers, seed = 3) =>
  collect(generateBlocks(dataset, { amount: AMOUNT, seed, imperfections, keys: true, workers: 0 }));
const lines = (blocks: readonly EventBlock[]) => blocks.flatMap(linesOf);
const manifest = (blocks: readonly EventBlock[]) =>
  blocks
    .map((block) => manifestLines(block))
    .join('')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { index: number; kind: string; identity: string; detail?: string });

/** Customers whose events are keyed by something that many of them share. */
const byStatus: Dataset = { ...customers, partitionKey: 'status' };
const byPrice: Dataset = {
  ...pageViews,
  columns: { ...pageViews.columns, visitor: { type: 'int', comment: 'Who.' } },
  partitionKey: 'visitor',
  generate: (context) => ({ ...pageViews.generate(context), visitor: context.draw.whole(1_000, 9_999) }),
};

describe('imperfect events', () => {
  it('are none unless they are asked for', async () => {
    const blocks = await run({});
    expect(manifest(blocks)).toEqual([]);
    for (const block of blocks) {
      expect(block).not.toHaveProperty('imperfect');
      expect(block).not.toHaveProperty('alone');
    }
    expect(lines(await run({ duplicates: 0, malformed: 0, late: { share: 0, by: 5 } }))).toEqual(
      lines(blocks),
    );
  });

  it('are named, and all others are those of a perfect run', async () => {
    const perfect = lines(await run({}));
    const blocks = await run({ late: { share: 0.1, by: 1_000 }, duplicates: 0.1, malformed: 0.1 });
    const named = new Set(manifest(blocks).map(({ index }) => index));
    const all = lines(blocks);
    expect(all).toHaveLength(AMOUNT);
    for (const [index, line] of all.entries()) expect(line === perfect[index]).toBe(!named.has(index));
  });

  it('are the same of the same seed, and others of another', async () => {
    const some = { late: { share: 0.1, by: 1_000 }, duplicates: 0.1, malformed: 0.1 };
    expect(manifest(await run(some))).toEqual(manifest(await run(some)));
    expect(manifest(await run(some, customers, 4))).not.toEqual(manifest(await run(some)));
  });

  it.each([
    ['late', { late: { share: 0.2, by: 1_000 } }],
    ['duplicate', { duplicates: 0.2 }],
    ['malformed', { malformed: 0.2 }],
    ['hot-key', { hotKeys: { kind: 'share', share: 0.2 } }],
  ] as const)('are about as many as were asked for: %s', async (kind, imperfections) => {
    const named = manifest(await run(imperfections)).filter((one) => one.kind === kind);
    // Five standard deviations of a binomial distribution.
    expect(Math.abs(named.length - 1_000)).toBeLessThan(5 * Math.sqrt(AMOUNT * 0.2 * 0.8));
  });
});

describe('late events', () => {
  it.each([customers, pageViews])('say a time before their own: $name', async (dataset) => {
    const perfect = lines(await run({}, dataset));
    const blocks = await run({ late: { share: 0.05, by: 3_600_000 } }, dataset);
    const all = lines(blocks);
    for (const { index, identity, detail } of manifest(blocks)) {
      const [before, after] = [JSON.parse(perfect[index] ?? ''), JSON.parse(all[index] ?? '')];
      expect(Date.parse(before[dataset.time]) - Date.parse(after[dataset.time])).toBe(3_600_000);
      expect({ ...after, [dataset.time]: before[dataset.time] }).toEqual(before);
      expect([identity, detail]).toEqual([String(before[dataset.identity]), 'by 3600000 ms']);
    }
  });
});

describe('duplicates', () => {
  it('are an earlier event of the block again, byte for byte, under its key', async () => {
    const blocks = await run({ duplicates: 0.3 });
    const all = lines(blocks);
    const keys = blocks.flatMap(({ keys }) => keys ?? []);
    const hashes = blocks.flatMap(({ hashes }) => [...hashes]);
    for (const { index, identity, detail } of manifest(blocks)) {
      const original = Number(/^of event (\d+)$/.exec(detail ?? '')?.[1]);
      expect(original).toBeLessThan(index);
      expect(Math.floor(original / 1_000)).toBe(Math.floor(index / 1_000));
      expect(all[index]).toBe(all[original]);
      expect([keys[index], hashes[index]]).toEqual([keys[original], hashes[original]]);
      expect(JSON.parse(all[index] ?? '').uuid).toBe(identity);
    }
  });

  it('repeat no event that is malformed or was refused', async () => {
    const blocks = await run({ duplicates: 0.5, malformed: 0.5 });
    for (const block of blocks) {
      const offsets = block.imperfect?.filter(({ kind }) => kind === 'malformed').map(({ offset }) => offset);
      expect(block.alone).toEqual(offsets);
      const others = linesOf(block).filter((_, offset) => !block.alone?.includes(offset));
      for (const line of others) expect(() => JSON.parse(line)).not.toThrow();
    }
    const identityless: Dataset = { ...customers, generate: () => ({ uuid: '' }) };
    const [block] = await run({ duplicates: 0.5 }, identityless);
    expect(block?.refused).toHaveLength(1_000);
    expect(block).not.toHaveProperty('imperfect');
  });
});

describe('malformed events', () => {
  it('are no JSON, and travel alone', async () => {
    const blocks = await run({ malformed: 0.1 });
    const all = lines(blocks);
    const named = manifest(blocks);
    for (const { index } of named) {
      expect(all[index]).not.toBe('');
      expect(() => JSON.parse(all[index] ?? '')).toThrow(SyntaxError);
    }
    expect(blocks.flatMap(({ first, alone = [] }) => alone.map((offset) => first + offset))).toEqual(
      named.map(({ index }) => index),
    );
  });
});

describe('hot keys', () => {
  const md5 = (key: string) => createHash('md5').update(key).digest().readUInt32BE();

  it('leave an event its identity, where that is its key', async () => {
    const perfect = lines(await run({}));
    const blocks = await run({ hotKeys: { kind: 'share', share: 0.3 } });
    expect(lines(blocks)).toEqual(perfect);
    const keys = blocks.flatMap(({ keys }) => keys ?? []);
    const hashes = blocks.flatMap(({ hashes }) => [...hashes]);
    for (const { index, identity, detail } of manifest(blocks)) {
      expect([keys[index], detail, hashes[index]]).toEqual(['hot-1', 'hot-1', md5('hot-1')]);
      expect(JSON.parse(perfect[index] ?? '').uuid).toBe(identity);
    }
  });

  it.each([
    ['text', byStatus, 'hot-1'],
    ['number', byPrice, 1],
  ])(
    'are said by the event where its key is another column, of the kind of a %s',
    async (_, dataset, value) => {
      const blocks = await run({ hotKeys: { kind: 'share', share: 0.3 } }, dataset);
      const all = lines(blocks);
      const named = manifest(blocks);
      expect(named.length).toBeGreaterThan(0);
      for (const { index } of named) expect(JSON.parse(all[index] ?? '')[dataset.partitionKey]).toBe(value);
    },
  );

  it("follow Zipf's law", async () => {
    const blocks = await run({ hotKeys: { kind: 'zipf', exponent: 1, keys: 100 } });
    const counts = new Map<string, number>();
    for (const key of blocks.flatMap(({ keys }) => keys ?? [])) counts.set(key, (counts.get(key) ?? 0) + 1);
    const harmonic = Array.from({ length: 100 }, (_, rank) => 1 / (rank + 1)).reduce(
      (sum, each) => sum + each,
    );
    for (const rank of [1, 2, 3, 10]) {
      const expected = AMOUNT / rank / harmonic;
      expect(Math.abs((counts.get(`hot-${rank}`) ?? 0) - expected)).toBeLessThan(5 * Math.sqrt(expected));
    }
    expect(counts.size).toBeGreaterThan(90);
    expect([...counts.keys()].every((key) => /^hot-([1-9]\d?|100)$/.test(key))).toBe(true);
  });
});

it.each<[string, Imperfections]>([
  ['a share over 1', { duplicates: 1.1 }],
  ['a share below 0', { malformed: -0.1 }],
  ['no number', { late: { share: Number.NaN, by: 5 } }],
  ['late by nothing', { late: { share: 0.1, by: 0 } }],
  ['an exponent below 0', { hotKeys: { kind: 'zipf', exponent: -1, keys: 5 } }],
  ['no keys', { hotKeys: { kind: 'zipf', exponent: 1, keys: 0 } }],
])('imperfections with %s are refused', async (_, imperfections) => {
  await expect(run(imperfections)).rejects.toThrow(RangeError);
});
