import type { ProduceReport } from './produce-report.js';
import type { RefusedEvent } from './refusal.js';
import { LatencyHistogram } from './tell/latency.js';
import { FailureTally } from './write/tally.js';
import type { WriteReport } from './write/write-report.js';

/** Counts events: those that were taken, those that can never be sent, and how long the others took. */
export class EventTally {
  readonly #latency = new LatencyHistogram();
  readonly #refusals = new FailureTally();
  #taken = 0;
  #refused = 0;

  /** Events taken so far, which is also the number of the next. */
  get taken(): number {
    return this.#taken;
  }

  take(events: number): void {
    this.#taken += events;
  }

  refuse({ code, message }: Pick<RefusedEvent, 'code' | 'message'>): void {
    this.#refused++;
    this.#refusals.add(code, message, 1);
  }

  /** @param starts pairs of a time in milliseconds and the number of events that were to start then. */
  acknowledge(starts: readonly number[], now: number): void {
    for (let index = 0; index < starts.length; index += 2)
      this.#latency.record(now - (starts[index] ?? now), starts[index + 1] ?? 0);
  }

  /** @param isKept whether what the writer gave up is kept in a journal. */
  report({ taken: _, failed, failures, ...written }: WriteReport, isKept: boolean): ProduceReport {
    return {
      ...written,
      taken: this.#taken,
      refused: this.#refused,
      failed: isKept ? 0 : failed,
      spilled: isKept ? failed : 0,
      failures: [...this.#refusals.counts(), ...failures],
      latency: { p50: this.#latency.percentile(50), p99: this.#latency.percentile(99) },
    };
  }
}
