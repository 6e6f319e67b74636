/** How waits grow between tries, in milliseconds. */
export interface Backoff {
  /** The longest that the first wait can be. */
  readonly base: number;
  /** The longest that any wait can be. */
  readonly cap: number;
}

export const DEFAULT_BACKOFF: Backoff = { base: 50, cap: 2_000 };

/**
 * How long to wait before the next try, in milliseconds: exponential, with full jitter, so that writers that failed
 * together do not come back together.
 *
 * @param failures how often it has failed, 1 or more.
 * @param random gives a number from 0 to 1, as `Math.random` does.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function retryDelay(failures: number, random: () => number, { base, cap } = DEFAULT_BACKOFF): number {
  return random() * Math.min(cap, base * 2 ** (failures - 1));
}
