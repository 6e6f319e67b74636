/** How far a JSON object or array goes. */
export type JsonEnd =
  /** To before `end`. Its brackets match; what is between them may still be wrong. */
  | { readonly kind: 'closed'; readonly end: number }
  /** Beyond the bytes that there are. */
  | { readonly kind: 'open' }
  /** It cannot be JSON, because of what stands at `at`. */
  | { readonly kind: 'broken'; readonly at: number };

/**
 * Looks for the end of the JSON object or array that begins at `start`, in one pass and with no more than the places
 * of brackets, strings, commas and colons: the one that began before the last was closed is noticed where it stands,
 * and not at the end of everything.
 */
export function jsonEnd(bytes: Uint8Array, start: number): JsonEnd {
  const closers: number[] = [];
  let before = 0;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === SPACE || byte === TAB || byte === LINE_FEED || byte === RETURN) continue;
    if (byte === BRACE || byte === BRACKET) {
      if (closers.length > 0 && !mayBegin(before, closers.at(-1))) return { kind: 'broken', at };
      closers.push(byte === BRACE ? BRACE_END : BRACKET_END);
    } else if (byte === BRACE_END || byte === BRACKET_END) {
      if (closers.pop() !== byte) return { kind: 'broken', at };
      if (closers.length === 0) return { kind: 'closed', end: at + 1 };
    } else if (byte === QUOTE) {
      if (!BEFORE_STRING.has(before)) return { kind: 'broken', at };
      const end = stringEnd(bytes, at + 1);
      if (end === undefined) return { kind: 'open' };
      if (bytes[end] !== QUOTE) return { kind: 'broken', at: end };
      at = end;
    }
    before = byte;
  }
  return { kind: 'open' };
}

/** Whether an object or array may stand here: in an object after a colon, in an array as an element. */
function mayBegin(before: number, closer: number | undefined): boolean {
  return closer === BRACE_END ? before === COLON : before === BRACKET || before === COMMA;
}

/** Where a string ends: at its quote, or at the line feed that it cannot hold. */
function stringEnd(bytes: Uint8Array, start: number): number | undefined {
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE || byte === LINE_FEED) return at;
    if (byte === BACKSLASH) at++;
  }
  return undefined;
}

const [SPACE, TAB, LINE_FEED, RETURN] = [0x20, 0x09, 0x0a, 0x0d];
const [BRACE, BRACE_END, BRACKET, BRACKET_END] = [0x7b, 0x7d, 0x5b, 0x5d];
const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const BEFORE_STRING = new Set([BRACE, BRACKET, COMMA, COLON]);
