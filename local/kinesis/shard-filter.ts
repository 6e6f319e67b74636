import type { ShardFilter } from '@aws-sdk/client-kinesis';
import { AwsError } from '../wire/aws-error.js';
import type { Checked } from '../wire/operation.js';
import { type ShardEntry, type StreamEntry, shardNumber, trimHorizon } from './stream-entry.js';

/** A shard filter in the form that a token carries; its time is in milliseconds since 1970. */
export interface ShardFilterData {
  readonly type: string;
  readonly shardId?: string;
  readonly time?: number;
}

/** Whether what a token carries is a shard filter. */
export function isShardFilterData(content: unknown): content is ShardFilterData {
  if (typeof content !== 'object' || content === null) return false;
  const { type, shardId, time }: { type?: unknown; shardId?: unknown; time?: unknown } = content;
  const isIdOrNothing = shardId === undefined || typeof shardId === 'string';
  return typeof type === 'string' && isIdOrNothing && (time === undefined || typeof time === 'number');
}

export function shardFilterData({ Type, ShardId, Timestamp }: Checked<ShardFilter>): ShardFilterData {
  return {
    type: Type,
    ...(ShardId !== undefined && { shardId: ShardId }),
    ...(Timestamp !== undefined && { time: Timestamp.getTime() }),
  };
}

/**
 * Which shards a filter asks for, of those that are still kept.
 * @throws AwsError for a filter that is not one of Kinesis, or lacks what its type needs.
 */
export function shardPredicate(
  filter: ShardFilterData | undefined,
  stream: StreamEntry,
  now: number,
): (shard: ShardEntry) => boolean {
  if (!filter) return () => true;
  const { type, shardId, time } = filter;
  const oldest = Math.max(trimHorizon(stream, now), stream.createdAt);
  switch (type) {
    case 'AFTER_SHARD_ID': {
      const after = shardId === undefined ? undefined : shardNumber(shardId);
      if (after === undefined) throw missing('ShardId', type);
      return ({ number }) => number > after;
    }
    case 'AT_LATEST':
      return ({ closedAt }) => closedAt === undefined;
    case 'AT_TRIM_HORIZON':
      return openAt(oldest);
    case 'FROM_TRIM_HORIZON':
      return openSince(oldest);
    case 'AT_TIMESTAMP':
      if (time === undefined) throw missing('Timestamp', type);
      return openAt(Math.max(time, oldest));
    case 'FROM_TIMESTAMP':
      if (time === undefined) throw missing('Timestamp', type);
      return openSince(time);
    default:
      throw new AwsError('InvalidArgumentException', `There is no ShardFilter Type ${type}.`);
  }
}

const openAt =
  (time: number) =>
  ({ openedAt, closedAt }: ShardEntry) =>
    openedAt <= time && (closedAt === undefined || closedAt >= time);

const openSince =
  (time: number) =>
  ({ closedAt }: ShardEntry) =>
    closedAt === undefined || closedAt >= time;

const missing = (member: string, type: string) =>
  new AwsError(
    'InvalidArgumentException',
    `ShardFilter.${member} must be specified when its Type is ${type}.`,
  );
