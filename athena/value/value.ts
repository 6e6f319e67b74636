import { nestedReader } from './nested-text.js';
import { type Reader, scalarReader } from './scalar-text.js';

/** A value of a result in JavaScript; SQL's NULL is null, apart from the empty string. */
export type Value = null | boolean | number | bigint | string | Uint8Array | JsonValue | NestedValue;

/** A value of JSON; a number that a JavaScript number cannot hold is a bigint where it is whole, else its text. */
export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** An array, a map or a row whose type the caller has told. */
export type NestedValue = readonly Value[] | ReadonlyMap<Value, Value> | { readonly [field: string]: Value };

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
 * | json | what it says, parsed; whole numbers beyond 2^53 - 1 are bigints, others that a double cannot hold their text |
 * | array, map, row, told whole, such as `array(bigint)` | an array, a Map, an object, where no element is text |
 * | decimal, date, timestamp and all else | the text |
 *
 * Decimals stay text so that no digit is lost, timestamps so that no local time zone shifts them. Athena tells of an
 * array, a map or a row nothing but that it is one, and writes text in it without quotes, so that `[a, b]` may have one
 * element or two: what is not certain stays text. A text that is not what its type promises stays text as well.
 */
export function toValue(cell: Cell, type: string): Value {
  return valueReader(type)(cell);
}

/** The same for many cells of one type. */
export function valueReader(type: string): (cell: Cell) => Value {
  const read: Reader | undefined = scalarReader(type) ?? nestedReader(type);
  if (!read) return (cell) => cell;
  return (cell) => {
    if (cell === null) return null;
    const value = read(cell);
    return value === undefined ? cell : value;
  };
}
