import type { ColumnInfo, GetQueryResultsOutput, QueryExecution } from '@aws-sdk/client-athena';
import type { AthenaApi } from './athena-api.js';
import { DuplicateColumnError } from './duplicate-column-error.js';
import { QueryCancelledError } from './query-cancelled-error.js';
import { type Statistics, statisticsOf } from './statistics.js';
import { type Cell, toValue, type Value } from './value.js';

/** A row by the names of its columns. */
export type Row = Readonly<Record<string, Value>>;

export interface ResultColumn {
  readonly name: string;
  /** Athena's name of the type: `varchar`, `bigint`, `timestamp`, … */
  readonly type: string;
}

/**
 * The result of a query that has succeeded. Rows come in pages of 1,000, the next one while one is read, and no more
 * than two are held; to go through the rows again asks Athena for them again.
 *
 * @example
 * for await (const { status, customers } of result) console.log(status, customers);
 */
export class QueryResult<R extends object = Row> implements AsyncIterable<R> {
  readonly executionId: string;
  readonly columns: readonly ResultColumn[];
  readonly statistics: Statistics;
  #rowsRead = 0;
  readonly #api: AthenaApi;
  readonly #firstPage: GetQueryResultsOutput;
  readonly #hasHeader: boolean;
  readonly #signal: AbortSignal | undefined;

  /** Made by `AthenaSession.query`. */
  constructor(
    api: AthenaApi,
    executionId: string,
    execution: QueryExecution,
    firstPage: GetQueryResultsOutput,
    signal: AbortSignal | undefined,
  ) {
    this.#api = api;
    this.#firstPage = firstPage;
    this.#signal = signal;
    // Only the results of DML begin with a row of column names.
    this.#hasHeader = execution.StatementType === 'DML';
    this.executionId = executionId;
    this.statistics = statisticsOf(execution);
    this.columns = (firstPage.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(columnOf);
  }

  /** Rows handed out so far, in the latest iteration. */
  get rowsRead(): number {
    return this.#rowsRead;
  }

  /**
   * The rows as objects of typed values.
   * @throws DuplicateColumnError where two columns have one name, so that an object cannot hold both.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<R, void, undefined> {
    const names = this.columns.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw new DuplicateColumnError(twice);
    for await (const values of this.values()) {
      yield Object.fromEntries(names.map((name, index) => [name, values[index] ?? null])) as R;
    }
  }

  /** The rows as typed values in the order of the columns. */
  async *values(): AsyncGenerator<readonly Value[], void, undefined> {
    const types = this.columns.map(({ type }) => type);
    for await (const cells of this.cells()) {
      yield types.map((type, index) => toValue(cells[index] ?? null, type));
    }
  }

  /** The rows as Athena's own text in the order of the columns. */
  async *cells(): AsyncGenerator<readonly Cell[], void, undefined> {
    this.#rowsRead = 0;
    for await (const row of this.#resultRows()) {
      this.#rowsRead++;
      yield this.columns.map((_, index) => row.Data?.[index]?.VarCharValue ?? null);
    }
  }

  async *#resultRows() {
    let page = this.#firstPage;
    let skip = this.#hasHeader ? 1 : 0;
    while (true) {
      if (this.#signal?.aborted) throw this.#cancelled();
      const rows = page.ResultSet?.Rows ?? [];
      const next = page.NextToken === undefined ? undefined : this.#nextPage(page.NextToken);
      // Where the reader leaves before it is needed, nobody awaits it.
      next?.catch(() => {});
      for (let index = skip; index < rows.length; index++) {
        const row = rows[index];
        if (row) yield row;
      }
      if (next === undefined) return;
      skip = 0;
      page = await next;
    }
  }

  async #nextPage(token: string): Promise<GetQueryResultsOutput> {
    try {
      return await this.#api.results({ QueryExecutionId: this.executionId, NextToken: token }, this.#signal);
    } catch (error) {
      throw this.#signal?.aborted ? this.#cancelled() : error;
    }
  }

  #cancelled() {
    return new QueryCancelledError(this, { cause: this.#signal?.reason });
  }
}

function columnOf({ Name, Label, Type }: ColumnInfo): ResultColumn {
  return { name: Name ?? Label ?? '', type: Type ?? 'varchar' };
}
