import type { FailureCount, WriteReport } from './write-report.js';
import type { Settled } from './writer-options.js';

/** The counts of a writer, in events. */
export class Tally {
  taken = 0;
  retried = 0;
  throttled = 0;
  requests = 0;
  #acknowledged = 0;
  #failed = 0;
  #possiblyDuplicated = 0;
  #possiblyDelivered = 0;
  #records = 0;
  #bytes = 0;
  readonly #failures = new FailureTally();

  /** Counts a Kinesis record of so many bytes that the stream has. */
  delivered(bytes: number): void {
    this.#records++;
    this.#bytes += bytes;
  }

  /** Counts the end of so many events. */
  settle(events: number, answerLost: boolean, settled: Settled): void {
    if (settled.kind === 'acknowledged') {
      this.#acknowledged += events;
      if (answerLost) this.#possiblyDuplicated += events;
      return;
    }
    this.#failed += events;
    if (answerLost) this.#possiblyDelivered += events;
    this.#failures.add(settled.code, settled.message, events);
  }

  report(fatal: unknown): WriteReport {
    return {
      taken: this.taken,
      acknowledged: this.#acknowledged,
      failed: this.#failed,
      retried: this.retried,
      throttled: this.throttled,
      possiblyDuplicated: this.#possiblyDuplicated,
      possiblyDelivered: this.#possiblyDelivered,
      requests: this.requests,
      records: this.#records,
      bytes: this.#bytes,
      failures: this.#failures.counts(),
      ...(fatal !== undefined && { fatal }),
    };
  }
}

/** Counts events that ended badly by why they did. */
export class FailureTally {
  readonly #failures = new Map<string, { message: string; events: number }>();

  /** @param message kept where it is the first with its code. */
  add(code: string, message: string, events: number): void {
    const failure = this.#failures.get(code);
    if (failure) failure.events += events;
    else this.#failures.set(code, { message, events });
  }

  /** The most frequent first. */
  counts(): readonly FailureCount[] {
    const counts = [...this.#failures].map(([code, failure]) => ({ code, ...failure }));
    return counts.sort((one, other) => other.events - one.events);
  }
}
