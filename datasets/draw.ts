import type { Pool } from './pool.js';

/**
 * Random values that cost a fraction of what faker's do, from the same seed: with them a dataset makes some ten times
 * as many events a second.
 */
export interface Draw {
  /** A random UUID (version 4), in lower case. */
  uuid(): string;
  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number;
  /** One of the values, each as likely. */
  oneOf<const T>(values: readonly T[]): T;
  /** One of a pool's values, each as likely. */
  from<T>(pool: Pool<T>): T;
}
