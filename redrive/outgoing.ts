import { errorName, firstLine } from '../cli/error-shape.js';
import { type EventLine, type JsonEvent, recordTooLarge } from '../producer/event-line.js';
import type { LineCheck } from '../producer/input/line-check.js';
import type { Mapped, MappedFrom, Mapping } from './mapping.js';
import { type RecordPart, splitRecord } from './split-events.js';

/** What an event becomes on its way back to the stream. */
export type Outgoing =
  /** Lines to send; none where a mapping left it out. */
  { readonly kind: 'lines'; readonly lines: readonly EventLine[] } | Unsendable;

/** An event that is not sent, and why. */
export interface Unsendable {
  readonly kind: 'unsendable';
  readonly code: string;
  readonly message: string;
}

/**
 * What is to be sent for a piece of a record. An event that no mapping changes is sent as it came, to the byte, but
 * that its line feeds become spaces: numbers too large for JavaScript stay what they were. What would only fail again
 * is not sent.
 */
export async function outgoing(
  check: LineCheck,
  part: RecordPart,
  from: Omit<MappedFrom, 'text'>,
  mapping: Mapping | undefined,
): Promise<Outgoing> {
  if (!mapping) return linesOf(check, [part]);
  const text = Buffer.from(part.bytes).toString();
  const before = part.event && jsonOf(part.event);
  let mapped: Mapped;
  try {
    mapped = await mapping(part.event ?? text, { ...from, text });
  } catch (error) {
    return unsendable('MappingFailed', `${errorName(error)}: ${firstLine(error)}`);
  }
  const made: readonly unknown[] = Array.isArray(mapped) ? mapped : mapped === null ? [] : [mapped];
  if (made.length === 0) return { kind: 'lines', lines: [] };
  const parts: RecordPart[] = [];
  for (const one of made) {
    if (typeof one === 'string') parts.push(...splitRecord(Buffer.from(one)));
    else if (!isObject(one)) return badlyMapped(typeof one);
    else if (before !== undefined && jsonOf(one) === before) parts.push(part);
    else parts.push({ bytes: EMPTY, event: one });
  }
  return parts.length === 0 ? badlyMapped('empty text') : linesOf(check, parts);
}

/** All lines or none: an event of which a part cannot be sent stays where it is. */
function linesOf(check: LineCheck, parts: readonly RecordPart[]): Outgoing {
  const lines: EventLine[] = [];
  for (const { bytes, event } of parts) {
    if (!event) return unsendable('NotJson', 'It is no JSON object.');
    const json = bytes.length > 0 ? bytes : jsonOf(event);
    if (json === undefined) return unsendable('NotSerializable', 'What the mapping returned has no JSON.');
    const line = lineOf(Buffer.from(json));
    const checked = check.check(line.subarray(0, -1));
    if (checked.kind === 'refusal') return unsendable(checked.code, checked.message);
    const tooLarge = recordTooLarge(line.length, checked.key);
    if (tooLarge !== undefined) return unsendable('RecordTooLarge', tooLarge);
    lines.push({ kind: 'line', key: checked.key, bytes: line });
  }
  return { kind: 'lines', lines };
}

/** An event's JSON as a line. */
function lineOf(json: Uint8Array): Uint8Array {
  const line = Buffer.alloc(json.length + 1, LINE_FEED);
  line.set(json);
  // Between the parts of a JSON object they are white space, and in its strings they cannot be.
  for (let at = line.indexOf(LINE_FEED); at < json.length; at = line.indexOf(LINE_FEED, at)) line[at] = SPACE;
  return line;
}

function badlyMapped(returned: string): Unsendable {
  return unsendable(
    'MappingFailed',
    `The mapping returned ${returned}, but must return an event, text, an array of these, or null.`,
  );
}

function unsendable(code: string, message: string): Unsendable {
  return { kind: 'unsendable', code, message };
}

function isObject(value: unknown): value is JsonEvent {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function jsonOf(value: JsonEvent): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

const EMPTY = new Uint8Array();
const LINE_FEED = 0x0a;
const SPACE = 0x20;
