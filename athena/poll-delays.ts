/** How long to wait between two looks at a query, in milliseconds. */
export interface Polling {
  readonly first: number;
  readonly longest: number;
  /**
   * How much longer each is than the one before.
   * @default 1.5
   */
  readonly growth?: number;
}

/** Few calls for a long query, little waiting for a short one; an account has 100 calls a second. */
export const DEFAULT_POLLING: Polling = { first: 50, longest: 2_000 };

/** Of Athena on this machine, which can be asked often: nobody waits for more than 10 ms and a thirtieth of a query. */
export const LOCAL_POLLING: Polling = { first: 10, longest: 200, growth: 1.03 };

/** Delays that grow each time. */
export function* pollDelays({ first, longest, growth = 1.5 }: Polling): Generator<number, never, undefined> {
  for (let delay = first; ; delay = Math.min(longest, delay * growth)) yield delay;
}
