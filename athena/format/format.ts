import type { ResultColumn } from '../result/query-result.js';
import type { Cell } from '../value/value.js';

/** Rows as Athena's own text, in the order of the columns. */
export type CellRows = AsyncIterable<readonly Cell[]>;

export interface FormatOptions {
  /** Whether a person reads it on a terminal: then nothing in a value may move the cursor. */
  readonly terminal: boolean;
  /** Whether colour is welcome. */
  readonly color: boolean;
  /** Columns of the terminal. @default - as many as it takes */
  readonly width?: number | undefined;
}

/** Turns a result into text, piece by piece. */
export type Format = (
  columns: readonly ResultColumn[],
  rows: CellRows,
  options: FormatOptions,
) => AsyncGenerator<string, void, undefined>;
