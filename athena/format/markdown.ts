import type { Cell } from '../value/value.js';
import type { Format } from './format.js';
import { shown } from './shown-cell.js';

/** A table in Markdown: numbers to the right, NULL in italics, what would mean something to Markdown or HTML escaped. */
export const markdown: Format = async function* (columns, rows) {
  if (columns.length === 0) return;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  yield line(columns.map(({ name }) => field(name)));
  yield line(columns.map(({ type }) => (NUMERIC.test(type) ? '---:' : '---')));
  for await (const cells of rows) yield line(cells.map(field));
};

const NUMERIC = /^(tinyint|smallint|int|integer|bigint|float|real|double|decimal)/;

const field = (cell: Cell) =>
  cell === null ? '*NULL*' : shown(cell).replaceAll(/[\\`*_[\]<>|&~#]/g, (character) => `\\${character}`);
