import type { Statistics } from '../statistics.js';
import { QueryCancelledError } from './query-cancelled-error.js';

/** A query that was stopped since it had read more than its caller allowed. */
export class ScanLimitError extends QueryCancelledError {
  override readonly name = 'ScanLimitError';
  override readonly code = 'SCAN_LIMIT';
  constructor(
    executionId: string,
    /** Bytes that were allowed. */
    readonly limit: number,
    /** What it took until then, as far as is known. */
    statistics: Statistics | undefined,
    stopError?: unknown,
  ) {
    const reason = `it had read more than the ${limit.toLocaleString('en')} bytes that were allowed`;
    super({ executionId, reason, statistics, stopError });
  }
}
