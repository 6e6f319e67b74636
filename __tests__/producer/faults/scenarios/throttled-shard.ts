import { expect, it } from 'vitest';
import { audit, NO_DISCREPANCIES } from '../accounting.js';
import type { Run, RunOptions } from '../drive.js';
import { bytesPerSecond } from '../measures.js';
import { run } from '../run.js';
import { BYTES_PER_SECOND } from '../shard.js';

interface Size {
  readonly shards: number;
  readonly seeds: readonly number[];
  /** How long the source runs, in seconds. */
  readonly seconds: number;
}

const EVENT_BYTES = 1_000;

/** C: one shard always throttled. The others lose under 5% of their throughput. */
export function throttledShard({ shards, seeds, seconds }: Size): void {
  const options = (seed: number): RunOptions => ({
    workload: {
      events: (2 * seconds * shards * BYTES_PER_SECOND) / EVENT_BYTES + 70_000,
      keys: 5_000,
      bytes: EVENT_BYTES,
    },
    shards,
    seed,
    sourceEndsAt: seconds * 1_000,
    producer: { lanes: 4 * shards },
  });
  const others = Array.from({ length: shards - 1 }, (_, index) => index + 1);
  const throughput = ({ kinesis }: Run) => bytesPerSecond(kinesis, { from: 5, until: seconds }, others);

  it.each(seeds)('slows no other while it lasts, seed %i', async (seed) => {
    const well = await run(options(seed));
    const throttled = [{ shard: 0, until: seconds * 1_000 + 10_000 }];
    const ill = await run({ ...options(seed), faults: { throttled } });
    expect(audit(ill)).toEqual(NO_DISCREPANCIES);
    expect(ill.report.acknowledged).toBe(ill.report.taken);
    expect(throughput(ill)).toBeGreaterThanOrEqual(0.95 * throughput(well));
    expect(throughput(well)).toBeGreaterThan(0.9 * others.length * BYTES_PER_SECOND);
  });

  it.each(seeds)('slows no other where its events are given up after a while, seed %i', async (seed) => {
    const { producer } = options(seed);
    const limited = {
      ...options(seed),
      producer: { ...producer, maxRetryTime: 2_000, maxBuffer: shards * 8_000_000 },
    };
    const well = await run(limited);
    const ill = await run({ ...limited, faults: { throttled: [{ shard: 0 }] } });
    expect(audit(ill)).toEqual(NO_DISCREPANCIES);
    expect(ill.report.failures.map(({ code }) => code)).toEqual(['ProvisionedThroughputExceededException']);
    expect(ill.kinesis.shards.all[0]?.log.length).toBe(0);
    expect(throughput(ill)).toBeGreaterThanOrEqual(0.95 * throughput(well));
  });
}
