import { expect, it } from 'vitest';
import type { PackerOptions } from '../../../../producer/pack/packer.js';
import { audit, NO_DISCREPANCIES } from '../accounting.js';
import type { Faults } from '../faults.js';
import { run } from '../run.js';
import { runOverSockets } from '../socket-run.js';

/** Everything that goes wrong with single records and requests, at once. */
export const CHAOS: Faults = {
  records: { throttled: 0.2, internalFailure: 0.02 },
  requests: { serverError: 0.05, resetBefore: 0.01, resetAfter: 0.01 },
};

/** Less of what makes the producer slow down: the clock is the real one. */
const SOCKET_CHAOS: Faults = {
  records: { throttled: 0.005, internalFailure: 0.1 },
  requests: { serverError: 0.05, resetBefore: 0.05, resetAfter: 0.05 },
};

interface Size {
  readonly events: number;
  readonly keys: number;
  readonly shards: number;
  readonly seeds: readonly number[];
}

const WAYS: readonly PackerOptions[] = [
  {},
  { pack: 2_000 },
  { pack: 'none' },
  { order: 'none' },
  { order: 'none', pack: 'none' },
];

/** A: none lost, none out of order, duplicates only from lost answers. */
export function chaos({ events, keys, shards, seeds }: Size): void {
  const cases = WAYS.flatMap((way) => seeds.map((seed) => [way, seed] as const));

  it.each(cases)('loses nothing and keeps the order with %j, seed %i', async (way, seed) => {
    // A record for each event takes more time.
    const amount = way.pack === 'none' ? events / 4 : events;
    const workload = { events: amount, keys };
    const done = await run({ workload, shards, seed, faults: CHAOS, producer: way });
    expect(audit(done, { order: way.order !== 'none' })).toEqual(NO_DISCREPANCIES);
    expect(done.report).toMatchObject({ taken: amount, acknowledged: amount, failures: [] });
    // The faults were there.
    expect(done.report.retried).toBeGreaterThan(amount * 0.1);
    expect(done.report.possiblyDuplicated).toBeGreaterThan(0);
  });

  it.each(seeds)('loses nothing and keeps the order over sockets that break, seed %i', async (seed) => {
    const done = await runOverSockets({
      workload: { events, keys },
      shards,
      seed,
      limits: false,
      faults: SOCKET_CHAOS,
      producer: { pack: 2_000, lanes: 64, backoff: { base: 2, cap: 20 } },
    });
    expect(audit(done)).toEqual(NO_DISCREPANCIES);
    expect(done.report).toMatchObject({ taken: events, acknowledged: events, failures: [] });
    expect(done.report.possiblyDuplicated).toBeGreaterThan(0);
  });
}
