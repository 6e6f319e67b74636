import type { JsonEvent } from '../producer/index.js';
import { jsonEnd } from './json-end.js';

/** A piece of a record: an event, or text that is none. */
export interface RecordPart {
  /** As it came, without white space around it. */
  readonly bytes: Uint8Array;
  /** The event; undefined where the piece is no JSON object. */
  readonly event: JsonEvent | undefined;
}

/** The pieces of some bytes, and the bytes behind them that may still become one. */
export interface Split {
  readonly parts: readonly RecordPart[];
  readonly rest: Uint8Array;
}

export interface SplitOptions {
  /** Whether there is nothing more to come: nothing is left over then. */
  readonly isAll: boolean;
  /** Bytes after which a piece without an end is no JSON. @default - there is no such limit */
  readonly longest?: number;
}

/** The pieces of a whole record. */
export function splitRecord(record: Uint8Array): readonly RecordPart[] {
  return splitEvents(record, { isAll: true }).parts;
}

/**
 * Splits bytes into the JSON objects in them, one after another as a record has them, with white space between them or
 * without. What is no JSON object goes to the end of its line, as a piece of its own, so that one bad event does not
 * take the good ones along.
 */
export function splitEvents(
  bytes: Uint8Array,
  { isAll, longest = Number.POSITIVE_INFINITY }: SplitOptions,
): Split {
  const parts: RecordPart[] = [];
  // Behind a place where JSON broke, objects have to be on one line until that place is passed: each byte is looked at
  // a few times at the most.
  let singleLines = 0;
  let at = afterSpace(bytes, 0);
  while (at < bytes.length) {
    const lineFeed = bytes.indexOf(LINE_FEED, at);
    const lineEnd = lineFeed === -1 ? bytes.length : lineFeed;
    const reach = at < singleLines ? lineEnd : bytes.length;
    const part =
      bytes[at] === BRACE ? objectAt(bytes.subarray(0, reach), at) : { kind: 'broken' as const, at };
    if (part.kind === 'event') {
      parts.push({ bytes: bytes.subarray(at, part.end), event: part.event });
      at = afterSpace(bytes, part.end);
      continue;
    }
    // Its end, or that of its line, may be yet to come.
    const isCut = lineFeed === -1 || (part.kind === 'open' && reach === bytes.length);
    if (isCut && !isAll && bytes.length - at <= longest) break;
    singleLines = Math.max(singleLines, part.kind === 'open' ? reach : part.at);
    parts.push({ bytes: trimmed(bytes.subarray(at, lineEnd)), event: undefined });
    at = afterSpace(bytes, lineEnd);
  }
  return { parts, rest: bytes.subarray(Math.min(at, bytes.length)) };
}

type Found =
  | { readonly kind: 'event'; readonly end: number; readonly event: JsonEvent }
  | { readonly kind: 'open' }
  | { readonly kind: 'broken'; readonly at: number };

function objectAt(bytes: Uint8Array, at: number): Found {
  const found = jsonEnd(bytes, at);
  if (found.kind !== 'closed') return found;
  const event = eventOf(bytes.subarray(at, found.end));
  return event ? { kind: 'event', end: found.end, event } : { kind: 'broken', at: found.end };
}

/** The JSON object that these bytes are; undefined where they are none. */
export function eventOf(bytes: Uint8Array): JsonEvent | undefined {
  try {
    const value: unknown = JSON.parse(UTF8.decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonEvent)
      : undefined;
  } catch {
    return undefined;
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function afterSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && isSpace(bytes[at])) at++;
  return at;
}

function trimmed(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && isSpace(bytes[end - 1])) end--;
  return bytes.subarray(0, end);
}

const isSpace = (byte: number | undefined) =>
  byte === 0x20 || byte === 0x09 || byte === LINE_FEED || byte === 0x0d;

const LINE_FEED = 0x0a;
const BRACE = 0x7b;
