import type { Statistics } from '../statistics.js';

/** A query that was cancelled: by the caller's signal (whose reason is the `cause`), or by somebody else. */
export class QueryCancelledError extends Error {
  override readonly name: string = 'QueryCancelledError';
  readonly code: string = 'QUERY_CANCELLED';
  /** Absent where it was cancelled before it began. */
  readonly executionId: string | undefined;
  /** Why Athena says that it stopped, such as a workgroup's limit; absent where the caller did. */
  readonly reason: string | undefined;
  /** What it took until then; absent where it is not known. */
  readonly statistics: Statistics | undefined;
  /** Why Athena could not be told to stop it, so that it may still run and cost; absent where it was told. */
  readonly stopError: unknown;
  /** Where what it wrote is listed; absent where nothing is known to be written. */
  readonly manifest: string | undefined;

  constructor(
    cancelled: {
      executionId?: string;
      reason?: string | undefined;
      statistics?: Statistics | undefined;
      stopError?: unknown;
      manifest?: string | undefined;
    },
    options?: ErrorOptions,
  ) {
    const { executionId, reason, statistics, stopError, manifest } = cancelled;
    const why = reason === undefined ? '' : `: ${reason.replace(/\.$/, '')}`;
    super(
      executionId ? `Query ${executionId} was cancelled${why}.` : 'The query was cancelled before it began.',
      options,
    );
    this.executionId = executionId;
    this.reason = reason;
    this.statistics = statistics;
    this.stopError = stopError;
    this.manifest = manifest;
  }
}
