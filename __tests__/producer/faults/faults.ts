/** What goes wrong with a stream. Shares are from 0 to 1; moments are milliseconds of the stream's clock. */
export interface Faults {
  /** Shares of records that fail though there is room for them. */
  readonly records?: { readonly throttled?: number; readonly internalFailure?: number };
  /** Shares of requests that go wrong as a whole, one way each. */
  readonly requests?: { readonly [Way in RequestFault]?: number };
  /** Shards, or all of them, that take nothing for a time, or ever. */
  readonly throttled?: readonly Throttled[];
  /** Another writer, who uses up a share of every shard's budget. */
  readonly rival?: { readonly share: number } & Span;
  /** Splits and merges, in the order of their moments. */
  readonly reshards?: readonly Reshard[];
  /** What the first requests are refused with, and those from a number (counted from 1) on. */
  readonly access?: { readonly expiredFirst?: number; readonly deniedFrom?: number };
}

/** A way in which a request goes wrong as a whole. */
export type RequestFault =
  /** HTTP 500 or 503, after half of which the records are on the stream all the same. */
  | 'serverError'
  /** The connection breaks before the records are taken. */
  | 'resetBefore'
  /** The connection breaks after the records were taken, before or within the answer. */
  | 'resetAfter'
  /** HTTP 200 with an empty body or an empty object; the records are taken in half of them. So with the next two. */
  | 'empty'
  /** HTTP 200 with fewer entries than records were sent. */
  | 'short'
  /** HTTP 200 with what is no answer at all. */
  | 'garbage';

/** A time: from its first moment on, up to before its last. */
export interface Span {
  /** @default - from the start. */
  readonly from?: number;
  /** @default - without an end. */
  readonly until?: number;
}

export interface Throttled extends Span {
  /** Number of the shard. @default - every shard. */
  readonly shard?: number;
}

export type Reshard =
  | { readonly at: number; readonly split: number }
  | { readonly at: number; readonly merge: readonly [lower: number, upper: number] };

export function isWithin({ from = 0, until = Number.POSITIVE_INFINITY }: Span, moment: number): boolean {
  return moment >= from && moment < until;
}

/** Which fault a request meets. */
export function requestFault({ requests = {} }: Faults, dice: number): RequestFault | undefined {
  let below = 0;
  for (const way of WAYS) {
    below += requests[way] ?? 0;
    if (dice < below) return way;
  }
  return undefined;
}

const WAYS: readonly RequestFault[] = [
  'serverError',
  'resetBefore',
  'resetAfter',
  'empty',
  'short',
  'garbage',
];
