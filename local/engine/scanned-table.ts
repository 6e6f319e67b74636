import type { EngineTable } from './engine.js';

/** A table of a query, and what was read of it. */
export interface ScannedTable {
  readonly table: EngineTable;
  /** None where the query has not run. */
  readonly scans: readonly {
    /** `s3://bucket/key` */
    readonly uri: string;
    readonly bytes: number;
  }[];
}
