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
import { type HashKeyText, hashKeyOf, hashKeyText, parseHashKey } from './hash-key.js';
import type { Kinesis } from './kinesis.js';
import { LIMITS } from './limits.js';
import { maxRecordKiB } from './max-record-size.js';
import type { NewRecord } from './record-log.js';
import { sequenceNumber } from './sequence-number.js';
import { throughputExceeded } from './shard-limits.js';
import { findStream, openShards, type StreamEntry, type StreamReference, shardId } from './stream-entry.js';
import { checkLength, constraintError } from './validation.js';

export const putRecord =
  (kinesis: Kinesis): Operation<PutRecordCommandInput, PutRecordCommandOutput> =>
  async (input, context) => {
    // SequenceNumberForOrdering asks for what is so anyway: a later record of a key gets a higher sequence number.
    refuse(input, 'StreamId', 'DryRun');
    const record = checkRecord(input, '');
    const { outcomes, encryption } = await append(kinesis, input, context, [record]);
    const [outcome] = outcomes;
    if (!outcome) throw new Error('A record was appended without a position.');
    if (outcome instanceof AwsError) throw outcome;
    return { ...outcome, EncryptionType: encryption };
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
    const checked = records.map((record, index) => checkRecord(record, `records.${index + 1}.member.`));
    const bytes = checked.reduce((sum, { size }) => sum + size, 0);
    if (bytes > LIMITS.putRecordsBytes) {
      const limit = `${LIMITS.putRecordsBytes / 1024 ** 2} MB limit`;
      throw new AwsError('InvalidArgumentException', `Records size exceeds ${limit}`);
    }
    const { outcomes, encryption } = await append(kinesis, input, context, checked);
    let failed = 0;
    const entries = outcomes.map((outcome) => {
      if (!(outcome instanceof AwsError)) return outcome;
      failed++;
      return { ErrorCode: outcome.code, ErrorMessage: outcome.message };
    });
    return { FailedRecordCount: failed, Records: entries, EncryptionType: encryption };
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
  readonly explicitHashKey: HashKeyText | undefined;
  /** Bytes of data and partition key together. */
  readonly size: number;
  /** Where it stands in the request, before the name of a member: such as `records.1.member.`. */
  readonly path: string;
}

function checkRecord(record: InputRecord, path: string): CheckedRecord {
  const { Data: data, PartitionKey: partitionKey, ExplicitHashKey } = record;
  if (partitionKey === undefined) throw missingError([`${path}partitionKey`]);
  checkLength(partitionKey, `${path}partitionKey`, 1, LIMITS.partitionKeyCharacters);
  const explicitHashKey =
    ExplicitHashKey === undefined ? undefined : hashKeyText(parseHashKey(ExplicitHashKey, 'explicitHashKey'));
  return { data, partitionKey, explicitHashKey, size: data.length + Buffer.byteLength(partitionKey), path };
}

/** @throws AwsError for a record that is larger than its stream takes. */
function checkSize({ size, path }: CheckedRecord, stream: StreamEntry): void {
  const most = maxRecordKiB(stream) * 1024;
  if (size <= most) return;
  throw constraintError(`[${size} bytes]`, `${path}data`, `have length less than or equal to ${most}`);
}

/**
 * Appends records in the transaction that finds their shards: no record comes to a shard that has been closed. What
 * became of each is where it lies, or the error of a shard that does not take it for now.
 */
async function append(
  { store, log, clock, limits }: Kinesis,
  reference: StreamReference,
  context: RequestContext,
  records: readonly CheckedRecord[],
) {
  const { stream, outcomes } = await store.transaction(() => {
    const stream = findStream(store.entries, reference, context);
    for (const record of records) checkSize(record, stream);
    const route = routerOf(stream);
    const now = clock.now();
    const isEncrypted = stream.keyId !== undefined;
    const taken: (NewRecord & { readonly shard: number })[] = [];
    const shards = records.map((record) => {
      const shard = route(record);
      if (limits && !limits.admitsRecord(stream, shard, record.size, now))
        return throughputExceeded(stream, shard);
      taken.push({ partitionKey: record.partitionKey, data: record.data, isEncrypted, shard });
      return shard;
    });
    const positions = log.append(stream.id, taken, now).values();
    const outcomes = shards.map((shard) => {
      if (shard instanceof AwsError) return shard;
      const position = positions.next().value ?? 0;
      return {
        ShardId: shardId(shard),
        SequenceNumber: sequenceNumber({ streamId: stream.id, shard, position }),
      };
    });
    return { stream, outcomes };
  });
  log.announce(stream.id);
  return { outcomes, encryption: encryptionType(stream.keyId !== undefined) };
}

/** Finds the shard of a record: the one whose range holds its explicit hash key, or the MD5 of its partition key. */
function routerOf(stream: StreamEntry): (record: CheckedRecord) => number {
  const shards = openShards(stream).map(({ number, endingHashKey }) => ({
    number,
    end: hashKeyText(BigInt(endingHashKey)),
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
