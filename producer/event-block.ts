import type { ImperfectEvent } from './generate/imperfect-event.js';
import type { RefusedEvent } from './refusal.js';

/** Consecutive events, serialized: what sources make and the producer takes. */
export interface EventBlock {
  /** Index of the first event, counted from 0 over the run; refused events count. */
  readonly first: number;
  /** The events' JSON, one a line, each with its line feed, as UTF-8, one after another. */
  readonly lines: Uint8Array;
  /**
   * Where each event's line ends in `lines`, exclusive. Its length is the number of events. The line of a refused
   * event is empty: it ends where the one before it ends.
   */
  readonly ends: Uint32Array;
  /** The first 32 bits, big-endian, of the MD5 of each event's partition key as UTF-8, as Kinesis hashes it. */
  readonly hashes: Uint32Array;
  /** The partition keys, only where asked for: records of one event each carry them. Empty for a refused event. */
  readonly keys?: readonly string[];
  /** Events that are malformed on purpose (offsets, ascending): each travels in a record of its own. */
  readonly alone?: readonly number[];
  /** Events that can never be sent (offsets, ascending). */
  readonly refused?: readonly RefusedEvent[];
  /** Events that were made imperfect on purpose (offsets, ascending); one event can be named more than once. */
  readonly imperfect?: readonly ImperfectEvent[];
}

export type { RefusedEvent } from './refusal.js';
