import type { ResultColumn } from '../result/query-result.js';
import type { Cell } from '../value/value.js';
import { displayWidth } from './display-width.js';
import type { CellRows, Format } from './format.js';
import { shown, styled } from './shown-cell.js';
import { vertical } from './vertical.js';

/** Rows that decide how wide the columns are: later ones that are wider stick out. */
const SAMPLE = 1_000;

/**
 * A table for people: aligned columns, numbers to the right, NULL spelt out. Nothing is cut off: where it would be wider
 * than the terminal, each row is written as lines instead.
 */
export const table: Format = async function* (columns, rows, options) {
  if (columns.length === 0) return;
  const { color, width = Number.POSITIVE_INFINITY } = options;
  const iterator = rows[Symbol.asyncIterator]();
  try {
    const sample = await take(iterator, SAMPLE);
    const titles = columns.map(({ name }) => name);
    const widths = columns.map((_, index) =>
      [titles, ...sample].reduce((most, row) => Math.max(most, displayWidth(shown(row[index] ?? null))), 0),
    );
    const rest = { [Symbol.asyncIterator]: () => iterator };
    // A blank on both sides of each column, and a bar between two.
    if (widths.reduce((sum, each) => sum + each + 3, -1) > width) {
      yield* vertical(columns, all(sample, rest), options);
      return;
    }
    const layOut = (cells: readonly Cell[]) =>
      line(cells.map((cell, index) => aligned(cell, widths[index] ?? 0, columns[index], color)));

    yield layOut(titles);
    yield `${widths.map((each) => '-'.repeat(each + 2)).join('+')}\n`;
    for (const row of sample) yield layOut(row);
    for await (const row of rest) yield layOut(row);
  } finally {
    await iterator.return?.();
  }
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

async function* all(sample: readonly (readonly Cell[])[], rest: CellRows) {
  yield* sample;
  yield* rest;
}

function aligned(cell: Cell, width: number, column: ResultColumn | undefined, color: boolean): string {
  const padding = ' '.repeat(Math.max(0, width - displayWidth(shown(cell))));
  const text = styled(cell, color);
  return NUMERIC.test(column?.type ?? '') ? padding + text : text + padding;
}

const NUMERIC = /^(tinyint|smallint|int|integer|bigint|float|real|double|decimal)/;

const line = (cells: readonly string[]) => `${` ${cells.join(' | ')}`.trimEnd()}\n`;
