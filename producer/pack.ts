import type { Dataset } from '../datasets/index.js';
import { type KinesisRecord, sizeOf } from './kinesis-record.js';
import { LIMITS } from './limits.js';

/** A JSON object as a dataset's generator makes it. */
export type JsonEvent = Readonly<Record<string, unknown>>;

/** A record, and the events that travel in it. */
export interface PackedRecord<E = JsonEvent> extends KinesisRecord {
  readonly kind: 'record';
  readonly events: readonly E[];
}

/** Why events can never be sent, however often it is tried. */
export type RefusalCode =
  | 'NotSerializable'
  | 'PartitionKeyMissing'
  | 'PartitionKeyEmpty'
  | 'PartitionKeyTooLong'
  | 'RecordTooLarge';

/** Events that can never be sent, and why. */
export interface Refusal<E = JsonEvent> {
  readonly kind: 'refusal';
  readonly events: readonly E[];
  readonly code: RefusalCode;
  readonly message: string;
}

export type Packed<E = JsonEvent> = PackedRecord<E> | Refusal<E>;

/**
 * Packs an event into a record of its own: its JSON and a newline, under the partition key that the dataset names.
 * What Kinesis would never take is given back as a refusal.
 */
export function pack<E extends JsonEvent>(dataset: Pick<Dataset, 'partitionKey'>, event: E): Packed<E> {
  const refuse = (code: RefusalCode, message: string): Refusal<E> => ({
    kind: 'refusal',
    events: [event],
    code,
    message,
  });

  const column = dataset.partitionKey;
  const key = event[column];
  if (typeof key !== 'string' && typeof key !== 'number' && typeof key !== 'boolean') {
    return refuse('PartitionKeyMissing', `Partition key "${column}" has no value.`);
  }
  const partitionKey = String(key);
  if (partitionKey === '') return refuse('PartitionKeyEmpty', `Partition key "${column}" is empty.`);
  const characters = charactersOf(partitionKey);
  if (characters > LIMITS.partitionKeyCharacters) {
    return refuse(
      'PartitionKeyTooLong',
      `Partition key "${column}" has ${characters} characters; Kinesis takes ${LIMITS.partitionKeyCharacters}.`,
    );
  }

  const json = toJson(event);
  if (typeof json !== 'string') return refuse('NotSerializable', `The event is no JSON: ${json.reason}.`);
  const record = {
    kind: 'record',
    partitionKey,
    data: Buffer.from(`${json}\n`),
    events: [event],
  } as const;
  const bytes = sizeOf(record);
  if (bytes > LIMITS.bytesPerRecord) {
    return refuse(
      'RecordTooLarge',
      `The record has ${bytes} bytes with its key; Kinesis takes ${LIMITS.bytesPerRecord}.`,
    );
  }
  return record;
}

/** Unicode characters, which is what Kinesis counts: a surrogate pair is one. */
function charactersOf(text: string): number {
  // No text has more characters than UTF-16 units, so that most need no counting.
  return text.length <= LIMITS.partitionKeyCharacters ? text.length : [...text].length;
}

function toJson(event: JsonEvent): string | { readonly reason: string } {
  try {
    return JSON.stringify(event);
  } catch (error) {
    // A bigint, or an object that contains itself.
    const message = error instanceof Error ? error.message : String(error);
    return { reason: message.split('\n')[0] ?? message };
  }
}
