import type {
  ChildShard,
  GetRecordsCommandInput,
  GetRecordsCommandOutput,
  _Record as KinesisRecord,
} from '@aws-sdk/client-kinesis';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { encryptionType } from './encryption.js';
import type { Kinesis } from './kinesis.js';
import { LIMITS } from './limits.js';
import type { RecordLog } from './record-log.js';
import { sequenceNumber } from './sequence-number.js';
import { parseShardIterator, type ShardCursor, shardIterator } from './shard-iterator.js';
import { throughputExceeded } from './shard-limits.js';
import { findStream, noSuchStream, type StreamEntry, shardId, trimHorizon } from './stream-entry.js';
import { checkRange } from './validation.js';

export const getRecords =
  ({ store, log, clock, limits }: Kinesis): Operation<GetRecordsCommandInput, GetRecordsCommandOutput> =>
  (input, context) => {
    refuse(input, 'StreamId', 'DryRun');
    checkRange(input.Limit, 'limit', 1, LIMITS.getRecordsCount);
    const cursor = parseShardIterator(input.ShardIterator, clock.now());
    const stream = findStream(store.entries, { StreamARN: cursor.streamArn }, context);
    if (stream.id !== cursor.streamId) throw noSuchStream(stream.name, stream.account);
    if (input.StreamARN !== undefined && input.StreamARN !== stream.arn) {
      const foreign = `The ShardIterator is not of the stream ${input.StreamARN}.`;
      throw new AwsError('InvalidArgumentException', foreign);
    }
    if (limits && !limits.admitsRead(stream, cursor.shard, clock.now())) {
      throw throughputExceeded(stream, cursor.shard);
    }
    const { streamId, shard } = cursor;
    const limit = input.Limit ?? LIMITS.getRecordsCount;
    const records: KinesisRecord[] = [];
    let bytes = 0;
    let next = firstReadable(log, stream, cursor, clock.now());
    for (const record of log.read(streamId, shard, next)) {
      const size = record.data.length + Buffer.byteLength(record.partitionKey);
      if (records.length > 0 && bytes + size > LIMITS.getRecordsBytes) break;
      bytes += size;
      next = record.position + 1;
      records.push({
        SequenceNumber: sequenceNumber({ streamId, shard, position: record.position }),
        ApproximateArrivalTimestamp: new Date(record.arrivedAt),
        Data: record.data,
        PartitionKey: record.partitionKey,
        EncryptionType: encryptionType(record.isEncrypted),
      });
      if (records.length >= limit) break;
    }
    limits?.read(stream, shard, bytes);
    const isEnd = isClosed(stream, shard) && next >= log.end(streamId, shard);
    const waiting = log.arrivalOf(streamId, shard, next);
    return {
      Records: records,
      ...(isEnd
        ? { ChildShards: childShards(stream, shard) }
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
