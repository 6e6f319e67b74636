/**
 * Limits of Kinesis Data Streams.
 * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
 * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html
 */
export const LIMITS = {
  /** Bytes of a record's data and its partition key together. */
  recordBytes: 1024 * 1024,
  /** Characters of a partition key. */
  partitionKeyCharacters: 256,
  putRecordsCount: 500,
  putRecordsBytes: 10 * 1024 * 1024,
  getRecordsCount: 10_000,
  getRecordsBytes: 10 * 1024 * 1024,
  /** How long a shard iterator can be used. */
  iteratorMs: 5 * 60 * 1000,
  /** Shards that one CreateStream may ask for. */
  shards: 10_000,
  listStreamsCount: 10_000,
  listShardsCount: 10_000,
  describeStreamCount: 10_000,
} as const;
