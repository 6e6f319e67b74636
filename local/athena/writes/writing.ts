import type { ExecuteResult } from '../../engine/engine.js';
import { resultColumn } from '../../engine/sql/result-text.js';
import type { WriteRequest } from '../../engine/statement-target.js';
import type { ExecutionOutcome } from '../execution-outcome.js';

/** Where a statement writes its rows, and what is to become of them. */
export type Writing =
  | {
      readonly write: WriteRequest;
      readonly finish: (result: ExecuteResult) => Promise<WriteOutcome>;
    }
  /** Nothing is to be written. */
  | { readonly write?: undefined; readonly none: WriteOutcome };

export type WriteOutcome = Omit<ExecutionOutcome, 'bytesScanned'>;

/** Of what has written nothing. */
export const NOTHING_WRITTEN: WriteOutcome = {
  columns: [resultColumn('rows', { name: 'bigint' })],
  objects: [],
  updateCount: 0,
};

/** Partitions that one statement may write, by Athena's documentation of CTAS, INSERT INTO and UNLOAD. */
export const MOST_PARTITIONS = 100;
