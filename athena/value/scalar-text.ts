import { parseJson } from './json-text.js';
import type { Value } from './value.js';

/** Reads a text of one type; undefined where it is none. */
export type Reader = (text: string) => Value | undefined;

/** The reader of a type without parts, by Athena's name or Hive's; undefined where its values are their text. */
export function scalarReader(type: string): Reader | undefined {
  return READERS.get(type);
}

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
  ['json', parseJson],
]);
