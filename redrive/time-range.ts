import { UsageError } from '../cli/usage-error.js';

/** A range of time, in milliseconds since 1970. */
export interface TimeRange {
  /** Included; -Infinity where there is no beginning. */
  readonly from: number;
  /** Not included; Infinity where there is no end. */
  readonly to: number;
}

/**
 * The range between two moments, each of which may be left out.
 * @throws UsageError where it would hold nothing.
 */
export function timeRange(
  from: number = Number.NEGATIVE_INFINITY,
  to: number = Number.POSITIVE_INFINITY,
): TimeRange {
  if (from < to) return { from, to };
  const [begin, end] = [from, to].map((moment) => new Date(moment).toISOString());
  throw new UsageError(
    `--from is ${begin}, but must be before --to, which is ${end} and not included itself.`,
  );
}

/** A range in words: `from 2026-11-22T10:00:00Z to before 2026-11-22T12:00:00Z`. */
export function rangeInWords({ from, to }: TimeRange): string {
  const parts = [
    ...(Number.isFinite(from) ? [`from ${inSeconds(from)}`] : []),
    ...(Number.isFinite(to) ? [`to before ${inSeconds(to)}`] : []),
  ];
  return parts.length > 0 ? parts.join(' ') : 'of all time';
}

/** A moment in ISO 8601, without fractions of a second where they are zero. */
export function inSeconds(moment: number): string {
  return new Date(moment).toISOString().replace('.000Z', 'Z');
}
