import { expect, it } from 'vitest';
import { audit, NO_DISCREPANCIES } from '../accounting.js';
import { run } from '../run.js';

const SECONDS = 8;

/** What follows upon throttling is a single try; where that fails for another reason, its shard must not stand still. */
export function failingProbe({ seeds }: { readonly seeds: readonly number[] }): void {
  it.each(seeds)('goes on at once on every shard, seed %i', async (seed) => {
    const done = await run({
      workload: { events: (SECONDS * 1_000_000) / 1_000, keys: 1_000, bytes: 1_000 },
      shards: 2,
      seed,
      rate: 1_000_000,
      faults: { records: { throttled: 0.02, internalFailure: 0.2 } },
      producer: { lanes: 32, backoff: { base: 20, cap: 2_000 } },
    });
    expect(audit(done)).toEqual(NO_DISCREPANCIES);
    for (const { bytesBySecond } of done.kinesis.shards.all) {
      const quietest = Math.min(
        ...Array.from({ length: SECONDS }, (_, second) => bytesBySecond[second] ?? 0),
      );
      expect(quietest).toBeGreaterThan(50_000);
    }
  });
}
