import type { AthenaError } from '@aws-sdk/client-athena';
import type { Statistics } from './statistics.js';

/** Whose fault a failure is, as Athena sees it. */
export type FailureCategory = 'system' | 'user' | 'other';

export interface QueryFailure {
  /** Absent where Athena took the statement not even as far as the queue. */
  readonly executionId?: string | undefined;
  /** Athena's own words. */
  readonly reason: string;
  readonly category: FailureCategory;
  /** Athena's number for the kind of error. @see https://docs.aws.amazon.com/athena/latest/ug/error-reference.html */
  readonly errorType?: number | undefined;
  /** Whether Athena thinks that the same statement may succeed later. */
  readonly retryable: boolean;
  /** Absent where it never ran. */
  readonly statistics?: Statistics | undefined;
}

/** A query that Athena could not run to its end, or refused to start. */
export class QueryFailedError extends Error {
  override readonly name = 'QueryFailedError';
  readonly code = 'QUERY_FAILED';
  readonly executionId: string | undefined;
  readonly reason: string;
  readonly category: FailureCategory;
  readonly errorType: number | undefined;
  readonly retryable: boolean;
  readonly statistics: Statistics | undefined;

  constructor(failure: QueryFailure, options?: ErrorOptions) {
    super(failure.reason, options);
    this.executionId = failure.executionId;
    this.reason = failure.reason;
    this.category = failure.category;
    this.errorType = failure.errorType;
    this.retryable = failure.retryable;
    this.statistics = failure.statistics;
  }
}

/** What Athena's error record says, in words. */
export function describeAthenaError(
  error: AthenaError | undefined,
): Pick<QueryFailure, 'category' | 'errorType' | 'retryable'> {
  const category = CATEGORIES[error?.ErrorCategory ?? 0] ?? 'other';
  return { category, errorType: error?.ErrorType, retryable: error?.Retryable ?? false };
}

/** By Athena's numbers, 1 to 3. */
const CATEGORIES: readonly (FailureCategory | undefined)[] = [undefined, 'system', 'user', 'other'];
