import fc from 'fast-check';
import { expect, it } from 'vitest';
import { audit, NO_DISCREPANCIES } from './accounting.js';
import type { Faults } from './faults.js';
import { run } from './run.js';

const share = (most: number) => fc.double({ min: 0, max: most, noNaN: true });

const span = fc.record({ from: fc.nat(3_000), until: fc.integer({ min: 1_000, max: 20_000 }) });

const faults: fc.Arbitrary<Faults> = fc.record(
  {
    records: fc.record({ throttled: share(0.3), internalFailure: share(0.3) }),
    requests: fc.record({
      serverError: share(0.1),
      resetBefore: share(0.1),
      resetAfter: share(0.1),
      empty: share(0.1),
      short: share(0.1),
      garbage: share(0.1),
    }),
    throttled: fc.array(
      fc.oneof(
        span,
        span.map((each) => ({ ...each, shard: 0 })),
      ),
      { maxLength: 3 },
    ),
    rival: fc.record({ share: share(0.9) }),
    reshards: fc.constantFrom(
      [{ at: 300, split: 0 }],
      [
        { at: 200, split: 1 },
        { at: 900, merge: [0, 2] as const },
      ],
    ),
    access: fc.record({ expiredFirst: fc.nat(1), deniedFrom: fc.integer({ min: 10, max: 400 }) }),
  },
  { requiredKeys: [] },
);

const producer = fc.record(
  {
    pack: fc.constantFrom<number | 'none'>('none', 500, 2_000, 24_500, 1_048_576),
    order: fc.constantFrom('key' as const, 'none' as const),
    lanes: fc.integer({ min: 1, max: 40 }),
    linger: fc.integer({ min: 1, max: 500 }),
    maxBuffer: fc.integer({ min: 1_000, max: 400_000 }),
    maxInFlight: fc.integer({ min: 1, max: 12 }),
    maxRetryTime: fc.integer({ min: 0, max: 5_000 }),
  },
  { requiredKeys: [] },
);

it('accounts for every event and keeps the order, whatever goes wrong', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        workload: fc.record({
          events: fc.integer({ min: 1, max: 4_000 }),
          keys: fc.integer({ min: 1, max: 200 }),
        }),
        shards: fc.integer({ min: 2, max: 5 }),
        seed: fc.nat(1_000_000),
        roundTrip: fc.integer({ min: 1, max: 300 }),
        faults,
        producer,
      }),
      async (options) => {
        const done = await run(options);
        expect(audit(done, { order: options.producer.order !== 'none' })).toEqual(NO_DISCREPANCIES);
      },
    ),
    { numRuns: Number(process.env.FAULT_RUNS ?? 60) },
  );
}, 600_000);
