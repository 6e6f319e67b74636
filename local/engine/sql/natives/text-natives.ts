import { formatItem, groupedNumber } from './java-format.js';
import { type Native, native, TrinoError } from './native.js';

/** What Trino's functions of texts do, in code points. */
export const TEXT_NATIVES: readonly Native[] = [
  native('trino_reverse', ['text'], 'text', (text) => [...text].reverse().join('')),
  native('trino_chr', ['bigint'], 'text', (code) => {
    if (code < 0n || code > 0x10ffffn || (code >= 0xd800n && code <= 0xdfffn))
      throw invalid(`Not a valid Unicode code point: ${code}`);
    return String.fromCodePoint(Number(code));
  }),
  native('trino_codepoint', ['text'], 'bigint', (text) => {
    const [only, ...rest] = [...text];
    if (only === undefined || rest.length > 0)
      throw invalid('Input string must be a single character string');
    return BigInt(only.codePointAt(0) ?? 0);
  }),
  native(
    'trino_interleave',
    ['text', 'text'],
    'text',
    (text, between) => between + [...text].map((c) => c + between).join(''),
  ),
  native('trino_pad', ['text', 'bigint', 'text', 'boolean'], 'text', (text, size, padding, left) => {
    if (size < 0n || size > 2147483647n) throw invalid(`Target length must be in the range [0..2147483647]`);
    const [points, fill] = [[...text], [...padding]];
    if (fill.length === 0) throw invalid('Padding string must not be empty');
    const length = Number(size);
    if (length > 10_000_000)
      throw new TrinoError('NOT_SUPPORTED', 'So long a text is not supported by local AWS');
    if (points.length >= length) return points.slice(0, length).join('');
    const added = Array.from({ length: length - points.length }, (_, i) => fill[i % fill.length]).join('');
    return left ? added + text : text + added;
  }),
  native('trino_translate', ['text', 'text', 'text'], 'text', (text, from, to) => {
    const [sources, targets] = [[...from], [...to]];
    const replaced = (c: string) => {
      const at = sources.indexOf(c);
      return at < 0 ? c : (targets[at] ?? '');
    };
    return [...text].map(replaced).join('');
  }),
  native('trino_split', ['text', 'text', 'bigint'], 'texts', (text, delimiter, limit) => {
    if (limit <= 0n) throw invalid('Limit must be positive');
    if (limit > 2147483647n) throw invalid('Limit is too large');
    if (delimiter === '') throw invalid('The delimiter may not be the empty string');
    const parts = text.split(delimiter);
    const most = Number(limit);
    return parts.length <= most
      ? parts
      : [...parts.slice(0, most - 1), parts.slice(most - 1).join(delimiter)];
  }),
  native('trino_split_keys', ['text', 'text', 'text', 'boolean'], 'texts', (text, entries, between, once) => {
    const keys = splitEntries(text, entries, between).map(([key]) => key);
    const again = keys.find((key, i) => once && keys.indexOf(key) < i);
    if (again !== undefined) throw invalid(`Duplicate keys (${again}) are not allowed`);
    return keys;
  }),
  native('trino_split_values', ['text', 'text', 'text'], 'texts', (text, entries, between) =>
    splitEntries(text, entries, between).map(([, value]) => value),
  ),
  native('trino_strpos', ['text', 'text', 'bigint'], 'bigint', (text, sought, instance) => {
    if (instance === 0n) throw invalid("'instance' must not be zero");
    if (sought === '') return 1n;
    const backwards = instance < 0n;
    let at = backwards ? text.length : -1;
    for (let i = backwards ? -instance : instance; i > 0n; i--) {
      at = backwards ? (at <= 0 ? -1 : text.lastIndexOf(sought, at - 1)) : text.indexOf(sought, at + 1);
      if (at < 0) return 0n;
    }
    return BigInt([...text.slice(0, at)].length + 1);
  }),
  native('trino_levenshtein', ['text', 'text'], 'bigint', (a, b) => BigInt(levenshtein([...a], [...b]))),
  native('trino_hamming', ['text', 'text'], 'bigint', (a, b) => {
    const [x, y] = [[...a], [...b]];
    if (x.length !== y.length)
      throw invalid('The input strings to hamming_distance function must have the same length');
    return BigInt(x.filter((c, i) => c !== y[i]).length);
  }),
  native('trino_soundex', ['text'], 'text', soundex),
  native('trino_luhn_check', ['text'], 'boolean', (text) => {
    if (!/^\d*$/.test(text)) throw invalid(`Input contains non-numeric characters`);
    const digits = [...text].reverse().map(Number);
    const sum = digits.reduce((total, d, i) => total + (i % 2 === 0 ? d : d * 2 > 9 ? d * 2 - 9 : d * 2), 0);
    return digits.length > 0 && sum % 10 === 0;
  }),
  native('trino_normalize', ['text', 'text'], 'text', (text, form) => {
    if (!['NFC', 'NFD', 'NFKC', 'NFKD'].includes(form))
      throw invalid('Normalization form must be one of [NFD, NFC, NFKD, NFKC]');
    return text.normalize(form);
  }),
  native('trino_format_number', ['double'], 'text', groupedNumber),
  native('trino_format_item', ['text', 'text', 'text', 'text', 'text'], 'text', formatItem),
  native('trino_human_readable_seconds', ['double'], 'text', humanReadableSeconds),
  native('trino_parse_data_size', ['text'], 'text', (text) => {
    const [, number = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([kMGTPEZY]?B)\s*$/.exec(text) ?? [];
    if (number === '') throw invalid(`Invalid data size: '${text}'`);
    const [whole = '', fraction = ''] = number.split('.');
    const scale = 1024n ** BigInt(['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'].indexOf(unit));
    const bytes = (BigInt(whole + fraction) * scale) / 10n ** BigInt(fraction.length);
    if (bytes >= 10n ** 38n)
      throw new TrinoError('NUMERIC_VALUE_OUT_OF_RANGE', `Value out of range: '${text}' ('${bytes}B')`);
    return String(bytes);
  }),
];

function invalid(message: string): TrinoError {
  return new TrinoError('INVALID_FUNCTION_ARGUMENT', message);
}

function splitEntries(text: string, entries: string, between: string): (readonly [string, string])[] {
  if (entries === '' || between === '') throw invalid('The delimiters may not be empty');
  if (entries === between) throw invalid('entryDelimiter and keyValueDelimiter must not be the same');
  if (text === '') return [];
  const parts = text.split(entries);
  if (parts.at(-1) === '') parts.pop();
  return parts.map((entry) => {
    const at = entry.indexOf(between);
    if (at < 0)
      throw invalid(`Key-value delimiter must appear exactly once in each entry. Bad input: '${entry}'`);
    const value = entry.slice(at + between.length);
    if (value.includes(between))
      throw invalid(`Key-value delimiter must appear exactly once in each entry. Bad input: '${entry}'`);
    return [entry.slice(0, at), value] as const;
  });
}

/** Trino refuses texts whose distance would take longer. */
const MOST_STEPS = 1_000_000;

function levenshtein(a: readonly string[], b: readonly string[]): number {
  if (a.length * b.length > MOST_STEPS)
    throw invalid(`The combined inputs for Levenshtein distance are too large`);
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, c] of a.entries()) {
    const next = [i + 1];
    for (const [j, d] of b.entries())
      next.push(Math.min((row[j] ?? 0) + (c === d ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** As Apache Commons Codec computes it. */
function soundex(text: string): string {
  const letters = [...text.toUpperCase()].filter((c) => /\p{L}/u.test(c));
  const CODES = '01230120022455012623010202';
  const codes = letters.map((c) => {
    const code = /[A-Z]/.test(c) ? CODES[c.charCodeAt(0) - 65] : undefined;
    if (code === undefined)
      throw invalid(`The character is not mapped: ${c} (index=${text.toUpperCase().indexOf(c)})`);
    return code;
  });
  let [result, last] = [letters[0] ?? '', codes[0]];
  for (let i = 1; i < letters.length && result.length < 4; i++) {
    const c = letters[i] ?? '';
    if (c === 'H' || c === 'W') continue;
    if (codes[i] !== '0' && codes[i] !== last) result += codes[i];
    last = codes[i];
  }
  return result === '' ? '' : result.padEnd(4, '0');
}

function humanReadableSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) throw invalid(`Invalid argument found: ${seconds}`);
  let rest = Math.round(Math.abs(seconds));
  const parts: string[] = [];
  for (const [size, name] of [
    [604_800, 'week'],
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ] as const) {
    const count = Math.floor(rest / size);
    rest %= size;
    if (count > 0 || (size === 1 && parts.length === 0))
      parts.push(`${count} ${name}${count === 1 ? '' : 's'}`);
  }
  return parts.join(', ');
}
