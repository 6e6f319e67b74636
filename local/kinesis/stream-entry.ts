import type { MetricsName } from '@aws-sdk/client-kinesis';
import type { Tags } from '../resources/tags.js';
import type { Entries, EntryKey, Store } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import type { RequestContext } from '../wire/operation.js';
import { checkStreamName } from './validation.js';

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
  /** How large a record may be, in KiB; left out where that was never said. */
  readonly maxRecordKiB?: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Every shard that the stream ever had, by its number. */
  readonly shards: readonly ShardEntry[];
  /** The key that records are encrypted with, as it was named; left out where they are not. */
  readonly keyId?: string;
  /** Shard-level metrics that are published. */
  readonly metrics: readonly MetricsName[];
  readonly tags: Tags;
  /** When the number of shards and the mode were changed, as far as AWS counts that: milliseconds since 1970. */
  readonly scaledAt: readonly number[];
  readonly modeChangedAt: readonly number[];
}

export interface ShardEntry {
  /** The number in `shardId-000000000000`, and the shard's place in the stream's list. */
  readonly number: number;
  /** First and last hash key, as decimal text: the store has no numbers of that size. */
  readonly startingHashKey: string;
  readonly endingHashKey: string;
  /** The shards that it took over from: one after a split, two after a merge. */
  readonly parents: readonly number[];
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  /** When it was split or merged; left out while it takes records. */
  readonly closedAt?: number;
}

/** The shards that take records, by their hash keys. */
export function openShards({ shards }: Pick<StreamEntry, 'shards'>): ShardEntry[] {
  return shards
    .filter(({ closedAt }) => closedAt === undefined)
    .map((shard) => ({ shard, start: BigInt(shard.startingHashKey) }))
    .sort((a, b) => (a.start < b.start ? -1 : 1))
    .map(({ shard }) => shard);
}

/** The time before which records are no longer handed out, in milliseconds since 1970. */
export const trimHorizon = ({ retentionHours }: StreamEntry, now: number) => now - retentionHours * 3_600_000;

/** Whether a shard may still hold records that can be read: a closed one is forgotten with the last of them. */
export const isRetained = (stream: StreamEntry, { closedAt }: ShardEntry, now: number) =>
  closedAt === undefined || closedAt >= trimHorizon(stream, now);

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
 * @throws AwsError where it names none, one that is not there, or another account's.
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

/**
 * Changes the stream that a request names, in one transaction.
 * @throws AwsError where there is none, or what `change` throws.
 */
export function changeStream(
  store: Store,
  reference: StreamReference,
  context: RequestContext,
  change: (stream: StreamEntry) => StreamEntry,
): Promise<StreamEntry> {
  return store.transaction(() => {
    const changed = change(findStream(store.entries, reference, context));
    store.entries.put(streamKey(changed.account, changed.region, changed.name), changed);
    return changed;
  });
}

/** Where a request's stream lives and what it is called, whether or not it is there. */
export function streamAddress(
  { StreamName: name, StreamARN: arn }: StreamReference,
  context: RequestContext,
) {
  if (arn !== undefined) {
    const match = /^arn:[^:]+:kinesis:([^:]{1,64}):(\d{12}):stream\/([a-zA-Z0-9_.-]{1,128})$/.exec(arn);
    const [, region, account, named] = match ?? [];
    if (!region || !account || !named || (name !== undefined && name !== named)) {
      throw new AwsError('InvalidArgumentException', `StreamARN ${arn} does not name a stream.`);
    }
    checkOwner({ arn, account, region, name: named }, context);
    return { account, region, name: named };
  }
  if (name === undefined) {
    throw new AwsError('InvalidArgumentException', 'Either StreamName or StreamARN must be provided.');
  }
  checkStreamName(name);
  return { account: context.account, region: context.region, name };
}

/**
 * Streams are apart by account and region: nobody can let another account in here, and each region answers for its own.
 * @throws AwsError for a stream of another account or region.
 */
function checkOwner(
  stream: { readonly arn: string; readonly account: string; readonly region: string; readonly name: string },
  { account, region }: RequestContext,
): void {
  if (stream.account !== account) {
    throw new AwsError(
      'AccessDeniedException',
      `The account ${account} is not authorized to access ${stream.arn} because no resource-based policy allows it.`,
    );
  }
  if (stream.region !== region) throw noSuchStream(stream.name, stream.account);
}

export function noSuchStream(name: string, account: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Stream ${name} under account ${account} not found.`);
}
