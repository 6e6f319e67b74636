import type { Rate } from '../pace/schedule.js';
import type { Imperfections } from './imperfections.js';

/** All that decides on a run's events but the dataset, as plain data: each thread makes the same events of it. */
export interface GenerationPlan {
  /** The seed's 32-bit words. */
  readonly words: readonly number[];
  readonly times: EventTimes;
  /** How many events in all; can be infinite. */
  readonly amount: number;
  /** Whether blocks carry the partition keys. */
  readonly keys: boolean;
  readonly imperfections: Imperfections;
}

/** When events happen. */
export type EventTimes =
  /** A millisecond after the one before, from the reference date on. */
  | { readonly kind: 'reference' }
  /** When they are made. */
  | { readonly kind: 'clock' }
  /** When they are to start by their schedule, which begins at `begin`, in milliseconds since 1970. */
  | { readonly kind: 'schedule'; readonly rate: Rate; readonly begin: number };

/**
 * Events that share a seeding. A block depends on the seed and its number alone, so whoever makes it, in whatever
 * order, makes the same events.
 */
export const BLOCK = 1_000;

/** When the first event of a seeded run happens. */
export const REFERENCE_DATE = new Date('2026-01-01T00:00:00.000Z');

/** Words of 32 bits for a seed of up to 2^53 - 1. */
export function seedWords(
  seed: number = Math.floor(Math.random() * Number.MAX_SAFE_INTEGER),
): readonly number[] {
  return [seed % 2 ** 32, Math.floor(seed / 2 ** 32)];
}
