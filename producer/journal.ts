import type { EventBlock } from './event-block.js';

/** What keeps events from when they are taken until they are acknowledged, so that none is lost with the process. */
export interface Journal {
  /**
   * Keeps one event; an event that can never be sent is kept as an empty line.
   * @param event its number: one more than the last.
   * @param hash the first 32 bits of its partition key's MD5; 0 where it can never be sent.
   */
  append(line: Uint8Array, event: number, hash: number): void;
  /** @param first the number of the block's first event. */
  appendBlock(block: EventBlock, first: number): void;
  /** These events need not be kept any more. Must not throw. */
  settled(events: readonly number[]): void;
}
