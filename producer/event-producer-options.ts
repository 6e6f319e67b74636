import type { Dataset } from '../datasets/index.js';
import type { Journal } from './journal.js';
import type { EventRecord } from './pack/event-record.js';
import type { PackerOptions } from './pack/packer.js';
import type { RefusedEvent } from './refusal.js';
import type { Settled, WriterOptions } from './write/writer-options.js';

/** What a writer of events is told as it would be told by itself. */
type PassedOn = Pick<
  WriterOptions<EventRecord>,
  | 'streamName'
  | 'send'
  | 'onDelivered'
  | 'onFatal'
  | 'maxInFlight'
  | 'maxBuffer'
  | 'maxRetryTime'
  | 'backoff'
  | 'timers'
  | 'random'
>;

export interface EventProducerOptions extends PackerOptions, PassedOn {
  /** Whose events `put` takes: names the column that the partition key is in. */
  readonly dataset: Pick<Dataset, 'partitionKey'>;
  /** Keeps on disk what has been taken until it is acknowledged. @default - nothing is kept. */
  readonly journal?: Journal | undefined;
  /** Called when the end of events is known, with their numbers, counted from 0 in the order in which they were taken. */
  readonly onSettled?: (events: readonly number[], settled: Settled) => void;
  /**
   * Called for an event that can never be sent, with its number, before it is taken: an error that it throws is thrown by
   * `put` and `putBlock`, which then take nothing.
   */
  readonly onRefused?: (event: number, refused: Omit<RefusedEvent, 'offset'>) => void;
}
