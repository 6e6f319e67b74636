import type { JsonEvent } from './pack.js';
import type { Settled } from './writer-options.js';

/**
 * Prints events as JSON lines once they are acknowledged, in the order in which they were made: one that is
 * acknowledged early waits for those before it, and one that failed is left out. For small amounts: what waits is held
 * in memory.
 */
export class EventPrinter {
  readonly #waiting = new Map<number, string>();
  #next = 0;

  /** @param print takes a line with its line feed. */
  constructor(private readonly print: (line: string) => void) {}

  settled(event: JsonEvent, index: number, { kind }: Settled): void {
    this.#waiting.set(index, kind === 'acknowledged' ? `${JSON.stringify(event)}\n` : '');
    for (let line = this.#waiting.get(this.#next); line !== undefined; line = this.#waiting.get(this.#next)) {
      this.#waiting.delete(this.#next++);
      if (line !== '') this.print(line);
    }
  }
}
