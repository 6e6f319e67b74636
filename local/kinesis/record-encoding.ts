/** A record to be appended. */
export interface NewRecord {
  readonly partitionKey: string;
  readonly data: Uint8Array;
  /** Whether the stream was encrypted when the record came. */
  readonly isEncrypted: boolean;
}

/** A record as it lies in a shard. */
export interface StoredRecord extends NewRecord {
  /** Its place in the shard, counted from 0. */
  readonly position: number;
  /** When it arrived, in milliseconds since 1970; never earlier than the record before it. */
  readonly arrivedAt: number;
  readonly data: Buffer;
}

/** Stream (4 bytes), shard (4), position (6): big-endian, so that the store's order is the shard's. */
const POSITION_OFFSET = 8;
const POSITION_BYTES = 6;

export function recordKey(streamId: number, shard: number, position: number): Buffer {
  const key = Buffer.allocUnsafe(POSITION_OFFSET + POSITION_BYTES);
  key.writeUInt32BE(streamId, 0);
  key.writeUInt32BE(shard, 4);
  key.writeUIntBE(position, POSITION_OFFSET, POSITION_BYTES);
  return key;
}

export const positionOfKey = (key: Buffer) => key.readUIntBE(POSITION_OFFSET, POSITION_BYTES);

/** Arrival (8 bytes), length of the partition key in bytes (2, its first bit for encryption), partition key, data. */
const HEADER_BYTES = 10;
const ENCRYPTED = 0x8000;

export function encodeRecord({ partitionKey, data, isEncrypted }: NewRecord, arrivedAt: number): Buffer {
  const keyBytes = Buffer.byteLength(partitionKey);
  const value = Buffer.allocUnsafe(HEADER_BYTES + keyBytes + data.length);
  value.writeDoubleBE(arrivedAt, 0);
  value.writeUInt16BE(isEncrypted ? keyBytes | ENCRYPTED : keyBytes, 8);
  value.write(partitionKey, HEADER_BYTES, 'utf8');
  value.set(data, HEADER_BYTES + keyBytes);
  return value;
}

export function decodeRecord(position: number, value: Buffer): StoredRecord {
  const dataOffset = dataOffsetOf(value);
  return {
    position,
    arrivedAt: value.readDoubleBE(0),
    isEncrypted: (value.readUInt16BE(8) & ENCRYPTED) !== 0,
    partitionKey: value.toString('utf8', HEADER_BYTES, dataOffset),
    data: value.subarray(dataOffset),
  };
}

/** Bytes of data in an encoded record. */
export const dataBytesOf = (value: Buffer) => value.length - dataOffsetOf(value);

const dataOffsetOf = (value: Buffer) => HEADER_BYTES + (value.readUInt16BE(8) & ~ENCRYPTED);
