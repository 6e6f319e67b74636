import { expect, it } from 'vitest';
import { audit, NO_DISCREPANCIES } from '../accounting.js';
import { run } from '../run.js';

/** A record for each event has thousands of lanes: all that wait for one shard must be let go, though not at once. */
export function manyLanes({ seeds }: { readonly seeds: readonly number[] }): void {
  it.each(seeds)('lets none of them wait for ever, seed %i', async (seed) => {
    const events = 20_000;
    const done = await run({
      workload: { events, keys: 5_000, bytes: 500 },
      shards: 1,
      seed,
      roundTrip: 200,
      rate: 300_000,
      faults: { throttled: [{ from: 2_000, until: 6_000 }] },
      producer: { pack: 'none', maxBuffer: 4_000_000 },
    });
    expect(audit(done)).toEqual(NO_DISCREPANCIES);
    expect(done.report.acknowledged).toBe(events);
  });
}
