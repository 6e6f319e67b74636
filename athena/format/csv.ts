import type { Cell } from '../value/value.js';
import type { Format } from './format.js';
import { visible } from './visible.js';

/**
 * CSV by RFC 4180 with a header, its lines ended by a line feed, as tools on a command line expect. NULL is an empty
 * field, the empty string `""`, as in Athena's own results.
 */
export const csv: Format = async function* (columns, rows, { terminal }) {
  if (columns.length === 0) return;
  const shown = terminal ? visible : (text: string) => text;
  const line = (cells: readonly Cell[]) =>
    `${cells.map((cell) => (cell === null ? '' : field(shown(cell)))).join(',')}\n`;
  yield line(columns.map(({ name }) => name));
  for await (const cells of rows) yield line(cells);
};

function field(text: string): string {
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
