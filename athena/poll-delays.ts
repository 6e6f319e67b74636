/** How long to wait between two looks at a query, in milliseconds. */
export interface Polling {
  readonly first: number;
  readonly longest: number;
}

/** Few calls for a long query, little waiting for a short one; an account has 100 calls a second. */
export const DEFAULT_POLLING: Polling = { first: 50, longest: 2_000 };

/** Of Athena on this machine, which can be asked as often as one likes. */
export const LOCAL_POLLING: Polling = { first: 10, longest: 20 };

/** Delays that grow by half each time. */
export function* pollDelays({ first, longest }: Polling): Generator<number, never, undefined> {
  for (let delay = first; ; delay = Math.min(longest, delay * 1.5)) yield delay;
}
