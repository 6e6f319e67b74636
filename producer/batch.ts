import { LIMITS } from './limits.js';

/** Anything that counts against a request's limits, in bytes. */
export interface Sized {
  readonly bytes: number;
}

/** The beginning of a queue that fits into one request. */
export interface Batch {
  /** How many fit. */
  readonly count: number;
  /** Whether the limits would let no more in, or the next one not. */
  readonly full: boolean;
}

/** How much of a queue fits into one PutRecords request. A first record that alone is too large is let through. */
export function nextBatch(queue: readonly Sized[]): Batch {
  let bytes = 0;
  let count = 0;
  for (const record of queue) {
    bytes += record.bytes;
    if (count === LIMITS.recordsPerRequest || (count > 0 && bytes > LIMITS.bytesPerRequest)) {
      return { count, full: true };
    }
    count++;
  }
  return { count, full: count === LIMITS.recordsPerRequest };
}
