import type { Connection } from '../settings/index.js';
import type { AthenaApi } from './athena-api.js';
import type { ObjectStore } from './object-store.js';
import type { Polling } from './poll-delays.js';
import type { ColumnTypes } from './result/column-types.js';
import type { Parameter } from './sql/literal.js';
import type { Statistics } from './statistics.js';

/** Where a session works, and how it reaches AWS: by clients of one's own, or by a connection. */
export type SessionOptions = SessionSettings &
  (
    | {
        readonly client: AthenaApi;
        /** Where large results are read. @default - they are read in pages like small ones. */
        readonly objects?: ObjectStore;
      }
    | { readonly connection: Connection }
  );

export interface SessionSettings {
  readonly workgroup: string;
  /** The database of tables that a statement names without one. */
  readonly database: string;
  /** @default 50 ms at first, growing to 2 s. */
  readonly polling?: Polling;
  /**
   * Where results go, as `s3://…`. A workgroup that enforces its settings decides that itself, whatever stands here.
   * @default - the workgroup's.
   */
  readonly outputLocation?: string;
  /** What each query may read where it says nothing else, in bytes. @default - as much as the workgroup allows. */
  readonly maxScan?: number | undefined;
  /** How old an earlier result may be to be used again, in minutes, where a query says nothing else. @default 0, none */
  readonly reuse?: number | undefined;
  /** Waits; a test's own, or Node's. */
  readonly wait?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<unknown>;
}

export interface QueryOptions {
  /** Stops the query on the server. */
  readonly signal?: AbortSignal | undefined;
  /** The values of the `?` in a statement that is a plain text, in order. */
  readonly parameters?: readonly Parameter[];
  /**
   * Types of arrays, maps and rows, told whole, so that they are read: `{ tags: 'array(bigint)' }`. Names match without
   * case; one of no column, or a type that is none, is an error.
   */
  readonly types?: ColumnTypes;
  /**
   * Bytes that the query may read. It is looked at while it runs, and stopped by the look that finds it over: a query
   * that is quicker than the looks may read more. What holds in any case is the workgroup's limit.
   */
  readonly maxScan?: number | undefined;
  /** How old an earlier result of the same statement may be to be used again, in minutes; up to 10,080, seven days. */
  readonly reuse?: number | undefined;
  /** Hears of each look at the query. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** How a query stands. */
export interface Progress {
  readonly executionId: string;
  readonly state: string;
  readonly statistics: Statistics;
}

/** @throws RangeError where a limit is no amount: NaN, which every comparison is false for, would be none at all. */
export function checkLimits({ maxScan, reuse }: Pick<QueryOptions, 'maxScan' | 'reuse'>): void {
  if (maxScan !== undefined && !(maxScan >= 0))
    throw new RangeError(`maxScan must be a number of bytes, 0 or more, and not ${maxScan}.`);
  if (reuse !== undefined && !(reuse >= 0 && reuse <= LONGEST_REUSE))
    throw new RangeError(`reuse must be a number of minutes from 0 to 10,080, and not ${reuse}.`);
}

/**
 * Minutes.
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_ResultReuseByAgeConfiguration.html
 */
const LONGEST_REUSE = 10_080;
