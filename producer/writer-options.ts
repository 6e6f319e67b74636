import { type Backoff, DEFAULT_BACKOFF } from './backoff.js';
import type { SendPutRecords } from './kinesis-connection.js';
import type { KinesisRecord } from './kinesis-record.js';
import type { Acknowledged } from './outcome.js';
import { realTimers, type Timers } from './timers.js';

/** How a record ended: on the stream, or given up for a reason. */
export type Settled =
  | Acknowledged
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

export interface WriterOptions<R extends KinesisRecord> {
  readonly streamName: string;
  /** Sends one request; `connectKinesis` makes one. */
  readonly send: SendPutRecords;
  /** Called once for each record taken, when its end is known. */
  readonly onSettled?: ((record: R, settled: Settled) => void) | undefined;
  /** Requests under way at a time. @default 8 */
  readonly maxInFlight?: number;
  /** Records held, waiting and under way together, before `put` waits. @default 10,000 */
  readonly maxBufferRecords?: number;
  /** Bytes held before `put` waits; a single larger record is still taken. @default 32 MiB */
  readonly maxBufferBytes?: number;
  /** Milliseconds that a record waits at most for others to fill its request. @default 100 */
  readonly linger?: number;
  /** Milliseconds after its first failure until a record is given up. @default 300,000 (5 minutes) */
  readonly maxRetryTime?: number;
  /** @default 50 ms, doubling to 5 s, with full jitter. */
  readonly backoff?: Backoff;
  /** @default - the real clock. */
  readonly timers?: Timers;
  /** @default Math.random */
  readonly random?: () => number;
}

/** Options with their defaults filled in; only `onSettled` may be absent. */
export type CompleteOptions<R extends KinesisRecord> = Required<Omit<WriterOptions<R>, 'onSettled'>> &
  Pick<WriterOptions<R>, 'onSettled'>;

export function completeOptions<R extends KinesisRecord>(options: WriterOptions<R>): CompleteOptions<R> {
  return {
    maxInFlight: 8,
    maxBufferRecords: 10_000,
    maxBufferBytes: 32 * 1_024 * 1_024,
    linger: 100,
    maxRetryTime: 300_000,
    backoff: DEFAULT_BACKOFF,
    timers: realTimers,
    random: Math.random,
    ...options,
  };
}
