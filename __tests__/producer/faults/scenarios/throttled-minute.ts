import { expect, it } from 'vitest';
import type { PackerOptions } from '../../../../producer/pack/packer.js';
import { audit, NO_DISCREPANCIES } from '../accounting.js';
import { BLOCK } from '../drive.js';
import { bytesPerSecond, seen } from '../measures.js';
import { run } from '../run.js';
import { BYTES_PER_SECOND } from '../shard.js';

interface Size {
  readonly shards: number;
  readonly seeds: readonly number[];
  /** Milliseconds. @default 20 */
  readonly roundTrip?: number;
  readonly way?: PackerOptions;
}

const MAX_BUFFER = 8 * 1_024 * 1_024;
const EVENT_BYTES = 1_000;

/** B: everything throttled for a minute. Memory under the cap, no retry storm, 90% of the rate within 10 s after. */
export function throttledMinute({ shards, seeds, roundTrip = 20, way = {} }: Size): void {
  const capacity = shards * BYTES_PER_SECOND;
  const sources: readonly (readonly [name: string, rate: number])[] = [
    ['as fast as it is let', Number.POSITIVE_INFINITY],
    ['at 70% of what the stream takes', 0.7 * capacity],
  ];
  const cases = sources.flatMap(([name, rate]) => seeds.map((seed) => [name, seed, rate] as const));

  it.each(cases)('bears it with a source %s, seed %i', async (_, seed, rate) => {
    const done = await run({
      workload: { events: (120 * capacity) / EVENT_BYTES, keys: 5_000, bytes: EVENT_BYTES },
      shards,
      seed,
      rate,
      roundTrip,
      sourceEndsAt: 90_000,
      faults: { throttled: [{ from: 10_000, until: 70_000 }] },
      producer: { maxBuffer: MAX_BUFFER, lanes: 4 * shards, ...way },
    });
    expect(audit(done)).toEqual(NO_DISCREPANCIES);
    expect(done.report.acknowledged).toBe(done.report.taken);

    expect(done.mostHeld).toBeLessThanOrEqual(MAX_BUFFER + BLOCK * EVENT_BYTES);
    expect(done.mostHeld).toBeGreaterThan(MAX_BUFFER / 2);

    // In a minute about as much as a shard takes in a second; and not more and more of it.
    const [first, last] = [
      seen(done.kinesis, { from: 10, until: 40 }),
      seen(done.kinesis, { from: 40, until: 70 }),
    ];
    expect(first.requests + last.requests).toBeLessThan(shards * 200);
    expect(first.records + last.records).toBeLessThan(shards * 1_500);
    expect(last.requests).toBeLessThanOrEqual(first.requests);

    const before = bytesPerSecond(done.kinesis, { from: 5, until: 10 });
    const after = bytesPerSecond(done.kinesis, { from: 80, until: 90 });
    expect(before).toBeGreaterThan(0.7 * Math.min(rate, capacity));
    expect(after).toBeGreaterThanOrEqual(0.9 * before);
  });
}
