import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peakOf, type Rate, type Schedule, scheduleOf } from '../../../producer/index.js';

const schedule = (rate: Rate, begin?: number): Schedule => scheduleOf(rate, begin) ?? expect.fail();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const perSecond = fc.double({ min: 0.01, max: 1e6, noNaN: true });
const calm = fc.oneof(perSecond, fc.constant(0));
const time = fc.double({ min: 1, max: DAY, noNaN: true });
const anyRate: fc.Arbitrary<Rate> = fc.oneof(
  fc.record({ kind: fc.constant('constant' as const), perSecond }),
  fc.record({ kind: fc.constant('ramp' as const), from: calm, to: perSecond, over: time }),
  fc
    .record({ kind: fc.constant('burst' as const), base: calm, peak: perSecond, every: time, lasting: time })
    .map((burst) => ({ ...burst, every: burst.every + burst.lasting })),
  fc.record({ kind: fc.constant('day' as const), mean: perSecond, period: time }),
);

describe('any schedule', () => {
  it('has as many events due at the start of one as have started by then', () => {
    fc.assert(
      fc.property(anyRate, fc.nat(10_000_000), fc.nat(DAY), (rate, index, begin) => {
        const { startOf, dueAt } = schedule(rate, begin);
        const start = startOf(index);
        const due = dueAt(start);
        expect(due).toBeGreaterThan(index);
        expect(startOf(due - 1)).toBeLessThanOrEqual(start);
        expect(startOf(due)).toBeGreaterThan(start);
        // A moment before, it has not.
        if (index > 0) expect(dueAt(start - start * Number.EPSILON)).toBeLessThanOrEqual(index);
      }),
      { numRuns: 2_000 },
    );
  });

  it('has started at any time what was to start by then, and no more', () => {
    fc.assert(
      fc.property(anyRate, fc.double({ min: 0, max: DAY, noNaN: true }), (rate, at) => {
        const { startOf, dueAt } = schedule(rate);
        const due = dueAt(at);
        expect(startOf(due)).toBeGreaterThan(at);
        if (due > 0) expect(startOf(due - 1)).toBeLessThanOrEqual(at);
      }),
      { numRuns: 2_000 },
    );
  });

  it('begins at once, and never goes back', () => {
    fc.assert(
      fc.property(anyRate, fc.nat(1_000_000), (rate, index) => {
        const { startOf, dueAt } = schedule(rate);
        expect(startOf(0)).toBe(0);
        expect(startOf(index + 1)).toBeGreaterThanOrEqual(startOf(index));
        expect(dueAt(-1)).toBe(0);
        expect(dueAt(0)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('never exceeds its peak', () => {
    fc.assert(
      fc.property(anyRate, fc.nat(1_000_000), (rate, at) => {
        const { dueAt } = schedule(rate);
        expect((dueAt(at + 1_000) - dueAt(at)) * (1 - 1e-9)).toBeLessThanOrEqual(peakOf(rate) + 1);
      }),
    );
  });
});

describe('the rate', () => {
  it('max has no schedule', () => {
    expect(scheduleOf({ kind: 'max' })).toBeUndefined();
    expect(peakOf({ kind: 'max' })).toBe(Number.POSITIVE_INFINITY);
  });

  it('constant starts events at even distances', () => {
    const { startOf, dueAt } = schedule({ kind: 'constant', perSecond: 4 });
    expect([0, 1, 2, 8].map(startOf)).toEqual([0, 250, 500, 2_000]);
    expect(dueAt(1_999)).toBe(8);
  });

  it('ramp rises in even steps, then stays', () => {
    const { dueAt } = schedule({ kind: 'ramp', from: 0, to: 100, over: 10_000 });
    expect([1, 5, 10, 11, 20].map((second) => dueAt(second * 1_000) - 1)).toEqual([5, 125, 500, 600, 1_500]);
  });

  it('ramp falls too', () => {
    const { dueAt } = schedule({ kind: 'ramp', from: 100, to: 20, over: 10_000 });
    expect([10, 20].map((second) => dueAt(second * 1_000) - 1)).toEqual([600, 800]);
  });

  it('burst ends each stretch with more', () => {
    const { dueAt } = schedule({ kind: 'burst', base: 10, peak: 100, every: 60_000, lasting: 5_000 });
    const between = (from: number, to: number) => dueAt(to * 1_000) - dueAt(from * 1_000);
    expect([between(0, 55), between(55, 60), between(60, 115), between(115, 120)]).toEqual([
      550, 500, 550, 500,
    ]);
  });

  it('burst can have nothing between the bursts', () => {
    const { startOf } = schedule({ kind: 'burst', base: 0, peak: 2, every: 10_000, lasting: 1_000 });
    expect([1, 2, 3, 4].map(startOf)).toEqual([9_500, 10_000, 19_500, 20_000]);
  });

  it('day has its mean over a day, is low at four in the morning and high at four in the afternoon', () => {
    const begin = Date.parse('2026-05-05T00:00:00Z');
    const { dueAt } = schedule({ kind: 'day', mean: 10 }, begin);
    const inHour = (hour: number) => dueAt((hour + 0.5) * 60 * MINUTE) - dueAt((hour - 0.5) * 60 * MINUTE);
    const hours = Array.from({ length: 23 }, (_, hour) => inHour(hour + 1));
    expect(hours.indexOf(Math.min(...hours)) + 1).toBe(4);
    expect(hours.indexOf(Math.max(...hours)) + 1).toBe(16);
    expect(Math.abs(dueAt(DAY) - 1 - 864_000)).toBeLessThanOrEqual(1);
    expect(inHour(4) / 3_600 / 10).toBeCloseTo(0.2, 1);
  });

  it('day can be over in ten minutes, and begins where the real one is', () => {
    const begin = Date.parse('2026-05-05T16:00:00Z');
    const { dueAt } = schedule({ kind: 'day', mean: 100, period: 10 * MINUTE }, begin);
    expect(dueAt(MINUTE)).toBeGreaterThan(2 * (dueAt(5.5 * MINUTE) - dueAt(4.5 * MINUTE)));
    expect(Math.abs(dueAt(10 * MINUTE) - 1 - 60_000)).toBeLessThanOrEqual(1);
  });
});

it.each<Rate>([
  { kind: 'constant', perSecond: 0 },
  { kind: 'constant', perSecond: Number.NaN },
  { kind: 'constant', perSecond: Number.POSITIVE_INFINITY },
  { kind: 'ramp', from: 1, to: 0, over: 1_000 },
  { kind: 'ramp', from: -1, to: 5, over: 1_000 },
  { kind: 'ramp', from: 1, to: 2, over: 0 },
  { kind: 'burst', base: 1, peak: 0, every: 10, lasting: 5 },
  { kind: 'burst', base: 1, peak: 5, every: 10, lasting: 11 },
  { kind: 'day', mean: 1, period: 0 },
])('refuses %j, by which events would never start', (rate) => {
  expect(() => scheduleOf(rate)).toThrow(RangeError);
});
