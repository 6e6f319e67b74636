import type {
  MergeShardsCommandInput,
  MergeShardsCommandOutput,
  SplitShardCommandInput,
  SplitShardCommandOutput,
  UpdateShardCountCommandInput,
  UpdateShardCountCommandOutput,
} from '@aws-sdk/client-kinesis';
import { AwsError } from '../wire/aws-error.js';
import type { Operation, RequestContext } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { parseHashKey } from './hash-key.js';
import type { Kinesis } from './kinesis.js';
import { LIMITS } from './limits.js';
import { Resharding } from './resharding.js';
import {
  changeStream,
  openShards,
  type ShardEntry,
  type StreamEntry,
  type StreamReference,
  shardId,
  shardNumber,
} from './stream-entry.js';
import { checkRange, lastDay } from './validation.js';

/**
 * Divides the hash keys evenly among another number of shards. AWS comes near to that by fewer splits where the numbers
 * are no multiples of each other; here it is exact.
 */
export const updateShardCount =
  (kinesis: Kinesis): Operation<UpdateShardCountCommandInput, UpdateShardCountCommandOutput> =>
  async (input, context) => {
    refuse(input, 'StreamId');
    const { TargetShardCount: target, ScalingType: type } = input;
    if (type !== 'UNIFORM_SCALING') {
      throw invalid(`The ScalingType ${type} is not UNIFORM_SCALING.`);
    }
    checkRange(target, 'targetShardCount', 1, LIMITS.shards);
    const now = kinesis.clock.now();
    let current = 0;
    const { name, arn } = await reshard(kinesis, input, context, (stream, resharding) => {
      current = openShards(stream).length;
      checkTarget(current, target);
      const scaledAt = lastDay(stream.scaledAt, now);
      if (scaledAt.length >= LIMITS.scalingsADay) {
        throw new AwsError(
          'LimitExceededException',
          `UpdateShardCount was called ${scaledAt.length} times for stream ${stream.name} under account ` +
            `${stream.account} in the last 24 hours, which is the most that there may be.`,
        );
      }
      resharding.divideEvenly(target);
      return { scaledAt: [...scaledAt, now] };
    });
    return { StreamName: name, StreamARN: arn, CurrentShardCount: current, TargetShardCount: target };
  };

function checkTarget(current: number, target: number): void {
  const counts = `Current open shard count: ${current} Target shard count: ${target}`;
  if (target > 2 * current) {
    throw invalid(`UpdateShardCount cannot scale up over double your current open shard count. ${counts}`);
  }
  if (2 * target < current) {
    throw invalid(`UpdateShardCount cannot scale down below half your current open shard count. ${counts}`);
  }
}

export const splitShard =
  (kinesis: Kinesis): Operation<SplitShardCommandInput, SplitShardCommandOutput> =>
  async (input, context) => {
    refuse(input, 'StreamId');
    const at = parseHashKey(input.NewStartingHashKey, 'newStartingHashKey');
    await reshard(kinesis, input, context, (stream, resharding) => {
      const shard = findOpenShard(stream, input.ShardToSplit);
      const [start, end] = [BigInt(shard.startingHashKey), BigInt(shard.endingHashKey)];
      if (at <= start + 1n || at >= end) {
        throw invalid(
          `NewStartingHashKey ${at} used in SplitShard() on shard ${shardId(shard.number)} in stream ${stream.name} ` +
            `under account ${stream.account} is not both greater than one plus the shard's StartingHashKey ${start} ` +
            `and less than the shard's EndingHashKey ${end}.`,
        );
      }
      resharding.split(shard, at);
      return {};
    });
    return {};
  };

export const mergeShards =
  (kinesis: Kinesis): Operation<MergeShardsCommandInput, MergeShardsCommandOutput> =>
  async (input, context) => {
    refuse(input, 'StreamId');
    await reshard(kinesis, input, context, (stream, resharding) => {
      const one = findOpenShard(stream, input.ShardToMerge);
      const other = findOpenShard(stream, input.AdjacentShardToMerge);
      const [lower, upper] =
        BigInt(one.startingHashKey) <= BigInt(other.startingHashKey) ? [one, other] : [other, one];
      if (BigInt(lower.endingHashKey) + 1n !== BigInt(upper.startingHashKey)) {
        throw invalid(
          `Shards ${shardId(one.number)} and ${shardId(other.number)} in stream ${stream.name} under account ` +
            `${stream.account} are not an adjacent pair of shards eligible for merging`,
        );
      }
      resharding.merge(lower, upper);
      return {};
    });
    return {};
  };

function findOpenShard(stream: StreamEntry, id: string): ShardEntry {
  const where = `in stream ${stream.name} under account ${stream.account}`;
  const shard = stream.shards[shardNumber(id) ?? -1];
  if (!shard) throw new AwsError('ResourceNotFoundException', `Could not find shard ${id} ${where}.`);
  if (shard.closedAt === undefined) return shard;
  throw invalid(
    `Shard ${id} ${where} has already been merged or split, and thus is not eligible for merging or splitting.`,
  );
}

/** Reshards a stream in one transaction: whoever reads it meets the old shards open or closed with their successors. */
function reshard(
  { store, log, clock }: Kinesis,
  reference: StreamReference,
  context: RequestContext,
  work: (stream: StreamEntry, resharding: Resharding) => Partial<StreamEntry>,
): Promise<StreamEntry> {
  return changeStream(store, reference, context, (stream) => {
    if (stream.mode !== 'PROVISIONED') {
      throw new AwsError(
        'ValidationException',
        `Request is invalid. Stream ${stream.name} under account ${stream.account} is in On-Demand mode.`,
      );
    }
    // A clock that is set back must not let a shard close before it was opened, or before its last record arrived.
    const times = stream.shards.flatMap(({ number, openedAt }) => [
      openedAt,
      log.tail(stream.id, number).lastArrival,
    ]);
    const now = times.reduce((latest, time) => Math.max(latest, time), clock.now());
    const resharding = new Resharding(stream.shards, now);
    const changes = work(stream, resharding);
    const { shards } = resharding;
    for (const { number, parents } of shards.slice(stream.shards.length))
      log.succeed(stream.id, number, parents);
    return { ...stream, ...changes, shards };
  });
}

const invalid = (message: string) => new AwsError('InvalidArgumentException', message);
