import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  endOfString,
  endOfValue,
  OPEN_BRACE,
  OPEN_BRACKET,
  skipSpace,
} from './json-bytes.js';

/** An entry of an object or array; `key` in lower case, as OpenX has it, and absent in an array. */
export interface JsonEntry {
  readonly key?: string;
  readonly start: number;
  readonly end: number;
}

/** The entries of the valid object or array that lies from `at` on. */
export function entriesOf(b: Buffer, at: number, end: number): JsonEntry[] {
  const entries: JsonEntry[] = [];
  const close = b[at] === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET;
  let i = skipSpace(b, at + 1, end);
  while (b[i] !== close) {
    let key: string | undefined;
    if (close === CLOSE_BRACE) {
      const keyEnd = endOfString(b, i, end);
      key = stringText(b, i, keyEnd).toLowerCase();
      i = skipSpace(b, skipSpace(b, keyEnd, end) + 1, end);
    }
    const valueEnd = endOfValue(b, i, end);
    entries.push({ ...(key !== undefined && { key }), start: i, end: valueEnd });
    i = skipSpace(b, valueEnd, end);
    if (b[i] === COMMA) i = skipSpace(b, i + 1, end);
  }
  return entries;
}

/**
 * The characters of the valid JSON string, quotes included, from `at` to `end`. A surrogate without its other half,
 * which UTF-8 cannot have, becomes the replacement character.
 */
export function stringText(b: Buffer, at: number, end: number): string {
  for (let i = at + 1; i < end; i++) {
    if (b[i] === BACKSLASH) {
      return String(JSON.parse(b.toString('utf8', at, end))).replace(/\p{Surrogate}/gu, '\ufffd');
    }
  }
  return b.toString('utf8', at + 1, end - 1);
}

/** The valid value without whitespace and with its keys in lower case at every depth; numbers keep their text. */
export function compactJson(b: Buffer, at: number, end: number): string {
  const opening = b[at];
  if (opening !== OPEN_BRACE && opening !== OPEN_BRACKET) return b.toString('utf8', at, end);
  const entries = entriesOf(b, at, end).map(({ key, start, end: valueEnd }) => {
    const value = compactJson(b, start, valueEnd);
    return key === undefined ? value : `${JSON.stringify(key)}:${value}`;
  });
  return opening === OPEN_BRACE ? `{${entries.join(',')}}` : `[${entries.join(',')}]`;
}
