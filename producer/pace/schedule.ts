import { dailyCurve } from './daily-curve.js';

/** How fast events start. Rates are events a second, times are milliseconds; plain data, for threads to pass on. */
export type Rate =
  /** As fast as the stream takes them. */
  | { readonly kind: 'max' }
  | { readonly kind: 'constant'; readonly perSecond: number }
  /** From one rate to another in even steps over a time, and constant from then on. */
  | { readonly kind: 'ramp'; readonly from: number; readonly to: number; readonly over: number }
  /** A base rate; each stretch of `every` ends with a burst of the rate `peak` that lasts for `lasting`. */
  | {
      readonly kind: 'burst';
      readonly base: number;
      readonly peak: number;
      readonly every: number;
      readonly lasting: number;
    }
  /** A day's ups and downs about a mean: lowest at four in the morning UTC, highest at four in the afternoon. */
  | {
      readonly kind: 'day';
      readonly mean: number;
      /** How long the day lasts. @default 24 hours */
      readonly period?: number;
    };

/** When events start, whatever becomes of them: no start waits for an answer. */
export interface Schedule {
  /** When an event starts, by its index from 0, in milliseconds after the beginning. Never decreases. */
  startOf(index: number): number;
  /** How many events have started so many milliseconds after the beginning, that moment included. */
  dueAt(time: number): number;
}

/**
 * The schedule of a rate.
 *
 * @param begin when it begins, in milliseconds since 1970: where in the day.
 * @returns undefined for the greatest rate, which has no schedule.
 * @throws RangeError where events would never start.
 */
export function scheduleOf(rate: Rate, begin = 0): Schedule | undefined {
  switch (rate.kind) {
    case 'max':
      return undefined;
    case 'constant':
      return fromCurve(constant(perMs(rate.perSecond)));
    case 'ramp':
      return fromCurve(ramp(perMs(rate.from, 0), perMs(rate.to), positive(rate.over)));
    case 'burst':
      return fromCurve(burst(rate));
    case 'day':
      return fromCurve(dailyCurve(perMs(rate.mean), positive(rate.period ?? DAY), (begin % DAY) / DAY));
  }
}

/** The greatest rate that is reached, in events a second. */
export function peakOf(rate: Rate): number {
  switch (rate.kind) {
    case 'max':
      return Number.POSITIVE_INFINITY;
    case 'constant':
      return rate.perSecond;
    case 'ramp':
      return Math.max(rate.from, rate.to);
    case 'burst':
      return Math.max(rate.base, rate.peak);
    case 'day':
      return rate.mean * 2;
  }
}

/** How many events should have started by a time, as a number that need not be whole, and the inverse. */
export interface Curve {
  by(time: number): number;
  /** The first time by which so many have started. */
  when(count: number): number;
}

const DAY = 24 * 60 * 60 * 1_000;

function fromCurve({ by, when }: Curve): Schedule {
  const startOf = (index: number) => (index <= 0 ? 0 : when(index));
  return {
    startOf,
    dueAt: (time) => {
      if (time < 0) return 0;
      let due = Math.floor(by(time)) + 1;
      // Both are rounded: the starts decide.
      while (due > 0 && startOf(due - 1) > time) due--;
      while (startOf(due) <= time) due++;
      return due;
    },
  };
}

function constant(rate: number): Curve {
  return { by: (time) => time * rate, when: (count) => count / rate };
}

function ramp(from: number, to: number, over: number): Curve {
  const slope = (to - from) / (2 * over);
  const atEnd = ((from + to) * over) / 2;
  return {
    by: (time) => (time < over ? (from + slope * time) * time : atEnd + (time - over) * to),
    when: (count) =>
      count < atEnd
        ? // The root of a quadratic in the form that is exact for small slopes too.
          (2 * count) / (from + Math.sqrt(Math.max(0, from * from + 4 * slope * count)))
        : over + (count - atEnd) / to,
  };
}

function burst(rate: Extract<Rate, { kind: 'burst' }>): Curve {
  const [base, peak] = [perMs(rate.base, 0), perMs(rate.peak)];
  const [every, lasting] = [positive(rate.every), positive(rate.lasting)];
  if (lasting > every) throw new RangeError('A burst cannot last longer than the time between two of them.');
  const calm = every - lasting;
  const inCalm = calm * base;
  const inAll = inCalm + lasting * peak;
  return {
    by: (time) => {
      const rest = time % every;
      return Math.floor(time / every) * inAll + Math.min(rest, calm) * base + Math.max(0, rest - calm) * peak;
    },
    when: (count) => {
      const rounds = Math.floor(count / inAll);
      const rest = count - rounds * inAll;
      // What the last round had to end with is reached then, even where the next begins with a calm without events.
      if (rest === 0) return rounds * every;
      const within = rest <= inCalm ? rest / base : calm + (rest - inCalm) / peak;
      return rounds * every + within;
    },
  };
}

function perMs(perSecond: number, least = Number.MIN_VALUE): number {
  if (!(perSecond >= least && perSecond < Number.POSITIVE_INFINITY))
    throw new RangeError(`A rate of ${perSecond} events a second is not possible here.`);
  return perSecond / 1_000;
}

function positive(time: number): number {
  if (!(time > 0 && time < Number.POSITIVE_INFINITY))
    throw new RangeError(`A time of ${time} ms is not possible here.`);
  return time;
}
