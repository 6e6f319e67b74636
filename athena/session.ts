import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryExecution } from '@aws-sdk/client-athena';
import type { Connection } from '../settings/index.js';
import { type AthenaApi, connectAthena } from './athena-api.js';
import { literal, type Parameter } from './literal.js';
import { DEFAULT_POLLING, type Polling, pollDelays } from './poll-delays.js';
import { QueryCancelledError } from './query-cancelled-error.js';
import { describeAthenaError, QueryFailedError } from './query-failed-error.js';
import { QueryResult, type Row } from './result.js';
import { statisticsOf } from './statistics.js';

/** Where a session works, and how it reaches Athena: by a client of one's own, or by a connection. */
export type SessionOptions = SessionSettings &
  ({ readonly client: AthenaApi } | { readonly connection: Connection });

export interface SessionSettings {
  readonly workgroup: string;
  /** The database of tables that a statement names without one. */
  readonly database: string;
  /** @default 50 ms at first, growing to 2 s. */
  readonly polling?: Polling;
  /** Waits; a test's own, or Node's. */
  readonly wait?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<unknown>;
}

export interface QueryOptions {
  /** Stops the query on the server. */
  readonly signal?: AbortSignal | undefined;
  /** The values of the statement's `?`, in order. */
  readonly parameters?: readonly Parameter[];
}

/**
 * Runs SQL in a workgroup of Athena.
 *
 * @example
 * const session = new AthenaSession({ connection, workgroup: 'lakehouse-dev', database: 'lakehouse_dev' });
 * const result = await session.query<{ status: string; events: bigint }>(
 *   'SELECT status, count(*) AS events FROM customers WHERE status <> ? GROUP BY status',
 *   { parameters: ['Active'] },
 * );
 * for await (const { status, events } of result) console.log(status, events);
 */
export class AthenaSession {
  readonly #options: SessionOptions;
  #client: Promise<AthenaApi> | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /**
   * Runs a statement and gives its result once it has succeeded. `R` is what the caller knows of the rows.
   *
   * @throws QueryFailedError where Athena could not run it or did not want to.
   * @throws QueryCancelledError where the signal aborted it, or somebody else stopped it.
   */
  async query<R extends object = Row>(
    sql: string,
    { signal, parameters = [] }: QueryOptions = {},
  ): Promise<QueryResult<R>> {
    if (signal?.aborted) throw new QueryCancelledError({}, { cause: signal.reason });
    const api = await this.#api();
    // Not abortable: an execution whose id never arrives could not be stopped.
    const executionId = await this.#start(api, sql, parameters);
    try {
      const execution = await this.#waitForEnd(api, executionId, signal);
      const firstPage = await api.results({ QueryExecutionId: executionId }, signal);
      return new QueryResult<R>(api, executionId, execution, firstPage, signal);
    } catch (error) {
      if (!signal?.aborted) throw error;
      throw await this.#cancel(api, executionId, signal);
    }
  }

  /** Closes the connections that are kept. */
  async close(): Promise<void> {
    (await this.#client)?.close();
  }

  #api(): Promise<AthenaApi> {
    const options = this.#options;
    this.#client ??=
      'client' in options ? Promise.resolve(options.client) : connectAthena(options.connection);
    return this.#client;
  }

  async #start(api: AthenaApi, sql: string, parameters: readonly Parameter[]): Promise<string> {
    const { workgroup, database } = this.#options;
    try {
      const { QueryExecutionId } = await api.start({
        QueryString: sql,
        WorkGroup: workgroup,
        QueryExecutionContext: { Database: database },
        ClientRequestToken: randomUUID(),
        ...(parameters.length > 0 && { ExecutionParameters: parameters.map(literal) }),
      });
      if (QueryExecutionId) return QueryExecutionId;
    } catch (error) {
      throw isRefusal(error) ? refused(error) : error;
    }
    throw new QueryFailedError({
      reason: 'Athena gave the query no id.',
      category: 'system',
      retryable: true,
    });
  }

  async #waitForEnd(
    api: AthenaApi,
    executionId: string,
    signal: AbortSignal | undefined,
  ): Promise<QueryExecution> {
    const { polling = DEFAULT_POLLING, wait = realWait } = this.#options;
    const delays = pollDelays(polling);
    while (true) {
      await wait(delays.next().value, signal);
      const { QueryExecution: execution } = await api.execution({ QueryExecutionId: executionId }, signal);
      switch (execution?.Status?.State) {
        case 'SUCCEEDED':
          return execution;
        case 'FAILED':
          throw failed(executionId, execution);
        case 'CANCELLED':
          throw new QueryCancelledError({
            executionId,
            reason: execution.Status.StateChangeReason,
            statistics: statisticsOf(execution),
          });
      }
    }
  }

  /** Stops the query, and says what it took until then where Athena still tells. */
  async #cancel(api: AthenaApi, executionId: string, signal: AbortSignal): Promise<QueryCancelledError> {
    const options = { cause: signal.reason };
    try {
      await api.stop({ QueryExecutionId: executionId });
    } catch (stopError) {
      return new QueryCancelledError({ executionId, stopError }, options);
    }
    const statistics = await api.execution({ QueryExecutionId: executionId }).then(
      ({ QueryExecution }) => statisticsOf(QueryExecution),
      () => undefined,
    );
    return new QueryCancelledError({ executionId, statistics }, options);
  }
}

const realWait = (milliseconds: number, signal: AbortSignal | undefined) =>
  sleep(milliseconds, undefined, signal ? { signal } : {});

function failed(executionId: string, execution: QueryExecution): QueryFailedError {
  const { StateChangeReason, AthenaError } = execution.Status ?? {};
  return new QueryFailedError({
    executionId,
    reason: StateChangeReason ?? AthenaError?.ErrorMessage ?? 'Athena gave no reason.',
    ...describeAthenaError(AthenaError),
    statistics: statisticsOf(execution),
  });
}

/** Whether Athena refused the statement; about a workgroup it says so with the same error. */
function isRefusal(error: unknown): error is Error {
  return (
    error instanceof Error &&
    error.name === 'InvalidRequestException' &&
    !/^work\s?group /i.test(error.message)
  );
}

function refused(error: Error): QueryFailedError {
  return new QueryFailedError(
    { reason: error.message, category: 'user', retryable: false },
    { cause: error },
  );
}
