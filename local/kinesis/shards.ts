import type { ListShardsCommandInput, ListShardsCommandOutput, Shard } from '@aws-sdk/client-kinesis';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import type { Kinesis } from './kinesis.js';
import { LIMITS } from './limits.js';
import { sequenceNumber } from './sequence-number.js';
import { findStream, type StreamEntry, shardId, shardNumber } from './stream-entry.js';
import { checkRange } from './validation.js';

export const listShards =
  ({ store, clock }: Kinesis): Operation<ListShardsCommandInput, ListShardsCommandOutput> =>
  (input, context) => {
    checkRange(input.MaxResults, 'maxResults', 1, LIMITS.listShardsCount);
    // No shard is ever closed here, so every filter but this one asks for all of them.
    const isAfterShard = input.ShardFilter?.Type === 'AFTER_SHARD_ID';
    const limit = input.MaxResults ?? 1000;
    let reference: { StreamName?: string; StreamARN?: string } = input;
    let after = isAfterShard ? input.ShardFilter?.ShardId : input.ExclusiveStartShardId;
    if (input.NextToken !== undefined) {
      if (input.StreamName !== undefined || input.ExclusiveStartShardId !== undefined) {
        throw new AwsError(
          'InvalidArgumentException',
          'NextToken and StreamName cannot be provided together.',
        );
      }
      ({ reference, after } = parseToken(input.NextToken));
    }
    const stream = findStream(store.entries, reference, context);
    if (
      input.StreamCreationTimestamp &&
      Math.abs(input.StreamCreationTimestamp.getTime() - stream.createdAt) > 1000
    ) {
      refuse(input, 'StreamCreationTimestamp');
    }
    const { shards, hasMore } = pageOfShards(stream, limit, after);
    const last = shards.at(-1)?.ShardId;
    return {
      Shards: shards,
      ...(hasMore && last && { NextToken: nextToken(stream.arn, last, clock.now()) }),
    };
  };

const nextToken = (arn: string, after: string, now: number) =>
  Buffer.from(JSON.stringify([arn, after, now])).toString('base64');

function parseToken(token: string) {
  try {
    const [arn, after] = JSON.parse(Buffer.from(token, 'base64').toString('utf8')) as unknown[];
    if (typeof arn === 'string' && typeof after === 'string') return { reference: { StreamARN: arn }, after };
  } catch {
    // Not a token: said below.
  }
  throw new AwsError('InvalidArgumentException', 'NextToken is invalid.');
}

/** Up to `limit` shards of a stream, from the one after `after` on, as AWS describes them. */
export function pageOfShards(stream: StreamEntry, limit: number, after: string | undefined) {
  const from = after === undefined ? 0 : (shardNumber(after) ?? -1) + 1;
  const rest = stream.shards.slice(from);
  return {
    shards: rest.slice(0, limit).map((shard) => describeShard(stream, shard)),
    hasMore: rest.length > limit,
  };
}

function describeShard(stream: StreamEntry, shard: StreamEntry['shards'][number]): Shard {
  return {
    ShardId: shardId(shard.number),
    HashKeyRange: { StartingHashKey: shard.startingHashKey, EndingHashKey: shard.endingHashKey },
    SequenceNumberRange: {
      StartingSequenceNumber: sequenceNumber({ streamId: stream.id, shard: shard.number, position: 0 }),
    },
  };
}
