import type { ColumnInfo, GetQueryResultsOutput, QueryExecution } from '@aws-sdk/client-athena';
import type { AthenaApi } from '../athena-api.js';
import { type ChargedQuery, queryDollars } from '../cost/query-dollars.js';
import { DuplicateColumnError } from '../error/duplicate-column-error.js';
import { QueryCancelledError } from '../error/query-cancelled-error.js';
import type { ObjectStore } from '../object-store.js';
import { type Statistics, statisticsOf } from '../statistics.js';
import { type Cell, type Value, valueReader } from '../value/value.js';
import { type ColumnTypes, typesOf } from './column-types.js';
import { resultRows } from './result-rows.js';

/** A row by the names of its columns. */
export type Row = Readonly<Record<string, Value>>;

export interface ResultColumn {
  readonly name: string;
  /** Athena's name of the type: `varchar`, `bigint`, `timestamp`, …; of an array, a map or a row no more than that. */
  readonly type: string;
  /** Digits of a decimal, and how many of them stand behind the point. */
  readonly precision?: number | undefined;
  readonly scale?: number | undefined;
}

/** What a result is made of. */
export interface ResultSource {
  readonly api: Pick<AthenaApi, 'results'>;
  /** Where large results are read; undefined where they are read in pages like any other. */
  readonly objects: (() => Promise<ObjectStore>) | undefined;
  readonly executionId: string;
  readonly execution: QueryExecution;
  readonly firstPage: GetQueryResultsOutput;
  readonly types: ColumnTypes;
  readonly signal: AbortSignal | undefined;
}

/**
 * The result of a query that has succeeded. The first rows are there at once; the others come while these are read: in
 * pages of 1,000, or, where there are more than that, from the result object in S3, a few megabytes of it held at a
 * time. To go through the rows again asks for them again.
 *
 * @example
 * for await (const { status, customers } of result) console.log(status, customers);
 */
export class QueryResult<R extends object = Row> implements AsyncIterable<R> {
  readonly executionId: string;
  readonly columns: readonly ResultColumn[];
  readonly statistics: Statistics;
  /** About what it costs, in dollars. */
  readonly dollars: number;
  /** Rows that the statement has written; undefined where it was none that Athena counts them of. */
  readonly updateCount: number | undefined;
  /** Where Athena keeps the result, as `s3://…`; undefined where it does so itself. */
  readonly outputLocation: string | undefined;
  /** Where the objects that the statement has written are listed; undefined where it was no such statement. */
  readonly manifest: string | undefined;
  #rowsRead = 0;
  readonly #source: ResultSource;
  readonly #told: readonly (string | undefined)[];

  /** Made by `AthenaSession.query`. @throws ColumnTypeError where a type is told of no column. */
  constructor(source: ResultSource) {
    const { execution, executionId, firstPage } = source;
    this.#source = source;
    this.executionId = executionId;
    this.statistics = statisticsOf(execution);
    this.dollars = queryDollars(chargeOf(execution));
    this.columns = (firstPage.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(columnOf);
    this.#told = typesOf(
      this.columns.map(({ name }) => name),
      source.types,
    );
    this.updateCount = WRITING.has(execution.SubstatementType ?? '') ? firstPage.UpdateCount : undefined;
    this.outputLocation = execution.ResultConfiguration?.OutputLocation;
    this.manifest = execution.Statistics?.DataManifestLocation;
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
    const toRow = rowMaker(names);
    for await (const values of this.values()) yield toRow(values) as R;
  }

  /** All rows at once: for results that memory has room for. */
  async all(): Promise<R[]> {
    const rows: R[] = [];
    for await (const row of this) rows.push(row);
    return rows;
  }

  /** The rows as typed values in the order of the columns. */
  async *values(): AsyncGenerator<readonly Value[], void, undefined> {
    const readers = this.columns.map(({ type }, index) => valueReader(this.#told[index] ?? type));
    for await (const cells of this.cells()) yield readers.map((read, index) => read(cells[index] ?? null));
  }

  /** The rows as Athena's own text in the order of the columns. */
  async *cells(): AsyncGenerator<readonly Cell[], void, undefined> {
    this.#rowsRead = 0;
    const { signal } = this.#source;
    try {
      for await (const rows of resultRows(this.#source, this.columns)) {
        for (const row of rows) {
          if (signal?.aborted) throw this.#cancelled();
          this.#rowsRead++;
          yield row;
        }
      }
    } catch (error) {
      throw signal?.aborted ? this.#cancelled() : error;
    }
  }

  #cancelled() {
    return new QueryCancelledError(this, { cause: this.#source.signal?.reason });
  }
}

/**
 * Statements for which Athena counts the rows that they have written; of UNLOAD it does not say.
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html
 */
const WRITING = new Set(['INSERT', 'INSERT_INTO', 'CREATE_TABLE_AS_SELECT', 'UPDATE', 'DELETE', 'MERGE']);

/** What the price of an execution follows from. */
export function chargeOf(execution: QueryExecution | undefined): ChargedQuery {
  const state = execution?.Status?.State;
  return {
    ...statisticsOf(execution),
    statementType: execution?.StatementType,
    end: state === 'FAILED' || state === 'CANCELLED' ? state : 'SUCCEEDED',
  };
}

function columnOf({ Name, Label, Type, Precision, Scale }: ColumnInfo): ResultColumn {
  const type = Type ?? 'varchar';
  return {
    name: Name ?? Label ?? '',
    type,
    ...(type === 'decimal' && { precision: Precision, scale: Scale }),
  };
}

/** Makes objects of rows; `__proto__` is a name like any other. */
function rowMaker(names: readonly string[]): (values: readonly Value[]) => object {
  if (names.includes('__proto__'))
    return (values) => Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]));
  return (values) => {
    const row: Record<string, Value> = {};
    for (let index = 0; index < names.length; index++) row[names[index] ?? ''] = values[index] ?? null;
    return row;
  };
}
