import { expect, it } from 'vitest';
import type { PackerOptions } from '../../../../producer/pack/packer.js';
import { audit, NO_DISCREPANCIES } from '../accounting.js';
import type { Faults, Reshard } from '../faults.js';
import { run } from '../run.js';

interface Size {
  readonly events: number;
  readonly seeds: readonly number[];
  /** @default - packed to several sizes, and an event a record. */
  readonly ways?: readonly PackerOptions[];
}

/** Two shards become four, then three, one and two. */
const RESHARDS: readonly Reshard[] = [
  { at: 1_000, split: 0 },
  { at: 1_500, split: 1 },
  { at: 2_500, merge: [3, 4] },
  { at: 3_000, merge: [2, 6] },
  { at: 3_500, merge: [7, 5] },
  { at: 4_000, split: 8 },
];

/** So that there are always records under way that are tried again. */
const FAULTS: Faults = {
  reshards: RESHARDS,
  records: { internalFailure: 0.15 },
  requests: { serverError: 0.02, resetAfter: 0.02 },
};

const WAYS: readonly PackerOptions[] = [{}, { pack: 2_000, lanes: 64 }, { pack: 'none' }];

/** D: split and merge in mid-run. None lost, and none out of order for one who reads parents before their children. */
export function resharding({ events, seeds, ways = WAYS }: Size): void {
  const cases = ways.flatMap((way) => seeds.map((seed) => [way, seed] as const));

  it.each(cases)('loses nothing and keeps the order with %j, seed %i', async (way, seed) => {
    const done = await run({
      workload: { events, keys: 1_000 },
      shards: 2,
      seed,
      // So that there is something to send at each of those moments.
      rate: (events * 200) / 6,
      faults: FAULTS,
      producer: way,
    });
    expect(audit(done)).toEqual(NO_DISCREPANCIES);
    expect(done.report.acknowledged).toBe(events);
    // Records came to every shard while it was open.
    expect(done.kinesis.shards.all.map(({ log }) => log.length > 0)).toEqual(Array(11).fill(true));
  });
}
