import type { AthenaError } from '@aws-sdk/client-athena';
import type { Statistics } from '../statistics.js';

/** Whose fault a failure is, as Athena sees it. */
export type FailureCategory = 'system' | 'user' | 'other';

/** A place in a statement, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

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
  /** Where what it wrote is listed; absent where nothing is known to be written. */
  readonly manifest?: string | undefined;
}

/** A query that Athena could not run to its end, or refused to start. One of the classes below says which it was. */
export class QueryFailedError extends Error {
  override readonly name: string = 'QueryFailedError';
  readonly code = 'QUERY_FAILED';
  readonly executionId: string | undefined;
  readonly reason: string;
  readonly category: FailureCategory;
  readonly errorType: number | undefined;
  readonly retryable: boolean;
  readonly statistics: Statistics | undefined;
  readonly manifest: string | undefined;
  /** The engine's name of the error that the reason begins with, such as `TABLE_NOT_FOUND`. */
  readonly errorName: string | undefined;
  /** Where in the statement it is, if the reason says so. */
  readonly position: Position | undefined;

  constructor(failure: QueryFailure, options?: ErrorOptions) {
    super(failure.reason, options);
    this.executionId = failure.executionId;
    this.reason = failure.reason;
    this.category = failure.category;
    this.errorType = failure.errorType;
    this.retryable = failure.retryable;
    this.statistics = failure.statistics;
    this.manifest = failure.manifest;
    this.errorName = /^([A-Z][A-Z0-9_]+):/.exec(failure.reason)?.[1];
    this.position = positionIn(failure.reason);
  }
}

/** The statement is at fault: it will fail again. */
export class UserQueryError extends QueryFailedError {
  override readonly name = 'UserQueryError';
}

/** Athena, or what it stands on, is at fault. */
export class SystemQueryError extends QueryFailedError {
  override readonly name: string = 'SystemQueryError';
}

/** Athena says that the same statement may succeed later. */
export class RetryableQueryError extends SystemQueryError {
  override readonly name = 'RetryableQueryError';
}

/** The error of a failure, in its class. */
export function queryFailedError(failure: QueryFailure, options?: ErrorOptions): QueryFailedError {
  if (failure.retryable) return new RetryableQueryError(failure, options);
  if (failure.category === 'user') return new UserQueryError(failure, options);
  if (failure.category === 'system') return new SystemQueryError(failure, options);
  return new QueryFailedError(failure, options);
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

/** In `line 1:15: …`, as Trino and Hive's parser write it. */
function positionIn(reason: string): Position | undefined {
  const [, line, column] = /\bline (\d+):(\d+)/.exec(reason) ?? [];
  return line === undefined || column === undefined
    ? undefined
    : { line: Number(line), column: Number(column) };
}
