/**
 * Walks over JSON as bytes, strictly by RFC 8259. DuckDB's own reader will not do here: it takes NaN and a trailing
 * comma for JSON and turns 1.10 into 1.1.
 */
export class JsonFault extends Error {}

export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const COMMA = 0x2c;
export const COLON = 0x3a;
const MINUS = 0x2d;
/** Deeper than any event; keeps a hostile record from exhausting the stack. */
const MAX_DEPTH = 512;

/** The position of the first byte from `at` on that is not whitespace, or `end`. */
export function skipSpace(b: Buffer, at: number, end: number): number {
  let i = at;
  while (i < end) {
    const c = b[i];
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) break;
    i++;
  }
  return i;
}

/**
 * The position after the value that starts at `at`.
 * @throws JsonFault if that is no JSON value.
 */
export function endOfValue(b: Buffer, at: number, end: number, depth = 0): number {
  const c = at < end ? b[at] : undefined;
  if (c === QUOTE) return endOfString(b, at, end);
  if (c === OPEN_BRACE || c === OPEN_BRACKET) {
    if (depth >= MAX_DEPTH) throw new JsonFault(`Nested deeper than ${MAX_DEPTH} levels`);
    return c === OPEN_BRACE ? endOfObject(b, at, end, depth) : endOfArray(b, at, end, depth);
  }
  if (c === MINUS || isDigit(c)) return endOfNumber(b, at, end);
  for (const word of WORDS) {
    if (c === word[0] && end - at >= word.length && word.compare(b, at, at + word.length) === 0)
      return at + word.length;
  }
  throw unexpected(b, at, end);
}

/** The position after the string whose opening quote is at `at`. */
export function endOfString(b: Buffer, at: number, end: number): number {
  let i = at + 1;
  for (;;) {
    while (i < end && ORDINARY[b[i] ?? 0] === 1) i++;
    if (i >= end) throw new JsonFault('A string does not end');
    const c = b[i];
    if (c === QUOTE) return i + 1;
    if (c !== BACKSLASH) {
      const code = (c ?? 0).toString(16).toUpperCase().padStart(4, '0');
      throw new JsonFault(`Unescaped control character U+${code} in a string`);
    }
    i = endOfEscape(b, i, end);
  }
}

/** Which bytes mean only themselves in a string. */
const ORDINARY = Uint8Array.from({ length: 256 }, (_, c) =>
  c >= 0x20 && c !== QUOTE && c !== BACKSLASH ? 1 : 0,
);

/** What was found at `at` instead of what had to come there. */
export function unexpected(b: Buffer, at: number, end: number): JsonFault {
  if (at >= end) return new JsonFault('The record ends within a JSON value');
  const shown = JSON.stringify(b.toString('utf8', at, Math.min(at + 12, end)));
  return new JsonFault(`Unexpected ${shown}`);
}

const WORDS = [Buffer.from('true'), Buffer.from('false'), Buffer.from('null')];

function endOfEscape(b: Buffer, at: number, end: number): number {
  if (at + 1 >= end) throw new JsonFault('A string does not end');
  const c = b[at + 1];
  if (c === 0x75) {
    if (at + 6 > end || !/^[0-9a-fA-F]{4}$/.test(b.toString('latin1', at + 2, at + 6)))
      throw unexpected(b, at, end);
    return at + 6;
  }
  // " \ / b f n r t
  if (
    c === 0x22 ||
    c === 0x5c ||
    c === 0x2f ||
    c === 0x62 ||
    c === 0x66 ||
    c === 0x6e ||
    c === 0x72 ||
    c === 0x74
  ) {
    return at + 2;
  }
  throw unexpected(b, at, end);
}

function endOfNumber(b: Buffer, at: number, end: number): number {
  let i = b[at] === MINUS ? at + 1 : at;
  if (b[i] === 0x30 && i < end) i++;
  else i = digits(b, i, end);
  if (i < end && b[i] === 0x2e) i = digits(b, i + 1, end);
  if (i < end && (b[i] === 0x65 || b[i] === 0x45)) {
    const sign = b[i + 1];
    i = digits(b, sign === 0x2b || sign === MINUS ? i + 2 : i + 1, end);
  }
  if (i < end && isDigit(b[i])) throw unexpected(b, at, end);
  return i;
}

function digits(b: Buffer, at: number, end: number): number {
  let i = at;
  while (i < end && isDigit(b[i])) i++;
  if (i === at) throw unexpected(b, at, end);
  return i;
}

function isDigit(c: number | undefined): boolean {
  return c !== undefined && c >= 0x30 && c <= 0x39;
}

function endOfObject(b: Buffer, at: number, end: number, depth: number): number {
  let i = skipSpace(b, at + 1, end);
  if (b[i] === CLOSE_BRACE && i < end) return i + 1;
  for (;;) {
    if (i >= end || b[i] !== QUOTE) throw unexpected(b, i, end);
    i = skipSpace(b, endOfString(b, i, end), end);
    if (i >= end || b[i] !== COLON) throw unexpected(b, i, end);
    i = skipSpace(b, endOfValue(b, skipSpace(b, i + 1, end), end, depth + 1), end);
    if (i < end && b[i] === CLOSE_BRACE) return i + 1;
    if (i >= end || b[i] !== COMMA) throw unexpected(b, i, end);
    i = skipSpace(b, i + 1, end);
  }
}

function endOfArray(b: Buffer, at: number, end: number, depth: number): number {
  let i = skipSpace(b, at + 1, end);
  if (b[i] === CLOSE_BRACKET && i < end) return i + 1;
  for (;;) {
    i = skipSpace(b, endOfValue(b, i, end, depth + 1), end);
    if (i < end && b[i] === CLOSE_BRACKET) return i + 1;
    if (i >= end || b[i] !== COMMA) throw unexpected(b, i, end);
    i = skipSpace(b, i + 1, end);
  }
}
