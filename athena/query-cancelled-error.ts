import type { Statistics } from './statistics.js';

/** A query that was cancelled: by the caller's signal (whose reason is the `cause`), or by somebody else. */
export class QueryCancelledError extends Error {
  override readonly name = 'QueryCancelledError';
  readonly code = 'QUERY_CANCELLED';
  /** Absent where it was cancelled before it began. */
  readonly executionId: string | undefined;
  /** What it took until then; absent where it is not known. */
  readonly statistics: Statistics | undefined;
  /** Why Athena could not be told to stop it, so that it may still run and cost; absent where it was told. */
  readonly stopError: unknown;

  constructor(
    cancelled: { executionId?: string; statistics?: Statistics | undefined; stopError?: unknown },
    options?: ErrorOptions,
  ) {
    const { executionId, statistics, stopError } = cancelled;
    super(
      executionId ? `Query ${executionId} was cancelled.` : 'The query was cancelled before it began.',
      options,
    );
    this.executionId = executionId;
    this.statistics = statistics;
    this.stopError = stopError;
  }
}
