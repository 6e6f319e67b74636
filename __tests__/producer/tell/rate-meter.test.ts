import { describe, expect, it } from 'vitest';
import { RateMeter } from '../../../producer/tell/rate-meter.js';

describe('a rate meter', () => {
  it('tells by how much a count grew over its window, in a second', () => {
    const meter = new RateMeter(1_000);
    expect([0, 500, 1_000, 1_500, 2_000].map((now) => meter.rate(now * 3, now))).toEqual([
      0, 3_000, 3_000, 3_000, 3_000,
    ]);
  });

  it('forgets what was before its window', () => {
    const meter = new RateMeter(1_000);
    meter.rate(0, 0);
    meter.rate(1_000_000, 500);
    expect(meter.rate(1_000_000, 1_000)).toBe(1_000_000);
    expect(meter.rate(1_000_000, 1_500)).toBe(0);
  });

  it('goes by the last sample before its window where it is asked seldom', () => {
    const meter = new RateMeter(1_000);
    meter.rate(0, 0);
    expect(meter.rate(10_000, 5_000)).toBe(2_000);
    expect(meter.rate(10_000, 10_000)).toBe(0);
  });

  it('tells nothing of a single moment', () => {
    const meter = new RateMeter(1_000);
    meter.rate(5, 7);
    expect(meter.rate(50, 7)).toBe(0);
  });
});
