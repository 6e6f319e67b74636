import type { DeserializerRules } from './deserializer-rules.js';
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  endOfString,
  endOfValue,
  JsonFault,
  OPEN_BRACE,
  OPEN_BRACKET,
  skipSpace,
} from './json-bytes.js';

/** An entry of an object or array; an array's have no key. */
export interface JsonEntry {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/** The entries of the valid object or array that lies from `at` on. */
export function entriesOf(b: Buffer, at: number, end: number): JsonEntry[] {
  const entries: JsonEntry[] = [];
  const close = b[at] === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET;
  let i = skipSpace(b, at + 1, end);
  while (b[i] !== close) {
    let key = '';
    if (close === CLOSE_BRACE) {
      const keyEnd = endOfString(b, i, end);
      key = stringText(b, i, keyEnd);
      i = skipSpace(b, skipSpace(b, keyEnd, end) + 1, end);
    }
    const valueEnd = endOfValue(b, i, end);
    entries.push({ key, start: i, end: valueEnd });
    i = skipSpace(b, valueEnd, end);
    if (b[i] === COMMA) i = skipSpace(b, i + 1, end);
  }
  return entries;
}

/**
 * The entries of an object by what their names become.
 * @throws JsonFault for a name twice, if the rules refuse it.
 */
export function entriesByName(
  entries: readonly JsonEntry[],
  rename: (name: string) => string,
  rules: DeserializerRules,
): ReadonlyMap<string, JsonEntry> {
  const byName = new Map<string, JsonEntry>();
  for (const entry of entries) {
    const name = rename(entry.key);
    if (rules.refusesDuplicates && byName.has(name)) throw duplicateKey(name);
    byName.set(name, entry);
  }
  return byName;
}

export function duplicateKey(name: string): JsonFault {
  return new JsonFault(`Duplicate key "${name}"`);
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

/** The valid value without whitespace, with the names that the rules give it; numbers keep their text. */
export function compactJson(b: Buffer, at: number, end: number, rules: DeserializerRules): string {
  const opening = b[at];
  if (opening !== OPEN_BRACE && opening !== OPEN_BRACKET) return b.toString('utf8', at, end);
  const entries = entriesOf(b, at, end);
  const textOf = (entry: JsonEntry) => compactJson(b, entry.start, entry.end, rules);
  if (opening === OPEN_BRACKET) return `[${entries.map(textOf).join(',')}]`;
  const named = [...entriesByName(entries, rules.keptName, rules)];
  return `{${named.map(([name, entry]) => `${JSON.stringify(name)}:${textOf(entry)}`).join(',')}}`;
}
