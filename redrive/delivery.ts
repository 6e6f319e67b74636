import type { EventLine } from '../producer/event-line.js';
import { EventProducer } from '../producer/event-producer.js';
import type { EventProducerOptions } from '../producer/event-producer-options.js';
import { keyHash } from '../producer/key-hash.js';
import type { ProduceReport } from '../producer/produce-report.js';
import { WriterStoppedError } from '../producer/write/writer-stopped-error.js';

/** Sends events some at a time, and says of each whether the stream has it. */
export class Delivery {
  readonly #producer: EventProducer;
  /** Whether the stream has each of the events that were taken last. */
  #acknowledged: boolean[] = [];
  #first = 0;
  #isOver = false;

  constructor(options: Omit<EventProducerOptions, 'onSettled' | 'onRefused' | 'journal'>) {
    this.#producer = new EventProducer({
      ...options,
      onSettled: (events, { kind }) => {
        for (const event of events) this.#acknowledged[event - this.#first] = kind === 'acknowledged';
      },
    });
  }

  /**
   * Sends events and waits for the end of each; gives for each whether it was acknowledged. What was not is in the
   * report.
   */
  async deliver(events: readonly EventLine[]): Promise<readonly boolean[]> {
    this.#acknowledged = new Array(events.length).fill(false);
    let end = 0;
    try {
      await this.#producer.putBlock({
        first: this.#first,
        lines: Buffer.concat(events.map(({ bytes }) => bytes)),
        ends: Uint32Array.from(events, ({ bytes }) => (end += bytes.length)),
        hashes: Uint32Array.from(events, ({ key }) => keyHash(key)),
        keys: events.map(({ key }) => key),
      });
      await this.#producer.flush();
    } catch (error) {
      // Why it stopped is in the report.
      if (!(error instanceof WriterStoppedError)) throw error;
      this.#isOver = true;
      return this.#acknowledged;
    }
    this.#first += events.length;
    this.#isOver = this.#acknowledged.includes(false);
    return this.#acknowledged;
  }

  /** Whether the stream takes no more: it is not there, lets nobody in, or was given up on. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Gives up at once on what is not acknowledged. */
  abandon(): void {
    this.#producer.abandon();
  }

  report(): ProduceReport {
    return this.#producer.report();
  }

  close(): Promise<ProduceReport> {
    return this.#producer.close();
  }
}
