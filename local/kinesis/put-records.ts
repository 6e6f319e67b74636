import type {
  PutRecordCommandInput,
  PutRecordCommandOutput,
  PutRecordsCommandInput,
  PutRecordsCommandOutput,
} from '@aws-sdk/client-kinesis';
import { AwsError } from '../wire/aws-error.js';
import type { Operation, RequestContext } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { missingError } from '../wire/shape-check.js';
import { encryptionType } from './encryption.js';
import { hashKeyOf, parseHashKey } from './hash-key.js';
import type { Kinesis } from './kinesis.js';
import { LIMITS } from './limits.js';
import { sequenceNumber } from './sequence-number.js';
import { findStream, openShards, type StreamEntry, type StreamReference, shardId } from './stream-entry.js';
import { checkLength, constraintError } from './validation.js';

export const putRecord =
  (kinesis: Kinesis): Operation<PutRecordCommandInput, PutRecordCommandOutput> =>
  async (input, context) => {
    // SequenceNumberForOrdering asks for what is so anyway: a later record of a key gets a higher sequence number.
    refuse(input, 'StreamId', 'DryRun');
    const record = checkRecord(input, 'data', 'partitionKey');
    const { written, encryption } = await append(kinesis, input, context, [record]);
    const [one] = written;
    if (!one) throw new Error('A record was appended without a position.');
    return { ...one, EncryptionType: encryption };
  };

export const putRecords =
  (kinesis: Kinesis): Operation<PutRecordsCommandInput, PutRecordsCommandOutput> =>
  async (input, context) => {
    refuse(input, 'StreamId', 'DryRun');
    const { Records: records } = input;
    if (records.length < 1 || records.length > LIMITS.putRecordsCount) {
      const bound =
        records.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${LIMITS.putRecordsCount}`;
      throw constraintError(`[${records.length} records]`, 'records', `have length ${bound}`);
    }
    const checked = records.map((record, index) => {
      const member = `records.${index + 1}.member`;
      return checkRecord(record, `${member}.data`, `${member}.partitionKey`);
    });
    const bytes = checked.reduce((sum, { size }) => sum + size, 0);
    if (bytes > LIMITS.putRecordsBytes) {
      const limit = `${LIMITS.putRecordsBytes / 1024 ** 2} MB limit`;
      throw new AwsError('InvalidArgumentException', `Records size exceeds ${limit}`);
    }
    const { written, encryption } = await append(kinesis, input, context, checked);
    return { FailedRecordCount: 0, Records: written, EncryptionType: encryption };
  };

interface InputRecord {
  readonly Data: Uint8Array;
  /** Required by a stream that distributes its records by their keys; others cannot be made here. */
  readonly PartitionKey?: string;
  readonly ExplicitHashKey?: string;
}

interface CheckedRecord {
  readonly data: Uint8Array;
  readonly partitionKey: string;
  readonly explicitHashKey: bigint | undefined;
  /** Bytes of data and partition key together. */
  readonly size: number;
}

function checkRecord(record: InputRecord, dataMember: string, keyMember: string): CheckedRecord {
  const { Data: data, PartitionKey: partitionKey, ExplicitHashKey } = record;
  if (partitionKey === undefined) throw missingError([keyMember]);
  checkLength(partitionKey, keyMember, 1, LIMITS.partitionKeyCharacters);
  const size = data.length + Buffer.byteLength(partitionKey);
  if (size > LIMITS.recordBytes) {
    throw constraintError(
      `[${size} bytes]`,
      dataMember,
      `have length less than or equal to ${LIMITS.recordBytes}`,
    );
  }
  const explicitHashKey =
    ExplicitHashKey === undefined ? undefined : parseHashKey(ExplicitHashKey, 'explicitHashKey');
  return { data, partitionKey, explicitHashKey, size };
}

/** Appends records in the transaction that finds their shards: no record comes to a shard that has been closed. */
async function append(
  { store, log, clock }: Kinesis,
  reference: StreamReference,
  context: RequestContext,
  records: readonly CheckedRecord[],
) {
  const { stream, routed, positions } = await store.transaction(() => {
    const stream = findStream(store.entries, reference, context);
    const route = routerOf(stream);
    const isEncrypted = stream.keyId !== undefined;
    const routed = records.map((record) => ({ ...record, isEncrypted, shard: route(record) }));
    return { stream, routed, positions: log.append(stream.id, routed, clock.now()) };
  });
  log.announce(stream.id);
  const written = routed.map(({ shard }, index) => {
    const position = positions[index] ?? 0;
    return {
      ShardId: shardId(shard),
      SequenceNumber: sequenceNumber({ streamId: stream.id, shard, position }),
    };
  });
  return { written, encryption: encryptionType(stream.keyId !== undefined) };
}

/** Finds the shard of a record: the one whose range holds its explicit hash key, or the MD5 of its partition key. */
function routerOf(stream: StreamEntry): (record: CheckedRecord) => number {
  const shards = openShards(stream).map(({ number, endingHashKey }) => ({
    number,
    end: BigInt(endingHashKey),
  }));
  const [only] = shards.length === 1 ? shards : [];
  if (only) return () => only.number;
  return ({ partitionKey, explicitHashKey }) => {
    const hashKey = explicitHashKey ?? hashKeyOf(partitionKey);
    const shard = shards.find(({ end }) => hashKey <= end);
    if (!shard) throw new Error(`No shard of ${stream.name} holds the hash key ${hashKey}.`);
    return shard.number;
  };
}
