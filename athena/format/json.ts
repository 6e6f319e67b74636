import { DuplicateColumnError } from '../error/duplicate-column-error.js';
import type { ResultColumn } from '../result/query-result.js';
import { isJson } from '../value/json-text.js';
import { type Cell, toValue } from '../value/value.js';
import type { Format } from './format.js';

/** One array of objects, one object a line. */
export const json: Format = async function* (columns, rows) {
  const toObject = objectWriter(columns);
  let before = '[\n';
  for await (const cells of rows) {
    yield `${before}  ${toObject(cells)}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
};

/** One object a line. */
export const jsonLines: Format = async function* (columns, rows) {
  const toObject = objectWriter(columns);
  for await (const cells of rows) yield `${toObject(cells)}\n`;
};

/**
 * The JSON text of a cell, by its column's type. A bigint keeps all its digits; decimals, NaN and the infinities,
 * for which JSON has no number or not the same one, are strings, and so are bytes, in hexadecimal.
 */
export function jsonOf(cell: Cell, type: string): string {
  if (cell === null) return 'null';
  // JSON is passed on as it is, so that its numbers keep their digits; line breaks mean nothing in it.
  if (type === 'json' && isJson(cell)) return escaped(cell.replaceAll(/[\r\n]/g, ' '));
  const value = type === 'json' ? cell : toValue(cell, type);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return escaped(quoted(cell));
}

function objectWriter(columns: readonly ResultColumn[]): (cells: readonly Cell[]) => string {
  const names = columns.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new DuplicateColumnError(twice);
  const keys = names.map((name) => `${escaped(quoted(name))}:`);
  return (cells) =>
    `{${columns.map(({ type }, index) => `${keys[index]}${jsonOf(cells[index] ?? null, type)}`).join(',')}}`;
}

const quoted = (text: string) => JSON.stringify(text);

/** What JSON lets through and a terminal would obey, escaped: control characters, and marks that turn the writing. */
function escaped(text: string): string {
  return text.replaceAll(
    /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
