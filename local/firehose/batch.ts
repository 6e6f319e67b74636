import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { RecordLog, StoredRecord } from '../kinesis/record-log.js';
import { type Checkpoint, type ShardCheckpoint, START_OF_SHARD } from './delivery-entry.js';
import type { RecordSource } from './record-source.js';

/** Records that were taken from their source, their bytes one after another in a file. */
export interface Batch {
  /** Length of each record in bytes, in the file's order. */
  readonly lengths: readonly number[];
  /** Where each record lies in its source. */
  readonly places: readonly { readonly shard: number; readonly position: number }[];
  /** When the oldest record arrived, in milliseconds since 1970. */
  readonly oldest: number;
  /** Where the next batch starts. */
  readonly next: Checkpoint;
  /** Records in front of the batch that became too old before they could be delivered, and are gone. */
  readonly expired: number;
}

/** How much a batch holds at the most; the record that reaches it is the last. */
export interface BatchLimit {
  readonly bytes: number;
  readonly records: number;
}

/** Bytes that are read from the stream before they are written to the file. */
const CHUNK_BYTES = 1024 * 1024;

/**
 * Copies records that are not delivered to `path`, the oldest of all shards first, until they reach `limit` or there
 * are no more. Undefined where there are none.
 */
export async function takeBatch(
  log: RecordLog,
  source: RecordSource,
  checkpoint: Checkpoint,
  limit: BatchLimit,
  path: string,
): Promise<Batch | undefined> {
  const lengths: number[] = [];
  const places: { shard: number; position: number }[] = [];
  const expired = expiredRecords(log, source, checkpoint);
  let next = checkpoint;
  let oldest = Number.POSITIVE_INFINITY;
  let bytes = 0;
  const file = createWriteStream(path);
  const written = finished(file);
  try {
    for (;;) {
      const chunk = takeChunk(log, source, next, {
        bytes: Math.min(CHUNK_BYTES, limit.bytes - bytes),
        records: limit.records - lengths.length,
      });
      if (chunk.records.length === 0) break;
      for (const { shard, record } of chunk.records) {
        lengths.push(record.data.length);
        places.push({ shard, position: record.position });
        oldest = Math.min(oldest, record.arrivedAt);
      }
      next = chunk.next;
      bytes += chunk.bytes;
      const data = Buffer.concat(chunk.records.map(({ record }) => record.data));
      if (!file.write(data)) await Promise.race([once(file, 'drain'), written]);
    }
  } finally {
    file.end();
    await written;
  }
  return lengths.length === 0 ? undefined : { lengths, places, oldest, next, expired };
}

function expiredRecords(log: RecordLog, source: RecordSource, { shards }: Checkpoint): number {
  const lost = source.shards.map(({ number }) => {
    const { position } = shards[number] ?? START_OF_SHARD;
    return Math.max(0, log.head(source.id, number).position - position);
  });
  return lost.reduce((sum, records) => sum + records, 0);
}

/** Where the delivery of a shard goes on: at its checkpoint, or where the shard begins if that is behind it. */
export function resumeAt(
  log: RecordLog,
  source: RecordSource,
  shard: number,
  { shards }: Checkpoint,
): ShardCheckpoint {
  const done = shards[shard] ?? START_OF_SHARD;
  const head = log.head(source.id, shard);
  return head.position > done.position ? head : done;
}

/**
 * Reads records up to a limit, without a pause in which the store could change. Records of one key come in
 * their order over a resharding too: no record of a shard arrived before one of the shards that it took over from, and
 * of those that arrived at once the older shard's comes first.
 */
function takeChunk(log: RecordLog, source: RecordSource, from: Checkpoint, limit: BatchLimit) {
  const shards = source.shards.map(({ number }) => resumeAt(log, source, number, from));
  const records: { shard: number; record: StoredRecord }[] = [];
  let bytes = 0;
  const readers = shards.flatMap(({ position }, shard) =>
    position < log.end(source.id, shard) ? [{ shard, run: log.read(source.id, shard, position) }] : [],
  );
  const heads = readers.flatMap(({ shard, run }) => {
    const head = run.next();
    return head.done ? [] : [{ shard, run, record: head.value }];
  });
  while (heads.length > 0 && bytes < limit.bytes && records.length < limit.records) {
    const head = heads.reduce((a, b) => (b.record.arrivedAt < a.record.arrivedAt ? b : a));
    const { shard, record } = head;
    const size = record.data.length;
    records.push({ shard, record });
    shards[shard] = { position: record.position + 1, bytes: (shards[shard]?.bytes ?? 0) + size };
    bytes += size;
    const following = head.run.next();
    if (following.done) heads.splice(heads.indexOf(head), 1);
    else head.record = following.value;
  }
  for (const { run } of readers) run.return(undefined);
  return { records, next: { streamId: source.id, shards }, bytes };
}
