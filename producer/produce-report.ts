import type { WriteReport } from './write/write-report.js';

/**
 * What became of the events: `taken` is `acknowledged + refused + failed + spilled` once the end of all is known.
 */
export interface ProduceReport extends WriteReport {
  /** Events that can never be sent. */
  readonly refused: number;
  /** Events given up, and kept in the journal. */
  readonly spilled: number;
  /** Milliseconds from when events were to start until they were acknowledged. */
  readonly latency: { readonly p50: number; readonly p99: number };
}
