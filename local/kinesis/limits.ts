/**
 * Limits of Kinesis Data Streams.
 * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
 * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html
 * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateMaxRecordSize.html
 * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html
 * @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
 */
export const LIMITS = {
  /** How large a record may be, its partition key counted: what a stream has at first, and the most it can be given. */
  maxRecordKiB: { least: 1024, most: 10_240 },
  /** Characters of a partition key. */
  partitionKeyCharacters: 256,
  putRecordsCount: 500,
  putRecordsBytes: 10 * 1024 * 1024,
  getRecordsCount: 10_000,
  getRecordsBytes: 10 * 1024 * 1024,
  shardRecordsInPerSecond: 1000,
  shardBytesInPerSecond: 1024 * 1024,
  shardReadsPerSecond: 5,
  shardBytesOutPerSecond: 2 * 1024 * 1024,
  /** How long a shard iterator can be used. */
  iteratorMs: 5 * 60 * 1000,
  /** Shards that one CreateStream may ask for. */
  shards: 10_000,
  listStreamsCount: 10_000,
  listShardsCount: 10_000,
  /** How long a token of ListShards can be used. */
  listShardsTokenMs: 300_000,
  describeStreamCount: 10_000,
  retentionHours: { least: 24, most: 8760 },
  /** UpdateShardCount calls that a stream takes in 24 hours. */
  scalingsADay: 10,
  /** Changes between provisioned and on-demand that a stream takes in 24 hours. */
  modeChangesADay: 2,
  tags: 50,
  tagKeyCharacters: 128,
  tagValueCharacters: 256,
  /** What DescribeLimits says of an account, in the regions with the highest quotas. */
  accountShards: 20_000,
  accountOnDemandStreams: 50,
} as const;
