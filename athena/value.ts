/** A value of a result in JavaScript; SQL's NULL is null, apart from the empty string. */
export type Value = null | boolean | number | bigint | string | Uint8Array | JsonValue;

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A value as Athena sends it: its text, or null for NULL. */
export type Cell = string | null;

/**
 * The JavaScript value of a cell, by the name of its column's type.
 *
 * | type | value |
 * |---|---|
 * | boolean | boolean |
 * | tinyint, smallint, integer, float, double | number |
 * | bigint | bigint |
 * | varbinary | Uint8Array |
 * | json | what it says, parsed |
 * | decimal, date, timestamp, array, map, row and all else | the text |
 *
 * Decimals stay text so that no digit is lost, timestamps so that no local time zone shifts them, and arrays, maps
 * and rows since Athena's text for them is ambiguous. A text that is not what its type promises stays text as well.
 */
export function toValue(cell: Cell, type: string): Value {
  if (cell === null) return null;
  const value = READERS.get(type)?.(cell);
  return value === undefined ? cell : value;
}

/** Reads a text of one type; undefined where it is none. */
type Reader = (text: string) => Value | undefined;

const INTEGER = /^-?\d+$/;

const readInteger: Reader = (text) => (INTEGER.test(text) ? Number(text) : undefined);

const FLOATING = /^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const NOT_FINITE: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

const readFloating: Reader = (text) => (FLOATING.test(text) ? Number(text) : NOT_FINITE.get(text));

/** Bytes as hexadecimal pairs with blanks between them: `61 62`. */
const readBytes: Reader = (text) =>
  /^([0-9a-f]{2}( |$))*$/i.test(text)
    ? Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))
    : undefined;

const readJson: Reader = (text) => {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
};

const readBoolean: Reader = (text) => (text === 'true' ? true : text === 'false' ? false : undefined);

const readBigint: Reader = (text) => (INTEGER.test(text) ? BigInt(text) : undefined);

const READERS: ReadonlyMap<string, Reader> = new Map([
  ['boolean', readBoolean],
  ['tinyint', readInteger],
  ['smallint', readInteger],
  ['integer', readInteger],
  // What Hive calls it, as DDL statements do.
  ['int', readInteger],
  ['bigint', readBigint],
  ['float', readFloating],
  ['real', readFloating],
  ['double', readFloating],
  ['varbinary', readBytes],
  ['json', readJson],
]);
