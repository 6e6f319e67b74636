import { expect, it } from 'vitest';
import type { PackerOptions } from '../../../../producer/pack/packer.js';
import { audit, NO_DISCREPANCIES } from '../accounting.js';
import { bytesPerSecond, seen } from '../measures.js';
import { run } from '../run.js';
import { BYTES_PER_SECOND } from '../shard.js';

interface Size {
  readonly shards: number;
  readonly seeds: readonly number[];
  /** Milliseconds. */
  readonly roundTrips: readonly number[];
  readonly ways: readonly PackerOptions[];
}

const EVENT_BYTES = 1_000;
const SHARE = 0.5;

/** I: a rival writer takes half of each shard. Throttled share under 5% at 85% of what is left. */
export function rival({ shards, seeds, roundTrips, ways }: Size): void {
  const left = shards * BYTES_PER_SECOND * (1 - SHARE);
  const cases = ways.flatMap((way) =>
    roundTrips.flatMap((roundTrip) => seeds.map((seed) => [roundTrip, way, seed] as const)),
  );

  it.each(cases)('leaves room for it, at %i ms, with %j, seed %i', async (roundTrip, way, seed) => {
    const done = await run({
      workload: { events: (60 * left) / EVENT_BYTES, keys: 5_000, bytes: EVENT_BYTES },
      shards,
      seed,
      roundTrip,
      sourceEndsAt: 40_000,
      faults: { rival: { share: SHARE } },
      producer: { maxBuffer: 8 * 1_024 * 1_024, lanes: 4 * shards, ...way },
    });
    expect(audit(done)).toEqual(NO_DISCREPANCIES);
    expect(done.report.acknowledged).toBe(done.report.taken);
    // Once it knows the pace.
    const steady = { from: 5, until: 40 };
    const { records, throttled } = seen(done.kinesis, steady);
    expect(throttled / records).toBeLessThan(0.05);
    expect(bytesPerSecond(done.kinesis, steady)).toBeGreaterThanOrEqual(0.85 * left);
  });
}
