import type { Cell } from '../value/value.js';
import { visible } from './visible.js';

/** A cell for people: NULL spelt out, control characters written out. */
export const shown = (cell: Cell) => (cell === null ? 'NULL' : visible(cell));

/** The same with NULL dimmed where colour is welcome, so that it is told from the text "NULL". */
export const styled = (cell: Cell, color: boolean) =>
  cell === null && color ? '\u001b[2mNULL\u001b[22m' : shown(cell);
