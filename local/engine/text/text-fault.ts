import type { QueryFault } from '../engine.js';

/**
 * What is wrong with a file of text, for a query that reads it. A SerDe's reader looks at each row, even where a query
 * needs no column, and makes values of the columns that it needs and of no other, with all that is nested in them: so do
 * Trino's JsonDeserializer and OpenXJsonDeserializer (io.trino.hive.formats.line), which are made for these columns, and
 * OpenX's JsonSerDe, which parses a row and leaves its values to who asks for them.
 */
export interface TextFault {
  /** Position of the row among the file's. */
  readonly record: number;
  /** Name, in the copy, of the column that has the value; undefined where the row is none. */
  readonly column?: string;
  readonly fault: QueryFault;
}

/** The first of a file's faults, in the order of its rows, that a query meets which reads these columns. */
export function faultIn(faults: readonly TextFault[], columns: ReadonlySet<string>): QueryFault | undefined {
  return faults.find(({ column }) => column === undefined || columns.has(column))?.fault;
}
