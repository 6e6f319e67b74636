import type { Deserializer } from '../conversion.js';
import { type EngineColumn, EngineFault } from '../engine.js';
import { conversionObstacle, parseHiveType } from '../hive-type.js';
import type { SqlType } from '../sql-type.js';
import { compactJson, duplicateKey, stringText } from './compact-json.js';
import { type DeserializerRules, deserializerRules } from './deserializer-rules.js';
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
import { isPlain } from './plain-value.js';
import { scalarText } from './scalar-text.js';

/**
 * Told of a value that the column's type cannot hold, by the column and what is to be said of it; the value becomes a
 * null unless this throws.
 */
export type MisfitHandler = (column: string, say: () => string) => void;

const LETTER_N = 0x6e;
const LETTER_T = 0x74;
const LETTER_F = 0x66;

/** Turns the JSON objects of records into rows of a table, by a SerDe's rules. */
export class RowWriter {
  private readonly rules: DeserializerRules;
  private readonly columns: readonly Column[];
  private readonly places: ReadonlyMap<string, number>;
  /** Of the object in hand, where the value of each place starts and ends; -1 where it has none. */
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  /** Bytes of the longest row that was written, as it was written: nulls and escapes can make it far longer than its record. */
  longest = 0;

  /** @throws EngineFault for a column or a format of timestamps that cannot be made from JSON. */
  constructor(
    columns: readonly EngineColumn[],
    deserializer: Deserializer,
    private readonly lines: LineBuffer,
    private readonly onMisfit: MisfitHandler,
  ) {
    this.rules = deserializerRules(deserializer);
    const places = new Map<string, number>();
    this.columns = columns.map(({ name, type }, i) => {
      const lower = name.toLowerCase();
      const obstacle = conversionObstacle(type);
      if (obstacle) throw new EngineFault(`Column "${name}": ${obstacle}`);
      const jsonName = this.rules.nameOfColumn(lower);
      const quoted = Buffer.from(JSON.stringify(jsonName));
      const place = places.get(jsonName) ?? i;
      places.set(jsonName, place);
      return { name: lower, position: i, quoted, place, hiveType: type, type: parseHiveType(type) };
    });
    this.places = places;
    this.starts = new Int32Array(columns.length);
    this.ends = new Int32Array(columns.length);
  }

  /**
   * Writes a row for each object in the record and returns how many there were. Writes nothing if it throws.
   * @param nulled columns that become nulls whatever is in them, by their positions.
   * @throws JsonFault if the record is not JSON objects one after another, and what is thrown for a misfit.
   */
  write(b: Buffer, start: number, end: number, nulled?: ReadonlySet<number>): number {
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
        this.writeRow(b, nulled);
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
      // Events keep their order: tried first is the column that follows the last.
      const guess = this.columns[expected];
      const isAsExpected = guess !== undefined && startsWith(b, at, end, guess.quoted);
      const keyEnd = isAsExpected ? at + guess.quoted.length : endOfString(b, at, end);
      const place = isAsExpected ? guess.place : this.placeOf(stringText(b, at, keyEnd));
      at = skipSpace(b, keyEnd, end);
      if (at >= end || b[at] !== COLON) throw unexpected(b, at, end);
      at = skipSpace(b, at + 1, end);
      const valueEnd = endOfValue(b, at, end, 1);
      if (place >= 0) {
        if (this.rules.refusesDuplicates && (this.starts[place] ?? -1) >= 0)
          throw duplicateKey(this.columns[place]?.name ?? '');
        this.starts[place] = at;
        this.ends[place] = valueEnd;
        expected = place + 1;
      }
      at = skipSpace(b, valueEnd, end);
      if (at < end && b[at] === CLOSE_BRACE) return at + 1;
      if (at >= end || b[at] !== COMMA) throw unexpected(b, at, end);
      at = skipSpace(b, at + 1, end);
    }
  }

  private placeOf(key: string): number {
    return this.places.get(this.rules.fieldName(key)) ?? -1;
  }

  private writeRow(b: Buffer, nulled?: ReadonlySet<number>): void {
    for (const column of this.columns) {
      const start = this.starts[column.place] ?? -1;
      this.lines.separator();
      if (start < 0 || b[start] === LETTER_N || nulled?.has(column.position)) this.lines.null();
      else this.writeValue(column, b, start, this.ends[column.place] ?? start);
    }
    this.lines.newline();
  }

  private writeValue(column: Column, b: Buffer, start: number, end: number): void {
    const { type } = column;
    if (b[start] === QUOTE) {
      const isAnyText = type.name === 'varchar' && type.length === undefined;
      if (isAnyText || isPlain(type, 'string', b, start + 1, end - 1, this.rules)) {
        if (!this.lines.copy(b, start + 1, end - 1)) this.lines.text(stringText(b, start, end));
        return;
      }
    } else if (isPlain(type, 'bare', b, start, end, this.rules)) {
      this.lines.copy(b, start, end);
      return;
    }
    const text = valueText(type, b, start, end, this.rules);
    if (text === undefined) {
      this.onMisfit(column.name, () => misfit(column, b.toString('utf8', start, end)));
      this.lines.null();
    } else this.lines.text(text);
  }
}

interface Column {
  readonly name: string;
  readonly position: number;
  /** What it is called in JSON, in the form that the rules compare, as JSON writes it. */
  readonly quoted: Buffer;
  /** The first column that is called so: the options of OpenX can give one name to several. */
  readonly place: number;
  readonly hiveType: string;
  readonly type: SqlType;
}

/** The text of a value for a column of the type, or nothing if it does not fit. */
export function valueText(
  type: SqlType,
  b: Buffer,
  start: number,
  end: number,
  rules: DeserializerRules,
): string | undefined {
  if (type.name === 'array' || type.name === 'map' || type.name === 'row')
    return nestedText(type, b, start, end, rules);
  const first = b[start];
  if (first === OPEN_BRACE || first === OPEN_BRACKET) {
    return type.name === 'varchar' && rules.fitsShapes ? compactJson(b, start, end, rules) : undefined;
  }
  if (first === QUOTE) return scalarText(type, { kind: 'string', text: stringText(b, start, end) }, rules);
  const kind = first === LETTER_T || first === LETTER_F ? 'boolean' : 'number';
  return scalarText(type, { kind, text: b.toString('latin1', start, end) }, rules);
}

function startsWith(b: Buffer, at: number, end: number, what: Buffer): boolean {
  if (end - at < what.length) return false;
  for (let i = 0; i < what.length; i++) if (b[at + i] !== what[i]) return false;
  return true;
}

function misfit(column: Column, value: string): string {
  const shown = value.length > 100 ? `${value.slice(0, 100)}…` : value;
  return `Column "${column.name}" of type ${column.hiveType} cannot hold ${shown}`;
}
