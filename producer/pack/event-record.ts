import type { KinesisRecord } from '../write/kinesis-record.js';

/** A Kinesis record made of events. */
export interface EventRecord extends KinesisRecord {
  /** Which events, by the number that they were given when they were taken; in their order. */
  readonly events: readonly number[];
  /** When they were to start: in turn a time in milliseconds and how many events started then. */
  readonly starts: readonly number[];
}
