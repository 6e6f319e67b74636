import type { FailureCount, WriteReport } from './write-report.js';
import type { Settled } from './writer-options.js';

/** The counts of a writer. */
export class Tally {
  taken = 0;
  retried = 0;
  throttled = 0;
  requests = 0;
  #acknowledged = 0;
  #failed = 0;
  #possiblyDuplicated = 0;
  #possiblyDelivered = 0;
  #bytes = 0;
  readonly #failures = new Map<string, { message: string; records: number }>();

  /** Counts the end of a record. */
  settle({ bytes, answerLost }: { bytes: number; answerLost: boolean }, settled: Settled): void {
    if (settled.kind === 'acknowledged') {
      this.#acknowledged++;
      this.#bytes += bytes;
      if (answerLost) this.#possiblyDuplicated++;
      return;
    }
    this.#failed++;
    if (answerLost) this.#possiblyDelivered++;
    const failure = this.#failures.get(settled.code);
    if (failure) failure.records++;
    else this.#failures.set(settled.code, { message: settled.message, records: 1 });
  }

  report(fatal: unknown): WriteReport {
    const failures: FailureCount[] = [...this.#failures].map(([code, failure]) => ({ code, ...failure }));
    return {
      taken: this.taken,
      acknowledged: this.#acknowledged,
      failed: this.#failed,
      retried: this.retried,
      throttled: this.throttled,
      possiblyDuplicated: this.#possiblyDuplicated,
      possiblyDelivered: this.#possiblyDelivered,
      requests: this.requests,
      bytes: this.#bytes,
      failures: failures.sort((one, other) => other.records - one.records),
      ...(fatal !== undefined && { fatal }),
    };
  }
}
