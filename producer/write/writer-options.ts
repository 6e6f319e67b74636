import { type Backoff, DEFAULT_BACKOFF } from './backoff.js';
import type { SendPutRecords } from './kinesis-connection.js';
import type { KinesisRecord } from './kinesis-record.js';
import type { Acknowledged } from './outcome.js';
import { realTimers, type Timers } from './timers.js';

/** How a record ended: on the stream, or given up for a reason. */
export type Settled = Acknowledged | GivenUp;

export interface GivenUp {
  readonly kind: 'failed';
  readonly code: string;
  readonly message: string;
}

export interface WriterOptions<R extends KinesisRecord> {
  readonly streamName: string;
  /** Sends one request; `connectKinesis` makes one. */
  readonly send: SendPutRecords;
  /** Called once for each record taken, when its end is known. An error that it throws ends the writing. */
  readonly onSettled?: ((record: R, settled: Settled) => void) | undefined;
  /** Called for each Kinesis record that is acknowledged, with the bytes of its data: records of a lane may be joined. */
  readonly onDelivered?: ((bytes: number) => void) | undefined;
  /** Called when the writing has ended before its time: no record is taken any more. */
  readonly onFatal?: ((error: unknown) => void) | undefined;
  /** Events in a record: what the report counts. @default - every record is one. */
  readonly eventsOf?: (record: R) => number;
  /**
   * Whether the records of a lane arrive in the order in which they were put: one at a time, and each before the next,
   * whatever fails. A record that is sent again because its answer was lost can be there twice; keeping the first of
   * each gives the order back.
   * @default true
   */
  readonly inOrder?: boolean;
  /**
   * Whether a lane that has given up a record gives up those after it as well, for somebody to send them all later in
   * their order.
   * @default false
   */
  readonly closeLaneOnGiveUp?: boolean;
  /** Requests under way at a time. @default 8 */
  readonly maxInFlight?: number;
  /** Bytes held before `put` waits; a single larger record is still taken. @default DEFAULT_MAX_BUFFER */
  readonly maxBuffer?: number;
  /** Milliseconds that a record waits at most for others to fill its request. @default 0 */
  readonly linger?: number;
  /** Milliseconds after its first failure until a record is given up. @default Infinity */
  readonly maxRetryTime?: number;
  /** @default 50 ms, doubling to 2 s, with full jitter. */
  readonly backoff?: Backoff;
  /** @default - the real clock. */
  readonly timers?: Timers;
  /** @default Math.random */
  readonly random?: () => number;
}

/** Options with their defaults filled in; only those that are called may be absent. */
export type CompleteOptions<R extends KinesisRecord> = Required<
  Omit<WriterOptions<R>, 'onSettled' | 'onDelivered' | 'onFatal'>
> &
  Pick<WriterOptions<R>, 'onSettled' | 'onDelivered' | 'onFatal'>;

export function completeOptions<R extends KinesisRecord>(options: WriterOptions<R>): CompleteOptions<R> {
  return {
    eventsOf: () => 1,
    inOrder: true,
    closeLaneOnGiveUp: false,
    maxInFlight: 8,
    maxBuffer: DEFAULT_MAX_BUFFER,
    linger: 0,
    maxRetryTime: Number.POSITIVE_INFINITY,
    backoff: DEFAULT_BACKOFF,
    timers: realTimers,
    random: Math.random,
    ...options,
  };
}

export const DEFAULT_MAX_BUFFER = 64 * 1_024 * 1_024;
