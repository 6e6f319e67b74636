import type { ResultColumn } from '../../engine/engine.js';
import type { RequestContext } from '../../wire/operation.js';
import type { Athena } from '../athena.js';

/** What a statement over the catalog has to say. */
export interface DdlOutcome {
  /** Rows of the result, each one line: Athena gives even a row of several columns as one text. */
  readonly lines: readonly string[];
  readonly columns: readonly ResultColumn[];
  /** Given where Athena tells that nothing was updated. */
  readonly updateCount?: 0;
  /** Where the SubstatementType is another than the words of the statement say. */
  readonly kind?: string;
  /** Whether there is metadata though there are no columns. */
  readonly hasMetadata?: boolean;
}

/** Where a statement runs. */
export interface DdlContext {
  readonly athena: Athena;
  readonly request: RequestContext;
  /** Database of the tables that are named without one. */
  readonly database: string;
}

/** Of a statement that only does something. */
export const DONE: DdlOutcome = { lines: [], columns: [] };

/** A column of a Hive statement's result. */
export const stringColumn = (name: string, type = 'string'): ResultColumn => ({
  name,
  type,
  precision: 0,
  scale: 0,
  nullable: 'UNKNOWN',
  caseSensitive: false,
});

/** A list as the SHOW statements give it. */
export const listOutcome = (lines: readonly string[], ...columns: readonly ResultColumn[]): DdlOutcome => ({
  lines,
  columns,
  updateCount: 0,
});
