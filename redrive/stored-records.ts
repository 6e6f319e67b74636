import { byteLines } from '../producer/input/byte-lines.js';
import { type RecordPart, splitEvents } from './split-events.js';
import { failedRecord, type StoredRecord } from './stored-record.js';

/** What kind of object records lie in. */
export type ObjectKind = 'errors' | 'source';

/** The records in an object, in their order. No more than a few are held at a time. */
export function storedRecords(
  kind: ObjectKind,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<StoredRecord> {
  return kind === 'errors' ? failedRecords(content) : backupRecords(content);
}

async function* failedRecords(content: AsyncIterable<Uint8Array>): AsyncGenerator<StoredRecord> {
  for await (const { number, bytes } of byteLines(content)) yield failedRecord(number, bytes);
}

/**
 * The pieces of a backup, in which Firehose puts records one behind the other with nothing between: where a record
 * ended cannot be seen, so that each event counts as one.
 */
async function* backupRecords(content: AsyncIterable<Uint8Array>): AsyncGenerator<StoredRecord> {
  let number = 1;
  const recordsOf = (parts: readonly RecordPart[]) =>
    parts.map((part): StoredRecord => ({ number: number++, data: part.bytes, parts: [part] }));

  let waiting: Uint8Array[] = [];
  let length = 0;
  let enough = 0;
  for await (const chunk of content) {
    waiting.push(chunk);
    length += chunk.length;
    // What is left over is looked at again when there is twice as much of it, so that looking stays cheap.
    if (length < enough) continue;
    const { parts, rest } = splitEvents(Buffer.concat(waiting), { isAll: false, longest: LONGEST_PIECE });
    yield* recordsOf(parts);
    waiting = [rest];
    length = rest.length;
    enough = length * 2;
  }
  yield* recordsOf(splitEvents(Buffer.concat(waiting), { isAll: true }).parts);
}

/** Bytes: the longest record that Kinesis takes, if the stream's maximum was raised. */
const LONGEST_PIECE = 10 * 1_024 * 1_024;
