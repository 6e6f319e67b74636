import type { ListShardsCommandInput, ListShardsCommandOutput, Shard } from '@aws-sdk/client-kinesis';
import { AwsError } from '../wire/aws-error.js';
import type { Checked, Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import type { Kinesis } from './kinesis.js';
import { LIMITS } from './limits.js';
import { sequenceNumber } from './sequence-number.js';
import { isShardFilterData, type ShardFilterData, shardFilterData, shardPredicate } from './shard-filter.js';
import {
  findStream,
  isRetained,
  type ShardEntry,
  type StreamEntry,
  type StreamReference,
  shardId,
  shardNumber,
} from './stream-entry.js';
import { checkRange } from './validation.js';

/** Lists the shards that may hold records, closed ones among them. */
export const listShards =
  (kinesis: Kinesis): Operation<ListShardsCommandInput, ListShardsCommandOutput> =>
  (input, context) => {
    refuse(input, 'StreamId');
    checkRange(input.MaxResults, 'maxResults', 1, LIMITS.listShardsCount);
    const now = kinesis.clock.now();
    const { reference, after, filter } = startOf(input, now);
    const stream = findStream(kinesis.store.entries, reference, context);
    const created = input.StreamCreationTimestamp?.getTime();
    if (created !== undefined && Math.abs(created - stream.createdAt) > 1000) {
      refuse(input, 'StreamCreationTimestamp');
    }
    const limit = input.MaxResults ?? 1000;
    const { shards, hasMore } = pageOfShards(kinesis, stream, { limit, after, filter });
    const last = shards.at(-1)?.ShardId;
    return {
      Shards: shards,
      ...(hasMore && last && { NextToken: nextToken([stream.arn, last, now, filter ?? null]) }),
    };
  };

interface ShardList {
  readonly after: string | undefined;
  readonly filter?: ShardFilterData | undefined;
}

/** Which stream is listed, from where on and by which filter: a token says what the first request said. */
function startOf(
  input: Checked<ListShardsCommandInput>,
  now: number,
): ShardList & { readonly reference: StreamReference } {
  if (input.NextToken === undefined) {
    const { ShardFilter: filter, ExclusiveStartShardId: after } = input;
    return { reference: input, after, filter: filter && shardFilterData(filter) };
  }
  for (const member of ['StreamName', 'ExclusiveStartShardId', 'ShardFilter'] as const) {
    if (input[member] === undefined) continue;
    throw new AwsError('InvalidArgumentException', `NextToken and ${member} cannot be provided together.`);
  }
  const [StreamARN, after, madeAt, filter] = parseToken(input.NextToken);
  if (now - madeAt > LIMITS.listShardsTokenMs) {
    throw new AwsError('ExpiredNextTokenException', 'The NextToken has expired.');
  }
  return { reference: { StreamARN }, after, filter: filter ?? undefined };
}

/** ARN of the stream, the shard that was listed last, when that was, and the filter. */
type Token = [streamArn: string, after: string, madeAt: number, filter: ShardFilterData | null];

const nextToken = (token: Token) => Buffer.from(JSON.stringify(token)).toString('base64');

function parseToken(text: string): Token {
  let token: unknown;
  try {
    token = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
  } catch {}
  if (isToken(token)) return token;
  throw new AwsError('InvalidArgumentException', 'NextToken is invalid.');
}

function isToken(token: unknown): token is Token {
  if (!Array.isArray(token) || token.length !== 4) return false;
  const [streamArn, after, madeAt, filter] = token;
  const isPlace = typeof streamArn === 'string' && typeof after === 'string' && typeof madeAt === 'number';
  return isPlace && (filter === null || isShardFilterData(filter));
}

/** Up to `limit` shards of a stream, from the one after `after` on, as AWS describes them. */
export function pageOfShards(
  kinesis: Kinesis,
  stream: StreamEntry,
  { limit, after, filter }: ShardList & { readonly limit: number },
) {
  const now = kinesis.clock.now();
  const isWanted = shardPredicate(filter, stream, now);
  const from = after === undefined ? 0 : (shardNumber(after) ?? -1) + 1;
  const rest = stream.shards.slice(from).filter((shard) => isRetained(stream, shard, now) && isWanted(shard));
  return {
    shards: rest.slice(0, limit).map((shard) => describeShard(kinesis, stream, shard)),
    hasMore: rest.length > limit,
  };
}

function describeShard({ log }: Kinesis, { id: streamId }: StreamEntry, shard: ShardEntry): Shard {
  const { number, parents, closedAt } = shard;
  const [parent, adjacent] = parents;
  const sequenceAt = (position: number) => sequenceNumber({ streamId, shard: number, position });
  return {
    ShardId: shardId(number),
    ...(parent !== undefined && { ParentShardId: shardId(parent) }),
    ...(adjacent !== undefined && { AdjacentParentShardId: shardId(adjacent) }),
    HashKeyRange: { StartingHashKey: shard.startingHashKey, EndingHashKey: shard.endingHashKey },
    SequenceNumberRange: {
      StartingSequenceNumber: sequenceAt(0),
      ...(closedAt !== undefined && { EndingSequenceNumber: sequenceAt(log.end(streamId, number)) }),
    },
  };
}
