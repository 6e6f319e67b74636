import type { Clock } from '../clock.js';
import type { RecordLog } from '../kinesis/record-log.js';
import type { Store } from '../store/store.js';
import type { Operations } from '../wire/operation.js';
import type { Deliveries } from './deliveries.js';
import { startDeliveryStreamEncryption, stopDeliveryStreamEncryption } from './delivery-encryption.js';
import {
  createDeliveryStream,
  deleteDeliveryStream,
  describeDeliveryStream,
  listDeliveryStreams,
} from './delivery-streams.js';
import { listTagsForDeliveryStream, tagDeliveryStream, untagDeliveryStream } from './delivery-tags.js';
import { putRecord, putRecordBatch } from './put-records.js';
import { updateDestination } from './update-destination.js';

/** What Firehose works on. */
export interface Firehose {
  readonly store: Store;
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly deliveries: Deliveries;
}

/** Data Firehose. */
export function firehoseOperations(firehose: Firehose): Operations {
  return {
    CreateDeliveryStream: createDeliveryStream(firehose),
    DeleteDeliveryStream: deleteDeliveryStream(firehose),
    DescribeDeliveryStream: describeDeliveryStream(firehose),
    ListDeliveryStreams: listDeliveryStreams(firehose),
    ListTagsForDeliveryStream: listTagsForDeliveryStream(firehose),
    PutRecord: putRecord(firehose),
    PutRecordBatch: putRecordBatch(firehose),
    StartDeliveryStreamEncryption: startDeliveryStreamEncryption(firehose),
    StopDeliveryStreamEncryption: stopDeliveryStreamEncryption(firehose),
    TagDeliveryStream: tagDeliveryStream(firehose),
    UntagDeliveryStream: untagDeliveryStream(firehose),
    UpdateDestination: updateDestination(firehose),
  };
}
