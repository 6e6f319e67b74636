import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateCost } from '../../../producer/cost/estimate.js';
import { RunCost } from '../../../producer/cost/run-cost.js';

describe('what a run cost', () => {
  it('counts each record in steps of 25 KB, 1 KB and 5 KB', () => {
    const cost = new RunCost();
    for (const bytes of [1, 1_024, 1_025, 25_600, 25_601]) cost.add(bytes);
    const report = cost.report();
    expect(report.putUnits).toBe(6);
    expect(report.gigabytesWritten * GB).toBeCloseTo((1 + 1 + 2 + 25 + 26) * 1_024, 3);
    expect(report.gigabytesRead * GB).toBeCloseTo(1 + 1_024 + 1_025 + 25_600 + 25_601, 3);
    expect(report.firehoseGigabytes * GB).toBeCloseTo((1 + 1 + 1 + 5 + 6) * 5_120, 3);
  });

  it('says whose prices it goes by, and of when', () => {
    expect(new RunCost().report()).toMatchObject({
      putUnits: 0,
      dollars: { putUnits: 0, firehose: 0, conversion: 0 },
      pricesOf: 'us-east-1',
      pricesChecked: expect.stringMatching(/^20\d\d-\d\d$/),
    });
  });

  it('is what was estimated for the same records', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 30_000 }), (events, bytes) => {
        const pace = { eventsPerSecond: 1e9 };
        const { packed } = estimateCost({ events, bytesPerEvent: bytes, pace, packBytes: 25_088 });
        const cost = new RunCost();
        for (let left = events; left > 0; left -= packed.eventsPerRecord) {
          cost.add(Math.min(left, packed.eventsPerRecord) * bytes);
        }
        const { dollars } = cost.report();
        expect(dollars.putUnits).toBeCloseTo(packed.dollars.putUnits, 9);
        expect(dollars.firehose).toBeCloseTo(packed.dollars.firehose, 9);
        expect(dollars.onDemandWritten).toBeCloseTo(packed.dollars.onDemandWritten, 9);
      }),
    );
  });
});

const GB = 1_024 ** 3;
