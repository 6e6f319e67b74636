import type { QueryExecution } from '@aws-sdk/client-athena';
import { type AthenaApi, connectAthena } from './athena-api.js';
import { Spending, type Spent } from './cost/spending.js';
import { QueryCancelledError } from './error/query-cancelled-error.js';
import { SessionClosedError } from './error/session-closed-error.js';
import { waitForEnd } from './execution.js';
import { connectObjectStore, type ObjectStore } from './object-store.js';
import { orAborted } from './or-aborted.js';
import { checkTypes } from './result/column-types.js';
import { chargeOf, QueryResult, type Row } from './result/query-result.js';
import { sentStatement } from './sent-statement.js';
import { checkLimits, type QueryOptions, type SessionOptions } from './session-options.js';
import type { Sql, Statement } from './sql/sql.js';
import { startExecution } from './start-execution.js';

/**
 * Runs SQL in a workgroup of Athena, any number of queries at once.
 *
 * @example
 * const session = new AthenaSession({ connection, workgroup: 'lakehouse-dev', database: 'lakehouse_dev' });
 * const result = await session.query<{ status: string; events: bigint }>(
 *   sql`SELECT status, count(*) AS events FROM customers WHERE status <> ${status} GROUP BY status`,
 * );
 * for await (const { status, events } of result) console.log(status, events);
 */
export class AthenaSession {
  readonly #options: SessionOptions;
  readonly #spending = new Spending();
  readonly #stopping = new Set<Promise<unknown>>();
  #client: Promise<AthenaApi> | undefined;
  #objects: Promise<ObjectStore> | undefined;
  #isClosed = false;

  /** @throws RangeError for a `maxScan` or a `reuse` that is no amount. */
  constructor(options: SessionOptions) {
    checkLimits(options);
    this.#options = options;
  }

  /** What the session's queries took together, those that failed or were cancelled among them. */
  get spent(): Spent {
    return this.#spending.report();
  }

  get workgroup(): string {
    return this.#options.workgroup;
  }

  get database(): string {
    return this.#options.database;
  }

  /**
   * Runs a statement and gives its result once it has succeeded. `R` is what the caller knows of the rows.
   *
   * @throws QueryFailedError where Athena could not run it or did not want to: one of its classes says whose fault it is.
   * @throws QueryCancelledError where the signal aborted it, or somebody else stopped it.
   * @throws ScanLimitError where it has read more than `maxScan`.
   * @throws InvalidStatementError for a statement that cannot be right; it is not sent.
   * @throws RangeError for a `maxScan` or a `reuse` that is no amount; nothing is sent.
   * @throws ColumnTypeError for a type that is none, before anything is sent, or that is of no column of the result.
   * @throws SessionClosedError once the session is closed.
   */
  async query<R extends object = Row>(
    statement: string | Sql,
    options: QueryOptions = {},
  ): Promise<QueryResult<R>> {
    const { signal, types = {} } = options;
    this.#refuseIfClosed();
    checkLimits(options);
    checkTypes(types);
    const text = sentStatement(statement, options);
    if (signal?.aborted) throw new QueryCancelledError({}, { cause: signal.reason });
    const api = await this.api();
    const executionId = await this.#startUnlessAborted(api, text, options);
    const { maxScan = this.#options.maxScan, onProgress } = options;
    const { polling, wait } = this.#options;
    const onEnd = (execution: QueryExecution) => this.#spending.add(chargeOf(execution));
    const execution = await waitForEnd(api, executionId, {
      signal,
      maxScan,
      onProgress,
      polling,
      wait,
      onEnd,
    });
    try {
      const firstPage = await orAborted(api.results({ QueryExecutionId: executionId }, signal), signal);
      const objects = this.#canReadObjects ? () => this.objects() : undefined;
      const results: AthenaApi['results'] = async (...page) => {
        this.#refuseIfClosed();
        return api.results(...page);
      };
      return new QueryResult<R>({
        api: { results },
        objects,
        executionId,
        execution,
        firstPage,
        types,
        signal,
      });
    } catch (error) {
      if (!signal?.aborted) throw error;
      throw new QueryCancelledError({ executionId }, { cause: signal.reason });
    }
  }

  /** All rows of a statement: for results that memory has room for. @throws what `query` does. */
  async rows<R extends object = Row>(statement: string | Sql, options: QueryOptions = {}): Promise<R[]> {
    return (await this.query<R>(statement, options)).all();
  }

  /** Athena as the session reaches it. @throws SessionClosedError once it is closed. */
  async api(): Promise<AthenaApi> {
    this.#refuseIfClosed();
    const options = this.#options;
    this.#client ??=
      'client' in options ? Promise.resolve(options.client) : connectAthena(options.connection);
    return this.#client;
  }

  /** S3 as the session reaches it. @throws Error where it is closed, or was made with a client of Athena's alone. */
  async objects(): Promise<ObjectStore> {
    this.#refuseIfClosed();
    const options = this.#options;
    if ('connection' in options) this.#objects ??= connectObjectStore(options.connection);
    else if (options.objects) this.#objects ??= Promise.resolve(options.objects);
    else throw new Error('The session was made without a way to S3: give it objects, or a connection.');
    return this.#objects;
  }

  /**
   * Ends the session, once what was cancelled while it was started has been stopped. Connections that it has opened are
   * closed; clients that it was given stay open, since they are their owner's.
   */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#stopping);
    if (!('connection' in this.#options)) return;
    (await this.#client)?.close();
    (await this.#objects)?.close();
  }

  /** Closes it at the end of its block: `await using session = new AthenaSession(…)`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #refuseIfClosed(): void {
    if (this.#isClosed) throw new SessionClosedError();
  }

  get #canReadObjects(): boolean {
    return 'connection' in this.#options || this.#options.objects !== undefined;
  }

  /**
   * The request itself is not aborted, since an execution whose id never arrives could not be stopped: nobody waits for
   * it any more, and what it has started is stopped as soon as it says so.
   */
  async #startUnlessAborted(api: AthenaApi, text: Statement, options: QueryOptions): Promise<string> {
    const { signal, reuse = this.#options.reuse } = options;
    const starting = startExecution(api, text, { ...this.#options, reuse });
    try {
      return await orAborted(starting, signal);
    } catch (error) {
      if (!signal?.aborted) throw error;
      const stopping = starting
        .then((executionId) => api.stop({ QueryExecutionId: executionId }))
        .catch(() => {})
        .finally(() => this.#stopping.delete(stopping));
      this.#stopping.add(stopping);
      throw new QueryCancelledError({}, { cause: signal.reason });
    }
  }
}
