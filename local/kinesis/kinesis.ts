import type { Clock } from '../clock.js';
import type { Store } from '../store/store.js';
import type { Operations } from '../wire/operation.js';
import { getRecords, getShardIterator } from './get-records.js';
import { putRecord, putRecords } from './put-records.js';
import type { RecordLog } from './record-log.js';
import { listShards } from './shards.js';
import { createStream, deleteStream, describeStream, describeStreamSummary, listStreams } from './streams.js';

/** What Kinesis works on. */
export interface Kinesis {
  readonly store: Store;
  readonly log: RecordLog;
  readonly clock: Clock;
}

/** Kinesis Data Streams. */
export function kinesisOperations(kinesis: Kinesis): Operations {
  return {
    CreateStream: createStream(kinesis),
    DeleteStream: deleteStream(kinesis),
    DescribeStream: describeStream(kinesis),
    DescribeStreamSummary: describeStreamSummary(kinesis),
    GetRecords: getRecords(kinesis),
    GetShardIterator: getShardIterator(kinesis),
    ListShards: listShards(kinesis),
    ListStreams: listStreams(kinesis),
    PutRecord: putRecord(kinesis),
    PutRecords: putRecords(kinesis),
  };
}
