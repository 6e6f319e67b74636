import { expect, it } from 'vitest';
import { audit, NO_DISCREPANCIES } from '../accounting.js';
import type { Faults } from '../faults.js';
import { run } from '../run.js';
import { runOverSockets } from '../socket-run.js';

interface Size {
  readonly events: number;
  readonly seeds: readonly number[];
}

const FAULTS: Faults = { requests: { empty: 0.1, short: 0.1, garbage: 0.1 } };

/** G: HTTP 200 with an empty body, too few entries, or garbage. None lost. */
export function lostAnswers({ events, seeds }: Size): void {
  const producer = { pack: 2_000, backoff: { base: 2, cap: 20 } } as const;

  it.each(seeds)('loses nothing and keeps the order, seed %i', async (seed) => {
    const done = await run({ workload: { events, keys: 1_000 }, shards: 2, seed, faults: FAULTS, producer });
    expect(audit(done)).toEqual(NO_DISCREPANCIES);
    expect(done.report).toMatchObject({ acknowledged: events, failures: [] });
    expect(done.report.possiblyDuplicated).toBeGreaterThan(events * 0.1);
  });

  it.each(seeds)('loses nothing and keeps the order over sockets, seed %i', async (seed) => {
    const workload = { events, keys: 1_000 };
    const done = await runOverSockets({ workload, shards: 2, seed, limits: false, faults: FAULTS, producer });
    expect(audit(done)).toEqual(NO_DISCREPANCIES);
    expect(done.report).toMatchObject({ acknowledged: events, failures: [] });
    expect(done.report.possiblyDuplicated).toBeGreaterThan(events * 0.1);
  });
}
