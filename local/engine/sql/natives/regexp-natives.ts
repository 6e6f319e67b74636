import { readPattern, refusal, type Search } from './joni-pattern.js';
import { type Native, native, TrinoError } from './native.js';
import { re2Replacement, readReplacement } from './regexp-replacement.js';

/** What is done with patterns that are known only when the statement runs, and with what RE2 found by any. */
export const REGEXP_NATIVES: readonly Native[] = [
  native('trino_pattern', ['text', 'text'], 'text', (text, search) => {
    const pattern = readPattern(text);
    const refused = refusal(pattern, search as Search, false);
    if (refused !== undefined) throw notSupported(refused);
    return pattern.re2;
  }),
  native('trino_pattern_uses', ['text'], 'text', (text) => [...readPattern(text).uses].join(' ')),
  native('trino_pattern_group', ['text', 'bigint'], 'bigint', (text, index) => {
    const { groups } = readPattern(text);
    if (!groups[Number(index)]) throw invalid(noGroup(groups.length, Number(index)));
    return index;
  }),
  native('trino_replacement', ['text', 'text'], 'text', (replacement, text) => {
    const written = re2Replacement(readReplacement(replacement, readPattern(text)));
    if (written === undefined) throw notSupported('A group of two digits in a computed replacement');
    return written;
  }),
  // Of a pattern that matches everywhere, if only nothing: behind an empty match the next begins one character on.
  native('trino_match_parts', ['text', 'texts'], 'texts', (text, matches) => {
    const parts = [];
    let [at, end] = [0, 0];
    for (const match of matches) {
      parts.push(text.slice(end, at));
      end = at + match.length;
      at = match === '' ? at + String.fromCodePoint(text.codePointAt(at) ?? 0).length : end;
    }
    return [...parts, text.slice(end)];
  }),
  native(
    'trino_match_position',
    ['text', 'bigint', 'bigint', 'texts', 'texts'],
    'bigint',
    (text, start, occurrence, parts, matches) => {
      if (start < 1n) throw invalid('start position cannot be smaller than 1');
      if (occurrence < 1n) throw invalid('occurrence cannot be smaller than 1');
      if (start > [...text].length || occurrence > matches.length) return -1n;
      const before =
        parts.slice(0, Number(occurrence)).join('') + matches.slice(0, Number(occurrence) - 1).join('');
      return start + BigInt([...before].length);
    },
  ),
];

export function noGroup(count: number, index: number): string {
  return index < 0
    ? 'Group cannot be negative'
    : `Pattern has ${count - 1} groups. Cannot access group ${index}`;
}

function invalid(message: string): TrinoError {
  return new TrinoError('INVALID_FUNCTION_ARGUMENT', message);
}

function notSupported(what: string): TrinoError {
  return new TrinoError('NOT_SUPPORTED', `${what} is not supported by local AWS`);
}
