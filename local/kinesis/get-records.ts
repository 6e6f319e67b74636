import type {
  ChildShard,
  GetRecordsCommandInput,
  GetRecordsCommandOutput,
  GetShardIteratorCommandInput,
  GetShardIteratorCommandOutput,
  _Record as KinesisRecord,
} from '@aws-sdk/client-kinesis';
import { AwsError } from '../wire/aws-error.js';
import type { Checked, Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { encryptionType } from './encryption.js';
import type { Kinesis } from './kinesis.js';
import { LIMITS } from './limits.js';
import type { RecordLog } from './record-log.js';
import { parseSequenceNumber, sequenceNumber } from './sequence-number.js';
import { parseShardIterator, type ShardCursor, shardIterator } from './shard-iterator.js';
import {
  findStream,
  isRetained,
  noSuchStream,
  type StreamEntry,
  shardId,
  shardNumber,
  trimHorizon,
} from './stream-entry.js';
import { checkRange } from './validation.js';

export const getShardIterator =
  (kinesis: Kinesis): Operation<GetShardIteratorCommandInput, GetShardIteratorCommandOutput> =>
  (input, context) => {
    refuse(input, 'StreamId');
    const stream = findStream(kinesis.store.entries, input, context);
    const shard = shardNumber(input.ShardId);
    const entry = stream.shards[shard ?? -1];
    if (shard === undefined || !entry || !isRetained(stream, entry, kinesis.clock.now())) {
      const where = `Shard ${input.ShardId} in stream ${stream.name} under account ${stream.account}`;
      throw new AwsError('ResourceNotFoundException', `${where} does not exist`);
    }
    const position = startingPosition(kinesis, stream, shard, input);
    const cursor = { streamArn: stream.arn, streamId: stream.id, shard, position };
    return { ShardIterator: shardIterator(cursor, kinesis.clock.now()) };
  };

function startingPosition(
  { log, clock }: Kinesis,
  stream: StreamEntry,
  shard: number,
  input: Checked<GetShardIteratorCommandInput>,
): number {
  switch (input.ShardIteratorType) {
    case 'TRIM_HORIZON':
      return 0;
    case 'LATEST':
      return log.end(stream.id, shard);
    case 'AT_SEQUENCE_NUMBER':
      return sequencePosition(stream, shard, input);
    case 'AFTER_SEQUENCE_NUMBER':
      return sequencePosition(stream, shard, input) + 1;
    case 'AT_TIMESTAMP': {
      const time = input.Timestamp?.getTime();
      if (time === undefined) throw missing('Timestamp', 'AT_TIMESTAMP');
      if (time > clock.now()) {
        const both = `timestampInMillis: ${time}, currentTimestampInMillis: ${clock.now()}`;
        const rule = 'The timestampInMillis parameter cannot be greater than the currentTimestampInMillis.';
        throw new AwsError('InvalidArgumentException', `${rule} ${both}`);
      }
      return log.firstSince(stream.id, shard, time);
    }
    default:
      throw new AwsError(
        'InvalidArgumentException',
        `There is no ShardIteratorType ${input.ShardIteratorType}.`,
      );
  }
}

function sequencePosition(
  stream: StreamEntry,
  shard: number,
  { StartingSequenceNumber: text, ShardIteratorType: type, ShardId }: Checked<GetShardIteratorCommandInput>,
): number {
  if (text === undefined) throw missing('StartingSequenceNumber', type);
  const parsed = parseSequenceNumber(text);
  if (parsed?.streamId !== stream.id || parsed.shard !== shard) {
    throw new AwsError(
      'InvalidArgumentException',
      `StartingSequenceNumber ${text} used in GetShardIterator on shard ${ShardId} in stream ${stream.name} ` +
        `under account ${stream.account} is invalid because it did not come from this stream.`,
    );
  }
  return parsed.position;
}

const missing = (member: string, type: string) =>
  new AwsError(
    'InvalidArgumentException',
    `Must either specify ${member} or another ShardIteratorType than ${type}.`,
  );

export const getRecords =
  ({ store, log, clock }: Kinesis): Operation<GetRecordsCommandInput, GetRecordsCommandOutput> =>
  (input, context) => {
    refuse(input, 'StreamId');
    checkRange(input.Limit, 'limit', 1, LIMITS.getRecordsCount);
    const cursor = parseShardIterator(input.ShardIterator, clock.now());
    const stream = findStream(store.entries, { StreamARN: cursor.streamArn }, context);
    if (stream.id !== cursor.streamId) throw noSuchStream(stream.name, stream.account);
    const limit = input.Limit ?? LIMITS.getRecordsCount;
    const records: KinesisRecord[] = [];
    let bytes = 0;
    let next = firstReadable(log, stream, cursor, clock.now());
    for (const record of log.read(stream.id, cursor.shard, next)) {
      const size = record.data.length + record.partitionKey.length;
      if (records.length > 0 && bytes + size > LIMITS.getRecordsBytes) break;
      bytes += size;
      next = record.position + 1;
      records.push({
        SequenceNumber: sequenceNumber({ ...cursor, position: record.position }),
        ApproximateArrivalTimestamp: new Date(record.arrivedAt),
        Data: record.data,
        PartitionKey: record.partitionKey,
        EncryptionType: encryptionType(record.isEncrypted),
      });
      if (records.length >= limit) break;
    }
    const isEnd = isClosed(stream, cursor.shard) && next >= log.end(stream.id, cursor.shard);
    const waiting = log.arrivalOf(stream.id, cursor.shard, next);
    return {
      Records: records,
      ...(isEnd
        ? { ChildShards: childShards(stream, cursor.shard) }
        : { NextShardIterator: shardIterator({ ...cursor, position: next }, clock.now()) }),
      MillisBehindLatest: waiting === undefined ? 0 : Math.max(0, clock.now() - waiting),
    };
  };

/** Where a reader goes on: behind the records that have become too old. */
function firstReadable(
  log: RecordLog,
  stream: StreamEntry,
  { shard, position }: ShardCursor,
  now: number,
): number {
  const horizon = trimHorizon(stream, now);
  const head = log.head(stream.id, shard).position;
  const isExpired = (log.arrivalOf(stream.id, shard, head) ?? horizon) < horizon;
  return Math.max(position, isExpired ? log.firstSince(stream.id, shard, horizon) : head);
}

const isClosed = (stream: StreamEntry, shard: number) => stream.shards[shard]?.closedAt !== undefined;

function childShards({ shards }: StreamEntry, shard: number): ChildShard[] {
  return shards
    .filter(({ parents }) => parents.includes(shard))
    .map(({ number, parents, startingHashKey, endingHashKey }) => ({
      ShardId: shardId(number),
      ParentShards: parents.map(shardId),
      HashKeyRange: { StartingHashKey: startingHashKey, EndingHashKey: endingHashKey },
    }));
}
