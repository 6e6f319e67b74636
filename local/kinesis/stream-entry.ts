import type { Entries, EntryKey } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import type { RequestContext } from '../wire/operation.js';

/** A stream as the store keeps it. */
export interface StreamEntry {
  /** Tells a stream from one of the same name that was deleted. */
  readonly id: number;
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly mode: 'PROVISIONED' | 'ON_DEMAND';
  readonly retentionHours: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly shards: readonly ShardEntry[];
}

export interface ShardEntry {
  /** The number in `shardId-000000000000`, and the shard's place in the stream's list. */
  readonly number: number;
  /** First and last hash key, as decimal text: the store has no numbers of that size. */
  readonly startingHashKey: string;
  readonly endingHashKey: string;
}

export const shardId = (number: number) => `shardId-${String(number).padStart(12, '0')}`;

/** The shard's number, or undefined for a text that is no shard id. */
export function shardNumber(id: string): number | undefined {
  const match = /^(?:shardId-)?(\d{1,12})$/.exec(id);
  return match ? Number(match[1]) : undefined;
}

export const streamKey = (account: string, region: string, name: string): EntryKey => [
  'stream',
  account,
  region,
  name,
];

export const streamArn = (account: string, region: string, name: string) =>
  `arn:aws:kinesis:${region}:${account}:stream/${name}`;

/** How a request names its stream. */
export interface StreamReference {
  readonly StreamName?: string;
  readonly StreamARN?: string;
}

/**
 * The stream that a request names, by name or ARN.
 * @throws AwsError where it names none, or one that is not there.
 */
export function findStream(
  entries: Entries,
  reference: StreamReference,
  context: RequestContext,
): StreamEntry {
  const { account, region, name } = streamAddress(reference, context);
  const stream = entries.get<StreamEntry>(streamKey(account, region, name));
  if (!stream) throw noSuchStream(name, account);
  return stream;
}

/** Where a request's stream lives and what it is called, whether or not it is there. */
export function streamAddress(
  { StreamName: name, StreamARN: arn }: StreamReference,
  context: RequestContext,
) {
  if (arn !== undefined) {
    const match = /^arn:[^:]+:kinesis:([^:]+):(\d{12}):stream\/([a-zA-Z0-9_.-]{1,128})$/.exec(arn);
    const [, region, account, named] = match ?? [];
    if (!region || !account || !named || (name !== undefined && name !== named)) {
      throw new AwsError('InvalidArgumentException', `StreamARN ${arn} does not name a stream.`);
    }
    return { account, region, name: named };
  }
  if (name === undefined) {
    throw new AwsError('InvalidArgumentException', 'Either StreamName or StreamARN must be provided.');
  }
  return { account: context.account, region: context.region, name };
}

export function noSuchStream(name: string, account: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Stream ${name} under account ${account} not found.`);
}
