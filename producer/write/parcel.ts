import type { PutRecordsRequestEntry } from '@aws-sdk/client-kinesis';
import type { Entry } from './entry.js';
import type { KinesisRecord } from './kinesis-record.js';

/** What travels as one record: an entry, or several of a lane that lag behind and are joined. */
export interface Parcel<R> {
  readonly entries: readonly Entry<R>[];
  /** What it counts against the limits: its data and its key. */
  readonly bytes: number;
}

/**
 * Bytes up to which records are joined: four of Kinesis's steps of 25 KB, so that they cost what they cost apart. A
 * lane that has one record under way at a time carries four times as much then; a key that is hot gets all that its
 * shard takes, even where answers need a while.
 */
const JOINED_BYTES = 100_000;

/** How many entries at the head of a lane travel together. */
export function parcelOf<R extends KinesisRecord>(queue: readonly Entry<R>[]): Parcel<R> | undefined {
  const [head] = queue;
  if (!head) return undefined;
  let { bytes } = head;
  let count = 1;
  for (let last = head; last.record.canBeJoined; count++) {
    const next = queue[count];
    if (!next?.record.canBeJoined || bytes + next.record.data.byteLength > JOINED_BYTES) break;
    // They travel under one key.
    bytes += next.record.data.byteLength;
    last = next;
  }
  return { entries: count === 1 ? [head] : queue.slice(0, count), bytes };
}

/** A parcel as PutRecords takes it. */
export function putRecordsEntry<R extends KinesisRecord>({ entries }: Parcel<R>): PutRecordsRequestEntry {
  const [head] = entries;
  if (!head) throw new Error('A parcel has no entries.');
  const { partitionKey, explicitHashKey, data } = head.record;
  return {
    PartitionKey: partitionKey,
    ...(explicitHashKey !== undefined && { ExplicitHashKey: explicitHashKey }),
    Data: entries.length === 1 ? data : Buffer.concat(entries.map(({ record }) => record.data)),
  };
}
