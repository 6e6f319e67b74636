import type { GetShardIteratorCommandInput, GetShardIteratorCommandOutput } from '@aws-sdk/client-kinesis';
import { AwsError } from '../wire/aws-error.js';
import type { Checked, Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import type { Kinesis } from './kinesis.js';
import type { RecordLog } from './record-log.js';
import { parseSequenceNumber } from './sequence-number.js';
import { shardIterator } from './shard-iterator.js';
import { findStream, isRetained, type StreamEntry, shardId, shardNumber } from './stream-entry.js';
import { constraintError } from './validation.js';

export const getShardIterator =
  (kinesis: Kinesis): Operation<GetShardIteratorCommandInput, GetShardIteratorCommandOutput> =>
  (input, context) => {
    refuse(input, 'StreamId', 'DryRun');
    const stream = findStream(kinesis.store.entries, input, context);
    const shard = shardNumber(input.ShardId);
    const where = `in stream ${stream.name} under account ${stream.account}`;
    if (shard === undefined) throw notFound(`Could not find shard ${input.ShardId} ${where}.`);
    const entry = stream.shards[shard];
    if (!entry || !isRetained(stream, entry, kinesis.clock.now()))
      throw notFound(`Shard ${shardId(shard)} ${where} does not exist`);
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
  const { ShardIteratorType: type, StartingSequenceNumber: sequenceNumber } = input;
  const isSequenceType = type === 'AT_SEQUENCE_NUMBER' || type === 'AFTER_SEQUENCE_NUMBER';
  if (isSequenceType !== (sequenceNumber !== undefined) && TYPES.includes(type)) {
    throw invalid(
      'Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or ' +
        '(2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. ' +
        `Request specified ${type} and ${isSequenceType ? 'no' : 'also a'} StartingSequenceNumber.`,
    );
  }
  switch (type) {
    case 'TRIM_HORIZON':
      return 0;
    case 'LATEST':
      return log.end(stream.id, shard);
    case 'AT_SEQUENCE_NUMBER':
      return sequencePosition(log, stream, shard, sequenceNumber);
    case 'AFTER_SEQUENCE_NUMBER':
      return sequencePosition(log, stream, shard, sequenceNumber) + 1;
    case 'AT_TIMESTAMP':
      return log.firstSince(stream.id, shard, pastTime(input.Timestamp, clock.now()));
    default:
      throw constraintError(type, 'shardIteratorType', `satisfy enum value set: [${TYPES.join(', ')}]`);
  }
}

const TYPES: readonly string[] = [
  'AFTER_SEQUENCE_NUMBER',
  'LATEST',
  'AT_TIMESTAMP',
  'AT_SEQUENCE_NUMBER',
  'TRIM_HORIZON',
];

/** The position that a sequence number says, which must be one of the shard's. */
function sequencePosition(log: RecordLog, stream: StreamEntry, shard: number, text = ''): number {
  const parsed = parseSequenceNumber(text);
  const used =
    `StartingSequenceNumber ${text} used in GetShardIterator on shard ${shardId(shard)} in stream ${stream.name} ` +
    `under account ${stream.account} is invalid`;
  if (!parsed) throw invalid(`${used}.`);
  if (parsed.shard !== shard) {
    throw invalid(
      `Invalid StartingSequenceNumber. It encodes ${shardId(parsed.shard)}, while it was used in a call to a shard ` +
        `with ${shardId(shard)}`,
    );
  }
  // A number that has yet to be given would have its reader pass over all records up to it. The one that comes next is
  // where an empty shard starts and a closed one ends.
  const isYetToCome = parsed.position > log.end(stream.id, shard);
  if (parsed.streamId !== stream.id || isYetToCome) {
    throw invalid(`${used} because it did not come from this stream.`);
  }
  return parsed.position;
}

/** A time in milliseconds since 1970, which must be given and not lie ahead. */
function pastTime(timestamp: Date | undefined, now: number): number {
  const time = timestamp?.getTime();
  if (time === undefined) {
    throw invalid(
      'Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. ' +
        'Current request has no timestamp parameter.',
    );
  }
  if (time > now) {
    throw invalid(
      'The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. ' +
        `timestampInMillis: ${time}, currentTimestampInMillis: ${now}`,
    );
  }
  return time;
}

const invalid = (message: string) => new AwsError('InvalidArgumentException', message);
const notFound = (message: string) => new AwsError('ResourceNotFoundException', message);
