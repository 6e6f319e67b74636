/** What is to be wrong on purpose with generated events. Shares are parts of all events, 0 to 1. */
export interface Imperfections {
  /** Events whose time column says a time that lies `by` milliseconds before. */
  readonly late?: { readonly share: number; readonly by: number } | undefined;
  /** Events that are sent again, byte for byte, a little later: in the place of another event. */
  readonly duplicates?: number | undefined;
  /** Events whose text breaks off, so that it is no JSON. */
  readonly malformed?: number | undefined;
  /** Which partition keys events have, where some have more than others. */
  readonly hotKeys?: HotKeys | undefined;
}

/**
 * Where the partition key is the event's identity, events keep their identity, and only the key that they are sent
 * under is hot; else the event says the hot key too.
 */
export type HotKeys =
  /** So many events are on one key. */
  | { readonly kind: 'share'; readonly share: number }
  /** All events are on so many keys, by Zipf's law: the key of rank r is used in proportion to 1 / r^exponent. */
  | { readonly kind: 'zipf'; readonly exponent: number; readonly keys: number };

/** Whether nothing is to be wrong. */
export function isPerfect({ late, duplicates, malformed, hotKeys }: Imperfections): boolean {
  return late === undefined && !duplicates && !malformed && hotKeys === undefined;
}

/** @throws RangeError where something is asked for that cannot be. */
export function checkImperfections({ late, duplicates = 0, malformed = 0, hotKeys }: Imperfections): void {
  const shares = { late: late?.share ?? 0, duplicates, malformed };
  for (const [name, share] of Object.entries(shares)) checkShare(name, share);
  if (late && !(late.by > 0 && Number.isFinite(late.by)))
    throw new RangeError(`Late events have to be late by more than 0 ms, not ${late.by}.`);
  if (hotKeys?.kind === 'share') checkShare('hot key', hotKeys.share);
  if (hotKeys?.kind === 'zipf') {
    const { exponent, keys } = hotKeys;
    if (!(exponent >= 0 && Number.isFinite(exponent)))
      throw new RangeError(`Zipf's exponent is 0 or more, not ${exponent}.`);
    if (!(Number.isSafeInteger(keys) && keys >= 1 && keys <= MAX_KEYS))
      throw new RangeError(`Zipf's keys are 1 to ${MAX_KEYS}, not ${keys}.`);
  }
}

/** A number a key is kept. */
const MAX_KEYS = 10_000_000;

function checkShare(name: string, share: number): void {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`The share of ${name} is 0 to 1, not ${share}.`);
}
