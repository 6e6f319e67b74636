import { EventEmitter } from 'node:events';
import type { Store } from '../store/store.js';

/** A record to be appended. */
export interface NewRecord {
  readonly partitionKey: string;
  readonly data: Uint8Array;
}

/** A record as it lies in a shard. */
export interface StoredRecord extends NewRecord {
  /** Its place in the shard, counted from 0. */
  readonly position: number;
  /** When it arrived, in milliseconds since 1970; never earlier than the record before it. */
  readonly arrivedAt: number;
  readonly data: Buffer;
}

/** The records of every stream: for each shard a list that is only added to at its end. */
export class RecordLog {
  private readonly appended = new EventEmitter().setMaxListeners(0);

  constructor(private readonly store: Store) {}

  /**
   * Appends records to shards of one stream, all or none of them, and says where each came to lie. Resolves when they
   * survive the death of the process.
   */
  async append(
    streamId: number,
    records: readonly (NewRecord & { readonly shard: number })[],
    now: number,
  ): Promise<number[]> {
    const positions = await this.store.transaction(() => {
      const tails = new Map<number, Tail>();
      const written = records.map((record) => {
        const tail = tails.get(record.shard) ?? { ...this.tail(streamId, record.shard) };
        tails.set(record.shard, tail);
        // A clock that is set back must not let a record arrive before the one in front of it.
        tail.lastArrival = Math.max(tail.lastArrival, now);
        tail.bytes += record.data.length;
        this.store.records.put(
          recordKey(streamId, record.shard, tail.next),
          encode(record, tail.lastArrival),
        );
        return tail.next++;
      });
      for (const [shard, tail] of tails) this.store.entries.put(tailKey(streamId, shard), tail);
      return written;
    });
    this.appended.emit('appended', streamId);
    return positions;
  }

  /** The position that the next record of a shard will have. */
  end(streamId: number, shard: number): number {
    return this.tail(streamId, shard).next;
  }

  /** Where a shard ends. */
  tail(streamId: number, shard: number): Readonly<Tail> {
    return this.store.entries.get<Tail>(tailKey(streamId, shard)) ?? { next: 0, lastArrival: 0, bytes: 0 };
  }

  /** The records of a shard from `position` on, in order. */
  *read(streamId: number, shard: number, position: number): Generator<StoredRecord> {
    const range = this.store.records.getRange({
      start: recordKey(streamId, shard, position),
      end: recordKey(streamId, shard, this.end(streamId, shard)),
    });
    for (const { key, value } of range) yield decode(key.readUIntBE(POSITION_OFFSET, POSITION_BYTES), value);
  }

  /** The record at `position`, or undefined where there is none. */
  get(streamId: number, shard: number, position: number): StoredRecord | undefined {
    const value = this.store.records.get(recordKey(streamId, shard, position));
    return value && decode(position, value);
  }

  /** When the record at `position` arrived, or undefined where there is none. */
  arrivalOf(streamId: number, shard: number, position: number): number | undefined {
    return this.get(streamId, shard, position)?.arrivedAt;
  }

  /** The first position whose record arrived at `time` or later; the end of the shard where there is none. */
  firstSince(streamId: number, shard: number, time: number): number {
    let low = 0;
    let high = this.end(streamId, shard);
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.arrivalOf(streamId, shard, middle) ?? 0) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Calls back with a stream's id after records were appended to it; the function it gives ends that. */
  onAppended(callback: (streamId: number) => void): () => void {
    this.appended.on('appended', callback);
    return () => this.appended.off('appended', callback);
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

const tailKey = (streamId: number, shard: number) => ['shard', streamId, shard] as const;

/** Stream (4 bytes), shard (4), position (6): big-endian, so that the store's order is the shard's. */
const POSITION_OFFSET = 8;
const POSITION_BYTES = 6;

function recordKey(streamId: number, shard: number, position: number): Buffer {
  const key = Buffer.allocUnsafe(POSITION_OFFSET + POSITION_BYTES);
  key.writeUInt32BE(streamId, 0);
  key.writeUInt32BE(shard, 4);
  key.writeUIntBE(position, POSITION_OFFSET, POSITION_BYTES);
  return key;
}

/** Arrival (8 bytes), length of the partition key in bytes (2), partition key, data. */
const HEADER_BYTES = 10;

function encode({ partitionKey, data }: NewRecord, arrivedAt: number): Buffer {
  const keyBytes = Buffer.byteLength(partitionKey);
  const value = Buffer.allocUnsafe(HEADER_BYTES + keyBytes + data.length);
  value.writeDoubleBE(arrivedAt, 0);
  value.writeUInt16BE(keyBytes, 8);
  value.write(partitionKey, HEADER_BYTES, 'utf8');
  value.set(data, HEADER_BYTES + keyBytes);
  return value;
}

function decode(position: number, value: Buffer): StoredRecord {
  const dataOffset = HEADER_BYTES + value.readUInt16BE(8);
  return {
    position,
    arrivedAt: value.readDoubleBE(0),
    partitionKey: value.toString('utf8', HEADER_BYTES, dataOffset),
    data: value.subarray(dataOffset),
  };
}
