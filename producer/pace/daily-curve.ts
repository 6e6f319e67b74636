import type { Curve } from './schedule.js';

/** How far the rate goes above and below the mean, as a part of it: the night has a fifth of it. */
const SWING = 0.8;
/** When in the day the rate is lowest. */
const LOWEST = 4 / 24;

/**
 * A day's ups and downs as a sinusoid.
 *
 * @param mean events a millisecond.
 * @param period milliseconds of a day.
 * @param begin where in the day it begins, 0 to 1.
 */
export function dailyCurve(mean: number, period: number, begin: number): Curve {
  const turn = (2 * Math.PI) / period;
  const phase = 2 * Math.PI * (begin - LOWEST);
  const sinPhase = Math.sin(phase);
  const by = (time: number) => mean * (time - (SWING / turn) * (Math.sin(phase + turn * time) - sinPhase));
  const rateAt = (time: number) => mean * (1 - SWING * Math.cos(phase + turn * time));
  return {
    by,
    when: (count) => {
      // A sinusoid is never further from its mean than this.
      const reach = (2 * SWING) / turn;
      let [early, late] = [Math.max(0, count / mean - reach), count / mean + reach];
      let time = count / mean;
      for (let step = 0; step < 60; step++) {
        const over = by(time) - count;
        if (over > 0) late = time;
        else early = time;
        // Newton's step, or, where that leads out of what is known, half of it.
        const newton = time - over / rateAt(time);
        const next = newton > early && newton < late ? newton : (early + late) / 2;
        if (Math.abs(next - time) < 1e-6) return next;
        time = next;
      }
      return time;
    },
  };
}
