import type { Clock } from '../clock.js';
import type { Store } from '../store/store.js';
import type { Operations } from '../wire/operation.js';
import { describeLimits } from './describe-limits.js';
import { startStreamEncryption, stopStreamEncryption } from './encryption.js';
import { disableEnhancedMonitoring, enableEnhancedMonitoring } from './enhanced-monitoring.js';
import { getRecords } from './get-records.js';
import { getShardIterator } from './get-shard-iterator.js';
import { updateMaxRecordSize } from './max-record-size.js';
import { putRecord, putRecords } from './put-records.js';
import type { RecordLog } from './record-log.js';
import { mergeShards, splitShard, updateShardCount } from './reshard.js';
import { decreaseStreamRetentionPeriod, increaseStreamRetentionPeriod } from './retention.js';
import type { ShardLimits } from './shard-limits.js';
import { listShards } from './shards.js';
import { updateStreamMode } from './stream-mode.js';
import {
  addTagsToStream,
  listTagsForResource,
  listTagsForStream,
  removeTagsFromStream,
  tagResource,
  untagResource,
} from './stream-tags.js';
import { createStream, deleteStream, describeStream, describeStreamSummary, listStreams } from './streams.js';

/** What Kinesis works on. */
export interface Kinesis {
  readonly store: Store;
  readonly log: RecordLog;
  readonly clock: Clock;
  /** @default - none: a shard is as fast as the machine */
  readonly limits?: ShardLimits;
}

/** Kinesis Data Streams. */
export function kinesisOperations(kinesis: Kinesis): Operations {
  return {
    AddTagsToStream: addTagsToStream(kinesis),
    CreateStream: createStream(kinesis),
    DecreaseStreamRetentionPeriod: decreaseStreamRetentionPeriod(kinesis),
    DeleteStream: deleteStream(kinesis),
    DescribeLimits: describeLimits(kinesis),
    DescribeStream: describeStream(kinesis),
    DescribeStreamSummary: describeStreamSummary(kinesis),
    DisableEnhancedMonitoring: disableEnhancedMonitoring(kinesis),
    EnableEnhancedMonitoring: enableEnhancedMonitoring(kinesis),
    GetRecords: getRecords(kinesis),
    GetShardIterator: getShardIterator(kinesis),
    IncreaseStreamRetentionPeriod: increaseStreamRetentionPeriod(kinesis),
    ListShards: listShards(kinesis),
    ListStreams: listStreams(kinesis),
    ListTagsForResource: listTagsForResource(kinesis),
    ListTagsForStream: listTagsForStream(kinesis),
    MergeShards: mergeShards(kinesis),
    PutRecord: putRecord(kinesis),
    PutRecords: putRecords(kinesis),
    RemoveTagsFromStream: removeTagsFromStream(kinesis),
    SplitShard: splitShard(kinesis),
    StartStreamEncryption: startStreamEncryption(kinesis),
    StopStreamEncryption: stopStreamEncryption(kinesis),
    TagResource: tagResource(kinesis),
    UntagResource: untagResource(kinesis),
    UpdateMaxRecordSize: updateMaxRecordSize(kinesis),
    UpdateShardCount: updateShardCount(kinesis),
    UpdateStreamMode: updateStreamMode(kinesis),
  };
}
