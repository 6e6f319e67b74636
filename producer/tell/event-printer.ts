import type { EventBlock } from '../event-block.js';
import type { Settled } from '../write/writer-options.js';

/**
 * Prints events as JSON lines once they are acknowledged, in the order in which they were taken: one that is
 * acknowledged early waits for those before it, and one that failed is left out. For small amounts: what waits is held
 * in memory.
 */
export class EventPrinter {
  /** Lines of events whose end is not known; empty where nothing is to be printed. */
  readonly #lines = new Map<number, string>();
  readonly #settled = new Set<number>();
  #next = 0;

  /** @param print takes a line with its line feed. */
  constructor(private readonly print: (line: string) => void) {}

  /** Events are about to be sent. @param first the number of the first. */
  taken({ lines, ends }: EventBlock, first: number): void {
    let start = 0;
    for (const [offset, end] of ends.entries()) {
      this.#lines.set(first + offset, Buffer.from(lines.subarray(start, end)).toString());
      start = end;
    }
  }

  /** The end of events is known. */
  settled(events: readonly number[], { kind }: Pick<Settled, 'kind'>): void {
    for (const event of events) {
      if (kind !== 'acknowledged') this.#lines.set(event, '');
      this.#settled.add(event);
    }
    for (; this.#settled.delete(this.#next); this.#next++) {
      const line = this.#lines.get(this.#next);
      this.#lines.delete(this.#next);
      if (line) this.print(line);
    }
  }
}
