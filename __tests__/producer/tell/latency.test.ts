import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencyHistogram } from '../../../producer/tell/latency.js';

describe('a histogram of latencies', () => {
  it('tells any percentile as the sorted values do, with less than half a percent of error', () => {
    const milliseconds = fc.double({ min: 0.001, max: 2e9, minExcluded: true, noNaN: true });
    const counted = fc.tuple(milliseconds, fc.integer({ min: 1, max: 200 }));
    fc.assert(
      fc.property(
        fc.array(counted, { minLength: 1 }),
        fc.integer({ min: 0, max: 100 }),
        (values, percent) => {
          const histogram = new LatencyHistogram();
          for (const [value, events] of values) histogram.record(value, events);
          const exact = exactPercentile(values, percent);
          expect(Math.abs(histogram.percentile(percent) - exact)).toBeLessThan(exact * 0.005);
          expect(histogram.count).toBe(values.reduce((sum, [, events]) => sum + events, 0));
        },
      ),
    );
  });

  it('counts a thousand events in one call as it counts them one by one', () => {
    const [together, apart] = [new LatencyHistogram(), new LatencyHistogram()];
    together.record(7, 1_000);
    together.record(90, 10);
    for (let event = 0; event < 1_000; event++) apart.record(7);
    for (let event = 0; event < 10; event++) apart.record(90);
    for (const percent of [0, 50, 99, 99.5, 100]) {
      expect(together.percentile(percent)).toBe(apart.percentile(percent));
    }
    expect(together.percentile(99)).toBeCloseTo(7, 1);
    expect(together.percentile(99.5)).toBeGreaterThan(89);
  });

  it('has nothing to tell of no events', () => {
    expect(new LatencyHistogram().percentile(99)).toBe(0);
  });

  it.each([0, -3, 1e-9])('takes %s ms as no time at all', (milliseconds) => {
    const histogram = new LatencyHistogram();
    histogram.record(milliseconds);
    expect(histogram.percentile(50)).toBe(0);
    expect(histogram.count).toBe(1);
  });

  it('takes what is longer than it can tell as the longest that it can', () => {
    const histogram = new LatencyHistogram();
    histogram.record(1e15);
    expect(histogram.percentile(50)).toBeGreaterThan(30 * 86_400_000 * 0.99);
  });
});

function exactPercentile(values: readonly (readonly [number, number])[], percent: number): number {
  const sorted = values
    .flatMap(([value, events]) => Array<number>(events).fill(value))
    .sort((one, other) => one - other);
  return sorted[Math.max(1, Math.ceil((percent / 100) * sorted.length)) - 1] ?? 0;
}
