import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryExecution } from '@aws-sdk/client-athena';
import type { AthenaApi } from './athena-api.js';
import { QueryCancelledError } from './error/query-cancelled-error.js';
import { describeAthenaError, queryFailedError } from './error/query-failed-error.js';
import { ScanLimitError } from './error/scan-limit-error.js';
import { orAborted } from './or-aborted.js';
import { DEFAULT_POLLING, pollDelays } from './poll-delays.js';
import type { QueryOptions, SessionSettings } from './session-options.js';
import { type Statistics, statisticsOf } from './statistics.js';

interface Waiting
  extends Pick<QueryOptions, 'signal' | 'maxScan' | 'onProgress'>,
    Partial<Record<'polling', SessionSettings['polling'] | undefined>>,
    Partial<Record<'wait', SessionSettings['wait'] | undefined>> {
  /** Hears of the execution once, as it was last seen: at its end, or when it was told to stop. */
  readonly onEnd: (execution: QueryExecution) => void;
}

/**
 * Looks at an execution until it has succeeded.
 *
 * @throws QueryFailedError, QueryCancelledError or ScanLimitError where it has not. Whatever else goes wrong, the query
 * is told to stop before it is thrown.
 */
export async function waitForEnd(
  api: AthenaApi,
  executionId: string,
  waiting: Waiting,
): Promise<QueryExecution> {
  const { signal, onEnd, maxScan = Number.POSITIVE_INFINITY } = waiting;
  let execution: QueryExecution;
  try {
    execution = await watch(api, executionId, maxScan, waiting);
  } catch (error) {
    const stopped = await stopExecution(api, executionId, onEnd);
    if (!signal?.aborted) throw error;
    throw new QueryCancelledError({ executionId, ...stopped }, { cause: signal.reason });
  }
  const state = execution.Status?.State;
  if (state !== 'SUCCEEDED' && state !== 'CANCELLED' && state !== 'FAILED') {
    const { statistics, stopError } = await stopExecution(api, executionId, onEnd);
    throw new ScanLimitError(executionId, maxScan, statistics, stopError);
  }
  onEnd(execution);
  if (state === 'FAILED') throw failed(executionId, execution);
  if (state === 'CANCELLED') throw cancelled(executionId, execution);
  return execution;
}

/** Looks until it has ended, or has read more than it may. */
async function watch(
  api: AthenaApi,
  executionId: string,
  maxScan: number,
  { signal, onProgress, polling = DEFAULT_POLLING, wait = realWait }: Waiting,
): Promise<QueryExecution> {
  const delays = pollDelays(polling);
  for (let failedBefore = false; ; ) {
    await wait(delays.next().value, signal);
    const seen = api.execution({ QueryExecutionId: executionId }, signal);
    const { QueryExecution: execution = {} } = await orAborted(seen, signal);
    const statistics = statisticsOf(execution);
    const state = execution.Status?.State ?? 'QUEUED';
    onProgress?.({ executionId, state, statistics });
    if (state === 'SUCCEEDED' || state === 'CANCELLED') return execution;
    // Athena runs some of these again by itself: a failure that may pass is one when it is seen twice.
    if (state === 'FAILED' && (failedBefore || !execution.Status?.AthenaError?.Retryable)) return execution;
    if (state !== 'FAILED' && statistics.bytesScanned > maxScan) return execution;
    failedBefore = state === 'FAILED';
  }
}

const realWait = (milliseconds: number, signal: AbortSignal | undefined) =>
  sleep(milliseconds, undefined, signal ? { signal } : {});

interface Stopped {
  /** What it took until then; undefined where that is not known. */
  readonly statistics?: Statistics;
  readonly manifest?: string | undefined;
  /** Why it could not be told to stop. */
  readonly stopError?: unknown;
}

/** Stops the query, and says what it took until then where Athena still tells. */
async function stopExecution(
  api: AthenaApi,
  executionId: string,
  onEnd: (execution: QueryExecution) => void,
): Promise<Stopped> {
  try {
    await api.stop({ QueryExecutionId: executionId });
  } catch (stopError) {
    return { stopError };
  }
  const seen = await api.execution({ QueryExecutionId: executionId }).catch(() => undefined);
  if (!seen?.QueryExecution) return {};
  onEnd({ ...seen.QueryExecution, Status: { ...seen.QueryExecution.Status, State: 'CANCELLED' } });
  return {
    statistics: statisticsOf(seen.QueryExecution),
    manifest: seen.QueryExecution.Statistics?.DataManifestLocation,
  };
}

function failed(executionId: string, execution: QueryExecution) {
  const { StateChangeReason, AthenaError } = execution.Status ?? {};
  return queryFailedError({
    executionId,
    reason: StateChangeReason ?? AthenaError?.ErrorMessage ?? 'Athena gave no reason.',
    ...describeAthenaError(AthenaError),
    statistics: statisticsOf(execution),
    manifest: execution.Statistics?.DataManifestLocation,
  });
}

function cancelled(executionId: string, execution: QueryExecution): QueryCancelledError {
  return new QueryCancelledError({
    executionId,
    reason: execution.Status?.StateChangeReason,
    statistics: statisticsOf(execution),
    manifest: execution.Statistics?.DataManifestLocation,
  });
}
