import { displayWidth } from './display-width.js';
import type { Format } from './format.js';
import { shown, styled } from './shown-cell.js';

/** A line for each value, under a line with the number of its row: for rows that are too wide for a table. */
export const vertical: Format = async function* (columns, rows, { color }) {
  if (columns.length === 0) return;
  const titles = columns.map(({ name }) => shown(name));
  const width = titles.reduce((most, title) => Math.max(most, displayWidth(title)), 0);
  let number = 0;
  for await (const cells of rows) {
    number++;
    yield `-[ row ${number} ]${'-'.repeat(Math.max(3, width + 3 - String(number).length))}\n`;
    yield titles
      .map((title, index) => {
        const padding = ' '.repeat(width - displayWidth(title));
        return `${`${title}${padding} | ${styled(cells[index] ?? null, color)}`.trimEnd()}\n`;
      })
      .join('');
  }
};
