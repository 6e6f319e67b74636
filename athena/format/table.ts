import type { ResultColumn } from '../result.js';
import type { Cell } from '../value.js';
import { displayWidth } from './display-width.js';
import type { Format } from './format.js';
import { visible } from './visible.js';

/** Rows that decide how wide the columns are: later ones that are wider stick out. */
const SAMPLE = 1_000;

/** A table for people: aligned columns, numbers to the right, NULL spelt out. */
export const table: Format = async function* (columns, rows, { color }) {
  if (columns.length === 0) return;
  const iterator = rows[Symbol.asyncIterator]();
  const sample = await take(iterator, SAMPLE);
  const titles = columns.map(({ name }) => name);
  const widths = columns.map((_, index) =>
    [titles, ...sample].reduce((width, row) => Math.max(width, displayWidth(shown(row[index] ?? null))), 0),
  );
  const layOut = (cells: readonly Cell[]) =>
    line(cells.map((cell, index) => aligned(cell, widths[index] ?? 0, columns[index], color)));

  yield layOut(titles);
  yield `${widths.map((width) => '-'.repeat(width + 2)).join('+')}\n`;
  for (const row of sample) yield layOut(row);
  for await (const row of { [Symbol.asyncIterator]: () => iterator }) yield layOut(row);
};

async function take(iterator: AsyncIterator<readonly Cell[]>, count: number) {
  const taken: (readonly Cell[])[] = [];
  while (taken.length < count) {
    const { value, done } = await iterator.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

const shown = (cell: Cell) => (cell === null ? 'NULL' : visible(cell));

function aligned(cell: Cell, width: number, column: ResultColumn | undefined, color: boolean): string {
  const text = shown(cell);
  const padding = blanks(width - displayWidth(text));
  const styled = cell === null && color ? `\u001b[2m${text}\u001b[22m` : text;
  return NUMERIC.test(column?.type ?? '') ? padding + styled : styled + padding;
}

const NUMERIC = /^(tinyint|smallint|int|integer|bigint|float|real|double|decimal)/;

const blanks = (count: number) => ' '.repeat(Math.max(0, count));

const line = (cells: readonly string[]) => `${` ${cells.join(' | ')}`.trimEnd()}\n`;
