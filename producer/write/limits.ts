const KiB = 1_024;
const MiB = 1_024 * KiB;

/**
 * What PutRecords takes. Bytes count a record's data and its partition key.
 * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
 * @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
 */
export const LIMITS = {
  /** Records a request. */
  recordsPerRequest: 500,
  /** Bytes a request. */
  bytesPerRequest: 10 * MiB,
  /** Bytes a record, unless the stream's maximum was raised (UpdateMaxRecordSize). */
  bytesPerRecord: 1 * MiB,
  /** Bytes a record at most, where that was raised. */
  raisedBytesPerRecord: 10 * MiB,
  /** Unicode characters of a partition key; at least one. */
  partitionKeyCharacters: 256,
  /** Characters of a stream's name; at least one. */
  streamNameCharacters: 128,
} as const;

/**
 * What one shard takes, by bytes or by records, whichever comes first.
 * @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
 */
export const SHARD_LIMITS = { bytesPerSecond: 1_000_000, recordsPerSecond: 1_000 } as const;
