import { StringDecoder } from 'node:string_decoder';
import type { Cell } from '../value/value.js';

/**
 * Reads the rows of a result object, bytes after bytes, wherever they were cut: every value in quotes, a quote in it
 * doubled, NULL an empty field without quotes, rows ended by a line feed. The header is a row like any other.
 */
export class ResultCsvReader {
  readonly #decoder = new StringDecoder('utf8');
  /** What was read of rows that are not whole, piece by piece. */
  #pieces: string[] = [];
  #length = 0;
  /** How much there has to be before it is looked at again: twice as much each time, so that a long row costs little. */
  #enough = 0;

  /** The rows that are whole now. */
  push(bytes: Uint8Array): Cell[][] {
    const text = this.#decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    this.#pieces.push(text);
    this.#length += text.length;
    return this.#length < this.#enough ? [] : this.#take();
  }

  /**
   * The last row, where no line feed ended it.
   * @throws Error where the text ends in the middle of a value.
   */
  end(): Cell[][] {
    this.#pieces.push(this.#decoder.end());
    const rows = this.#take();
    const rest = this.#pieces.join('');
    if (rest === '') return rows;
    this.#pieces = [];
    const last = parseRows(`${rest}\n`, rows);
    if (last !== rest.length + 1) throw new Error('The result object ends in the middle of a row.');
    return rows;
  }

  #take(): Cell[][] {
    const text = this.#pieces.length === 1 ? (this.#pieces[0] ?? '') : this.#pieces.join('');
    const rows: Cell[][] = [];
    const rest = text.slice(parseRows(text, rows));
    this.#pieces = [rest];
    this.#length = rest.length;
    this.#enough = 2 * rest.length;
    return rows;
  }
}

/** Adds the whole rows at the beginning of a text, and says where the first that is not whole begins. */
function parseRows(text: string, rows: Cell[][]): number {
  let start = 0;
  let cells: Cell[] = [];
  for (let at = 0; at < text.length; ) {
    let cell: Cell = null;
    if (text.charCodeAt(at) === QUOTE) {
      const end = closingQuote(text, at + 1);
      // A quote at the very end may be the first of two.
      if (end === -1 || end + 1 >= text.length) return start;
      cell = text.slice(at + 1, end);
      if (cell.includes('"')) cell = cell.replaceAll('""', '"');
      at = end + 1;
    } else {
      // Athena quotes all values; others are taken as they stand.
      const end = unquotedEnd(text, at);
      if (end === -1) return start;
      if (end > at) cell = text.slice(at, end);
      at = end;
    }
    cells.push(cell);
    if (text.charCodeAt(at) === LINE_FEED) {
      rows.push(cells);
      cells = [];
      start = at + 1;
    } else if (text.charCodeAt(at) !== COMMA) {
      throw new Error(
        'The result object is not what Athena writes: behind a value stands neither comma nor line feed.',
      );
    }
    at++;
  }
  // The text ends behind a comma, or behind a row.
  return start;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2))
    if (text.charCodeAt(at + 1) !== QUOTE) return at;
  return -1;
}

function unquotedEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === LINE_FEED) return at;
  }
  return -1;
}
