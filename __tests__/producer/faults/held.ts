import type { EventBlock } from '../../../producer/event-block.js';
import type { Ending } from './accounting.js';
import type { Workload } from './workload.js';

/** What a producer has taken and not told the end of, as its caller sees it. */
export class Held {
  /** By event. */
  readonly endings: (Ending | undefined)[] = [];
  /** The most bytes at a time. */
  most = 0;
  #bytes = 0;

  constructor(private readonly workload: Workload) {}

  taken({ lines }: Pick<EventBlock, 'lines'>): void {
    this.#bytes += lines.length;
    this.most = Math.max(this.most, this.#bytes);
  }

  /** @throws where an event has ended before. */
  settled(events: readonly number[], ending: Ending): void {
    for (const id of events) {
      if (this.endings[id] !== undefined) throw new Error(`The end of event ${id} was told twice.`);
      this.endings[id] = ending;
      this.#bytes -= this.workload.line(id).length;
    }
  }
}
