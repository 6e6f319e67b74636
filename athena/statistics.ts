import type { QueryExecution } from '@aws-sdk/client-athena';

/** What an execution took, as Athena counts it. */
export interface Statistics {
  /** Milliseconds in the queue. */
  readonly queued: number;
  /** Milliseconds that the engine ran. */
  readonly run: number;
  /** Milliseconds from start to end. */
  readonly total: number;
  /** Bytes read from S3, which is what is paid for. */
  readonly bytesScanned: number;
  /** Whether it is an earlier query's result, for which nothing was read. */
  readonly reused: boolean;
}

export function statisticsOf(execution: QueryExecution | undefined): Statistics {
  const statistics = execution?.Statistics;
  return {
    queued: statistics?.QueryQueueTimeInMillis ?? 0,
    run: statistics?.EngineExecutionTimeInMillis ?? 0,
    total: statistics?.TotalExecutionTimeInMillis ?? 0,
    bytesScanned: statistics?.DataScannedInBytes ?? 0,
    reused: statistics?.ResultReuseInformation?.ReusedPreviousResult ?? false,
  };
}
