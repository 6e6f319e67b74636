import { type EngineColumn, EngineFault } from '../engine.js';
import { conversionObstacle, parseHiveType } from '../hive-type.js';
import type { SqlType } from '../sql-type.js';
import { compactJson, stringText } from './compact-json.js';
import {
  CLOSE_BRACE,
  COLON,
  COMMA,
  endOfString,
  endOfValue,
  JsonFault,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  skipSpace,
  unexpected,
} from './json-bytes.js';
import type { LineBuffer } from './line-buffer.js';
import { nestedText } from './nested-text.js';
import { scalarText } from './scalar-text.js';

/** A value that the column's type cannot hold. */
export class MisfitFault extends Error {}

const LETTER_N = 0x6e;
const LETTER_T = 0x74;

/** Turns the JSON objects of records into rows of a table, by the OpenX JSON SerDe's rules. */
export class RowWriter {
  private readonly columns: readonly Column[];
  private readonly byName: ReadonlyMap<string, number>;
  /** Of the object in hand, where each column's value starts and ends; -1 where it has none. */
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  /** Bytes of the longest row that was written, as it was written: nulls and escapes can make it far longer than its record. */
  longest = 0;

  constructor(
    columns: readonly EngineColumn[],
    private readonly lines: LineBuffer,
  ) {
    this.columns = columns.map(({ name, type }) => {
      const lower = name.toLowerCase();
      const obstacle = conversionObstacle(type);
      if (obstacle) throw new EngineFault(`Column "${name}": ${obstacle}`);
      return { name: lower, key: Buffer.from(lower), hiveType: type, type: parseHiveType(type) };
    });
    this.byName = new Map(this.columns.map(({ name }, i) => [name, i]));
    this.starts = new Int32Array(columns.length);
    this.ends = new Int32Array(columns.length);
  }

  /**
   * Writes a row for each object in the record and returns how many there were. Writes nothing if it throws.
   * @throws JsonFault if the record is not JSON objects one after another; MisfitFault if a value does not fit.
   */
  write(b: Buffer, start: number, end: number): number {
    const before = this.lines.length;
    let rows = 0;
    try {
      for (let at = skipSpace(b, start, end); at < end; at = skipSpace(b, at, end)) {
        if (b[at] !== OPEN_BRACE) {
          endOfValue(b, at, end);
          throw new JsonFault('A record must be JSON objects one after another');
        }
        at = this.readObject(b, at, end);
        const row = this.lines.length;
        this.writeRow(b);
        this.longest = Math.max(this.longest, this.lines.length - row);
        rows++;
      }
    } catch (error) {
      this.lines.length = before;
      throw error;
    }
    return rows;
  }

  private readObject(b: Buffer, open: number, end: number): number {
    this.starts.fill(-1);
    let expected = 0;
    let at = skipSpace(b, open + 1, end);
    if (at < end && b[at] === CLOSE_BRACE) return at + 1;
    for (;;) {
      if (at >= end || b[at] !== QUOTE) throw unexpected(b, at, end);
      const keyEnd = endOfString(b, at, end);
      const column = this.columnOf(b, at, keyEnd, expected);
      at = skipSpace(b, keyEnd, end);
      if (at >= end || b[at] !== COLON) throw unexpected(b, at, end);
      at = skipSpace(b, at + 1, end);
      const valueEnd = endOfValue(b, at, end, 1);
      if (column >= 0) {
        // OpenX's parser refuses an object that has a key twice.
        if ((this.starts[column] ?? -1) >= 0)
          throw new JsonFault(`Duplicate key "${this.columns[column]?.name}"`);
        this.starts[column] = at;
        this.ends[column] = valueEnd;
        expected = column + 1;
      }
      at = skipSpace(b, valueEnd, end);
      if (at < end && b[at] === CLOSE_BRACE) return at + 1;
      if (at >= end || b[at] !== COMMA) throw unexpected(b, at, end);
      at = skipSpace(b, at + 1, end);
    }
  }

  /** The column that the key names, tried first with the one that follows the last: events keep their order. */
  private columnOf(b: Buffer, start: number, end: number, expected: number): number {
    const key = this.columns[expected]?.key;
    if (key && key.length === end - start - 2 && matches(b, start + 1, key)) return expected;
    return this.byName.get(stringText(b, start, end).toLowerCase()) ?? -1;
  }

  private writeRow(b: Buffer): void {
    for (let i = 0; i < this.columns.length; i++) {
      const column = this.columns[i];
      const start = this.starts[i] ?? -1;
      this.lines.separator();
      if (start < 0 || b[start] === LETTER_N) this.lines.null();
      else if (column) this.writeValue(column, b, start, this.ends[i] ?? start);
    }
    this.lines.newline();
  }

  private writeValue(column: Column, b: Buffer, start: number, end: number): void {
    const { type } = column;
    const first = b[start];
    if (first === QUOTE && type.name === 'varchar' && type.length === undefined) {
      if (!this.lines.copy(b, start + 1, end - 1)) this.lines.text(stringText(b, start, end));
      return;
    }
    const text = valueText(type, b, start, end);
    if (text === undefined) throw misfit(column, b.toString('utf8', start, end));
    this.lines.text(text);
  }
}

interface Column {
  readonly name: string;
  readonly key: Buffer;
  readonly hiveType: string;
  readonly type: SqlType;
}

/** The text of a value for a column of the type, or nothing if it does not fit. */
export function valueText(type: SqlType, b: Buffer, start: number, end: number): string | undefined {
  if (type.name === 'array' || type.name === 'map' || type.name === 'row')
    return nestedText(type, b, start, end);
  const first = b[start];
  if (first === OPEN_BRACE || first === OPEN_BRACKET) {
    return type.name === 'varchar' ? compactJson(b, start, end) : undefined;
  }
  if (first === QUOTE) return scalarText(type, { kind: 'string', text: stringText(b, start, end) });
  const word = first === LETTER_T || first === 0x66;
  return scalarText(type, { kind: word ? 'boolean' : 'number', text: b.toString('latin1', start, end) });
}

function matches(b: Buffer, at: number, key: Buffer): boolean {
  for (let i = 0; i < key.length; i++) if (b[at + i] !== key[i]) return false;
  return true;
}

function misfit(column: Column, value: string): MisfitFault {
  const shown = value.length > 100 ? `${value.slice(0, 100)}…` : value;
  return new MisfitFault(`Column "${column.name}" of type ${column.hiveType} cannot hold ${shown}`);
}
