import { AwsError } from '../wire/aws-error.js';
import { LIMITS } from './limits.js';

/** Where a reader stands in a shard. */
export interface ShardCursor {
  readonly streamArn: string;
  /** Tells the stream from one of the same name that was deleted. */
  readonly streamId: number;
  readonly shard: number;
  /** The first record that has not been handed out. */
  readonly position: number;
}

/** A shard iterator: an opaque text that holds a cursor and when it was made (ms since 1970). */
export function shardIterator({ streamArn, streamId, shard, position }: ShardCursor, now: number): string {
  return Buffer.from(JSON.stringify([streamArn, streamId, shard, position, now])).toString('base64');
}

/**
 * The cursor in a shard iterator.
 * @throws AwsError `ExpiredIteratorException` after five minutes, `InvalidArgumentException` for what is no iterator.
 */
export function parseShardIterator(token: string, now: number): ShardCursor {
  const content = contentOf(token);
  if (!isIterator(content)) throw new AwsError('InvalidArgumentException', 'Invalid ShardIterator.');
  const [streamArn, streamId, shard, position, madeAt] = content;
  if (now - madeAt > LIMITS.iteratorMs) {
    throw new AwsError(
      'ExpiredIteratorException',
      `Iterator expired. The iterator was created at time ${timeText(madeAt)} while right now it is ` +
        `${timeText(now)} which is further in the future than the tolerated delay of ` +
        `${LIMITS.iteratorMs} milliseconds.`,
    );
  }
  return { streamArn, streamId, shard, position };
}

/** A time in AWS's form: `Thu Jan 22 01:22:02 UTC 2015`. */
function timeText(milliseconds: number): string {
  const [weekday, day, month, year, time] = new Date(milliseconds).toUTCString().split(/,? /);
  return `${weekday} ${month} ${day} ${time} UTC ${year}`;
}

function isIterator(content: unknown): content is [string, number, number, number, number] {
  if (!Array.isArray(content) || content.length !== 5) return false;
  const [streamArn, ...counts] = content;
  return typeof streamArn === 'string' && counts.every((count) => Number.isSafeInteger(count) && count >= 0);
}

function contentOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}
