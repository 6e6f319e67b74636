import { InvalidArgumentError } from 'commander';

// Parsers of flags' values that have a unit. Each throws commander's InvalidArgumentError, which says what is allowed.

/** `500/s`, `10/min`, `2.5/h`, as events a second; `max` as infinite. */
export function perSecond(text: string): number {
  if (text === 'max') return Number.POSITIVE_INFINITY;
  const allowed = 'It must be "max" or events over a time, such as 500/s, 10/min or 1000/h.';
  const [, value = '', unit = ''] = /^(\d+(?:\.\d+)?)\/(s|sec|min|m|h)$/.exec(text) ?? [];
  const seconds: Readonly<Record<string, number>> = { s: 1, sec: 1, min: 60, m: 60, h: 3_600 };
  return above(0, Number(value || Number.NaN) / (seconds[unit] ?? Number.NaN), allowed);
}

/** `250ms`, `60s`, `5m`, `2h`, `1d`, as milliseconds. */
export function milliseconds(text: string): number {
  const allowed = 'It must be a time with its unit, such as 250ms, 60s, 5m, 2h or 1d.';
  return above(0, withUnit(text, { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }), allowed);
}

/** `500B`, `24KB`, `10MB`, `2GB` (powers of 1,000), `512KiB`, `10MiB`, `1GiB` (powers of 1,024), as bytes. */
export function byteCount(text: string): number {
  const allowed = 'It must be bytes with their unit, such as 500B, 24KB, 10MB, 1GB, 512KiB, 10MiB or 1GiB.';
  const units = { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };
  const bytes = withUnit(text, units);
  return above(1, Number.isNaN(bytes) ? bytes : Math.floor(bytes), allowed);
}

/** `5%`, `0.1%`, `100%`, as a part of one. */
export function share(text: string): number {
  const allowed = 'It must be a share of up to 100%, such as 5% or 0.1%.';
  const value = above(0, withUnit(text, { '%': 0.01 }), allowed);
  if (value > 1) throw new InvalidArgumentError(allowed);
  return value;
}

/** Digits, a point and more digits where need be, and one of the units; else not a number. */
function withUnit(text: string, units: Readonly<Record<string, number>>): number {
  const [, value = '', unit = ''] = /^(\d+(?:\.\d+)?)([A-Za-z]+|%)$/.exec(text) ?? [];
  if (value === '' || !Object.hasOwn(units, unit)) return Number.NaN;
  return Number(value) * (units[unit] ?? Number.NaN);
}

/** The value, if it is more than nothing, at least `least`, and one that can be counted with. */
function above(least: number, value: number, allowed: string): number {
  if (value > 0 && value >= least && value <= Number.MAX_SAFE_INTEGER) return value;
  throw new InvalidArgumentError(allowed);
}
