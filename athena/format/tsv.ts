import type { Cell } from '../value/value.js';
import type { Format } from './format.js';
import { visible } from './visible.js';

/**
 * Tab-separated lines with a header, in the text form of PostgreSQL and MySQL: NULL is `\N`, and a tab, a line feed, a
 * carriage return and a backslash in a value are `\t`, `\n`, `\r` and `\\`, so that a row is a line.
 */
export const tsv: Format = async function* (columns, rows, { terminal }) {
  if (columns.length === 0) return;
  const field = (cell: Cell) => {
    if (cell === null) return '\\N';
    const text = cell.replaceAll(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);
    return terminal ? visible(text) : text;
  };
  const line = (cells: readonly Cell[]) => `${cells.map(field).join('\t')}\n`;
  yield line(columns.map(({ name }) => name));
  for await (const cells of rows) yield line(cells);
};

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
