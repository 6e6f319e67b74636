import type {
  PutRecordCommandInput,
  PutRecordCommandOutput,
  PutRecordsCommandInput,
  PutRecordsCommandOutput,
} from '@aws-sdk/client-kinesis';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { missingError } from '../wire/shape-check.js';
import { HASH_KEY_COUNT, hashKeyOf } from './hash-key.js';
import type { Kinesis } from './kinesis.js';
import { LIMITS } from './limits.js';
import { sequenceNumber } from './sequence-number.js';
import { findStream, type StreamEntry, shardId } from './stream-entry.js';
import { checkLength, constraintError } from './validation.js';

export const putRecord =
  (kinesis: Kinesis): Operation<PutRecordCommandInput, PutRecordCommandOutput> =>
  async (input, context) => {
    // SequenceNumberForOrdering asks for what is so anyway: a later record of a key gets a higher sequence number.
    refuse(input, 'StreamId', 'DryRun');
    const record = checkRecord(input, 'data', 'partitionKey');
    const stream = findStream(kinesis.store.entries, input, context);
    const [written] = await append(kinesis, stream, [record]);
    if (!written) throw new Error('A record was appended without a position.');
    return { ...written, EncryptionType: 'NONE' };
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
    const stream = findStream(kinesis.store.entries, input, context);
    const written = await append(kinesis, stream, checked);
    return { FailedRecordCount: 0, Records: written, EncryptionType: 'NONE' };
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
  const explicitHashKey = ExplicitHashKey === undefined ? undefined : parseHashKey(ExplicitHashKey);
  return { data, partitionKey, explicitHashKey, size };
}

async function append({ log, clock }: Kinesis, stream: StreamEntry, records: readonly CheckedRecord[]) {
  const route = routerOf(stream);
  const routed = records.map((record) => ({ ...record, shard: route(record) }));
  const positions = await log.append(stream.id, routed, clock.now());
  return routed.map(({ shard }, index) => {
    const position = positions[index] ?? 0;
    return {
      ShardId: shardId(shard),
      SequenceNumber: sequenceNumber({ streamId: stream.id, shard, position }),
    };
  });
}

/** Finds the shard of a record: the one whose range holds its explicit hash key, or the MD5 of its partition key. */
function routerOf(stream: StreamEntry): (record: CheckedRecord) => number {
  const shards = stream.shards.map(({ number, endingHashKey }) => ({ number, end: BigInt(endingHashKey) }));
  const [only] = shards.length === 1 ? shards : [];
  if (only) return () => only.number;
  return ({ partitionKey, explicitHashKey }) => {
    const hashKey = explicitHashKey ?? hashKeyOf(partitionKey);
    const shard = shards.find(({ end }) => hashKey <= end);
    if (!shard) throw new Error(`No shard of ${stream.name} holds the hash key ${hashKey}.`);
    return shard.number;
  };
}

function parseHashKey(text: string): bigint {
  if (!/^(0|[1-9]\d{0,38})$/.test(text)) {
    throw constraintError(text, 'explicitHashKey', 'satisfy regular expression pattern: 0|([1-9]\\d{0,38})');
  }
  const hashKey = BigInt(text);
  if (hashKey >= HASH_KEY_COUNT) {
    const rule = 'ExplicitHashKey must be in the range: [0, 2^128-1].';
    throw new AwsError(
      'InvalidArgumentException',
      `Invalid ExplicitHashKey. ${rule} Specified value was ${text}`,
    );
  }
  return hashKey;
}
