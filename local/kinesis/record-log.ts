import { EventEmitter } from 'node:events';
import type { Store } from '../store/store.js';
import {
  dataBytesOf,
  decodeRecord,
  encodeRecord,
  type NewRecord,
  positionOfKey,
  recordKey,
  type StoredRecord,
} from './record-encoding.js';

export type { NewRecord, StoredRecord } from './record-encoding.js';

/** The records of every stream: for each shard a list that is added to at its end and trimmed at its beginning. */
export class RecordLog {
  private readonly appended = new EventEmitter().setMaxListeners(0);

  constructor(private readonly store: Store) {}

  /**
   * Appends records to shards of one stream and says where each came to lie. Call it in a transaction, which makes it
   * all of them or none, and `announce` them after it.
   */
  append(
    streamId: number,
    records: readonly (NewRecord & { readonly shard: number })[],
    now: number,
  ): number[] {
    const tails = new Map<number, Tail>();
    const positions = records.map((record) => {
      let tail = tails.get(record.shard);
      if (!tail) {
        tail = { ...this.tail(streamId, record.shard) };
        tails.set(record.shard, tail);
      }
      // A clock that is set back must not let a record arrive before the one in front of it.
      tail.lastArrival = Math.max(tail.lastArrival, now);
      tail.bytes += record.data.length;
      this.store.records.put(
        recordKey(streamId, record.shard, tail.next),
        encodeRecord(record, tail.lastArrival),
      );
      return tail.next++;
    });
    for (const [shard, tail] of tails) this.store.entries.put(tailKey(streamId, shard), tail);
    return positions;
  }

  /** Tells those who wait for it that records were appended to a stream. */
  announce(streamId: number): void {
    this.appended.emit('appended', streamId);
  }

  /** Calls back with a stream's id after records were appended to it; the function it gives ends that. */
  onAppended(callback: (streamId: number) => void): () => void {
    this.appended.on('appended', callback);
    return () => this.appended.off('appended', callback);
  }

  /**
   * Begins a shard that takes over from others: none of its records arrives before one of theirs. Call it in a
   * transaction.
   */
  succeed(streamId: number, shard: number, parents: readonly number[]): void {
    const lastArrival = Math.max(0, ...parents.map((parent) => this.tail(streamId, parent).lastArrival));
    this.store.entries.put(tailKey(streamId, shard), { next: 0, lastArrival, bytes: 0 } satisfies Tail);
  }

  /** The position that the next record of a shard will have. */
  end(streamId: number, shard: number): number {
    return this.tail(streamId, shard).next;
  }

  /** Where a shard ends. */
  tail(streamId: number, shard: number): Readonly<Tail> {
    return this.store.entries.get<Tail>(tailKey(streamId, shard)) ?? { next: 0, lastArrival: 0, bytes: 0 };
  }

  /** Where a shard begins: what lay before is gone. */
  head(streamId: number, shard: number): Head {
    return this.store.entries.get<Head>(headKey(streamId, shard)) ?? { position: 0, bytes: 0 };
  }

  /** The records of a shard from `position` on, in order. */
  *read(streamId: number, shard: number, position: number): Generator<StoredRecord> {
    const range = this.store.records.getRange({
      start: recordKey(streamId, shard, position),
      end: recordKey(streamId, shard, this.end(streamId, shard)),
    });
    for (const { key, value } of range) yield decodeRecord(positionOfKey(key), value);
  }

  /** The record at `position`, or undefined where there is none. */
  get(streamId: number, shard: number, position: number): StoredRecord | undefined {
    const value = this.store.records.get(recordKey(streamId, shard, position));
    return value && decodeRecord(position, value);
  }

  /** When the record at `position` arrived, or undefined where there is none. */
  arrivalOf(streamId: number, shard: number, position: number): number | undefined {
    return this.get(streamId, shard, position)?.arrivedAt;
  }

  /** The first position whose record arrived at `time` or later; the end of the shard where there is none. */
  firstSince(streamId: number, shard: number, time: number): number {
    let low = this.head(streamId, shard).position;
    let high = this.end(streamId, shard);
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.arrivalOf(streamId, shard, middle) ?? 0) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Removes records that arrived before `time`, the oldest first and `most` of them at the most. Call it in a
   * transaction.
   * @returns whether there are more of them.
   */
  trim(streamId: number, shard: number, time: number, most = Number.POSITIVE_INFINITY): boolean {
    return this.trimTo(streamId, shard, this.firstSince(streamId, shard, time), most);
  }

  /**
   * Removes the records in front of a position, the oldest first and `most` of them at the most. Call it in a
   * transaction.
   * @returns whether there are more of them.
   */
  trimTo(streamId: number, shard: number, until: number, most = Number.POSITIVE_INFINITY): boolean {
    const head = this.head(streamId, shard);
    const end = Math.min(until, head.position + most);
    if (end <= head.position) return false;
    let { bytes } = head;
    const range = { start: recordKey(streamId, shard, head.position), end: recordKey(streamId, shard, end) };
    const keys: Buffer[] = [];
    for (const { key, value } of this.store.records.getRange(range)) {
      bytes += dataBytesOf(value);
      keys.push(key);
    }
    for (const key of keys) this.store.records.remove(key);
    this.store.entries.put(headKey(streamId, shard), { position: end, bytes } satisfies Head);
    return end < until;
  }

  /** Forgets the records of a stream. Call it in a transaction. */
  removeAll(streamId: number, shards: number): void {
    for (let shard = 0; shard < shards; shard++) {
      const range = {
        start: recordKey(streamId, shard, 0),
        end: recordKey(streamId, shard, this.end(streamId, shard)),
      };
      for (const key of this.store.records.getKeys(range)) this.store.records.remove(key);
      this.store.entries.remove(tailKey(streamId, shard));
      this.store.entries.remove(headKey(streamId, shard));
    }
  }
}

/** Where a shard ends. Kept apart from its records, which may all be gone. */
interface Tail {
  /** The position that the next record will have. */
  next: number;
  /** When the last record arrived, in milliseconds since 1970. */
  lastArrival: number;
  /** Bytes of data that were ever appended. */
  bytes: number;
}

/** Where a shard begins. */
interface Head {
  /** The first position that has not been trimmed. */
  readonly position: number;
  /** Bytes of data that were trimmed. */
  readonly bytes: number;
}

const tailKey = (streamId: number, shard: number) => ['shard', streamId, shard] as const;
const headKey = (streamId: number, shard: number) => ['shard-head', streamId, shard] as const;
