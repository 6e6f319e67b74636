import type {
  PutRecordBatchCommandInput,
  PutRecordBatchCommandOutput,
  PutRecordCommandInput,
  PutRecordCommandOutput,
} from '@aws-sdk/client-firehose';
import { sequenceNumber } from '../kinesis/sequence-number.js';
import type { Operation, RequestContext } from '../wire/operation.js';
import { Constraints } from './constraints.js';
import { findDelivery, invalid } from './delivery-entry.js';
import type { Firehose } from './firehose.js';
import { DIRECT_PUT_SHARD } from './record-source.js';

/**
 * What one call may bring: bytes of a record and of all of them, before base64.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/limits.html
 */
const LIMITS = { recordBytes: 1000 * 1024, records: 500, bytes: 4 * 1024 ** 2 } as const;

export const putRecord =
  (firehose: Firehose): Operation<PutRecordCommandInput, PutRecordCommandOutput> =>
  async ({ DeliveryStreamName: name, Record: record }, context) => {
    const constraints = new Constraints();
    constraints.length('record.data', record.Data, 0, LIMITS.recordBytes);
    constraints.check();
    const { ids, isEncrypted } = await append(firehose, name, [record], context);
    return { RecordId: ids[0], Encrypted: isEncrypted };
  };

/** Takes all of the records or none: nothing here takes one and not another, and so none ever fails alone. */
export const putRecordBatch =
  (firehose: Firehose): Operation<PutRecordBatchCommandInput, PutRecordBatchCommandOutput> =>
  async ({ DeliveryStreamName: name, Records: records }, context) => {
    const constraints = new Constraints();
    constraints.length('records', records, 1, LIMITS.records);
    for (const [index, { Data: data }] of records.entries()) {
      constraints.length(`records.${index + 1}.member.data`, data, 0, LIMITS.recordBytes);
    }
    constraints.check();
    const bytes = records.reduce((sum, { Data }) => sum + Data.length, 0);
    if (bytes > LIMITS.bytes) throw invalid('Records size exceeds 4 MB limit');
    const { ids, isEncrypted } = await append(firehose, name, records, context);
    return {
      FailedPutCount: 0,
      Encrypted: isEncrypted,
      RequestResponses: ids.map((RecordId) => ({ RecordId })),
    };
  };

/**
 * Appends records to the delivery stream's own log, in the transaction that finds it.
 * @throws AwsError where there is no such delivery stream, or its records come from a Kinesis stream.
 */
async function append(
  { store, log, clock }: Firehose,
  name: string,
  records: readonly { readonly Data: Uint8Array }[],
  context: RequestContext,
): Promise<{ ids: string[]; isEncrypted: boolean }> {
  const { streamId, positions, isEncrypted } = await store.transaction(() => {
    const { id: streamId, source, encryption } = findDelivery(store.entries, context, name);
    if (source) {
      throw invalid('This operation is not permitted on KinesisStreamAsSource delivery stream type.');
    }
    const isEncrypted = encryption !== undefined;
    const taken = records.map(({ Data: data }) => ({
      data,
      partitionKey: '',
      isEncrypted,
      shard: DIRECT_PUT_SHARD,
    }));
    return { streamId, isEncrypted, positions: log.append(streamId, taken, clock.now()) };
  });
  log.announce(streamId);
  const ids = positions.map((position) => sequenceNumber({ streamId, shard: DIRECT_PUT_SHARD, position }));
  return { ids, isEncrypted };
}
