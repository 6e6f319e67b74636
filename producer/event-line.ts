import type { Dataset } from '../datasets/index.js';
import { LANE_NAME_BYTES } from './pack/lanes.js';
import { partitionKeyOf } from './partition-key.js';
import type { RefusalCode } from './refusal.js';
import { LIMITS } from './write/limits.js';

/** A JSON object as a dataset's generator, or an application, makes it. */
export type JsonEvent = Readonly<Record<string, unknown>>;

/** An event as it travels. */
export interface EventLine {
  readonly kind: 'line';
  readonly key: string;
  /** Its JSON and a line feed, as UTF-8. */
  readonly bytes: Uint8Array;
}

/** An event that can never be sent, however often it is tried, and why. */
export interface EventRefusal {
  readonly kind: 'refusal';
  readonly code: RefusalCode;
  readonly message: string;
  /** What it looks like: its JSON where it has one. */
  readonly text: string;
}

/** Makes an event's line and finds its partition key. What Kinesis would never take is refused. */
export function eventLine(
  dataset: Pick<Dataset, 'partitionKey'>,
  event: JsonEvent,
): EventLine | EventRefusal {
  const json = toJson(event);
  if (typeof json !== 'string')
    return {
      kind: 'refusal',
      code: 'NotSerializable',
      message: `The event is no JSON: ${json.reason}.`,
      text: String(event),
    };
  const key = partitionKeyOf(dataset, event);
  if (typeof key !== 'string') return { kind: 'refusal', ...key, text: json };
  const bytes = Buffer.from(`${json}\n`);
  const tooLarge = recordTooLarge(bytes.byteLength, key);
  if (tooLarge) return { kind: 'refusal', code: 'RecordTooLarge', message: tooLarge, text: json };
  return { kind: 'line', key, bytes };
}

/**
 * Why a line of so many bytes is too large for a record of its own; undefined where it is not. The record may be sent
 * under its lane's name instead of the event's key.
 */
export function recordTooLarge(lineBytes: number, key: string): string | undefined {
  const bytes = lineBytes + Math.max(Buffer.byteLength(key), LANE_NAME_BYTES);
  if (bytes <= LIMITS.bytesPerRecord) return undefined;
  return `The record has ${bytes} bytes with its key; Kinesis takes ${LIMITS.bytesPerRecord}.`;
}

function toJson(event: JsonEvent): string | { readonly reason: string } {
  try {
    const json: unknown = JSON.stringify(event);
    return typeof json === 'string' ? json : { reason: 'it has no JSON' };
  } catch (error) {
    // A bigint, or an object that contains itself.
    const message = error instanceof Error ? error.message : String(error);
    return { reason: message.split('\n')[0] ?? message };
  }
}
