import { storedType } from './partition-files.js';
import { quoteName, quoteText } from './sql-type.js';
import type { TypedColumn } from './table-columns.js';

/** A relation of rows that are given as text, at least one of them. */
export function rowsRelation(
  columns: readonly TypedColumn[],
  rows: readonly (readonly (string | null)[])[],
): string {
  const items = columns.map(({ name, type }, i) => {
    const cells = rows.map((row) => literal(row[i] ?? null)).join(', ');
    return `CAST(unnest(CAST([${cells}] AS VARCHAR[])) AS ${storedType(type)}) AS ${quoteName(name)}`;
  });
  return `(SELECT ${items.join(', ')})`;
}

/** DuckDB's parser ends at a NUL, wherever it stands. */
const literal = (text: string | null) => (text === null ? 'NULL' : quoteText(text.replaceAll('\0', '')));
