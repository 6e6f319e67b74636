import type {
  DeliveryStreamEncryptionConfigurationInput,
  ExtendedS3DestinationConfiguration,
  KinesisStreamSourceConfiguration,
} from '@aws-sdk/client-firehose';
import type { Tags } from '../resources/tags.js';
import type { Entries, Store } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import type { Checked } from '../wire/operation.js';

export type Destination = Checked<ExtendedS3DestinationConfiguration>;

/** A delivery stream as the store keeps it. */
export interface DeliveryEntry {
  /** Tells a delivery stream from one of the same name that was deleted. */
  readonly id: number;
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** When its destination was last changed; left out where it never was. */
  readonly updatedAt?: number;
  /** Counts the destination's definitions from 1. */
  readonly version: number;
  /** Left out with Direct PUT, where records are put to the delivery stream itself. */
  readonly source?: Checked<KinesisStreamSourceConfiguration>;
  /** The key that records are encrypted with until they are delivered; left out where they are not. */
  readonly encryption?: Checked<DeliveryStreamEncryptionConfigurationInput>;
  readonly destination: Destination;
  readonly tags: Tags;
}

/** How far a delivery stream has come on its source. */
export interface Checkpoint {
  /** Id of the stream that the rest is about: a stream may be deleted, and made anew under its name. */
  readonly streamId: number;
  readonly shards: readonly ShardCheckpoint[];
}

/** How far a delivery stream has come on one shard. */
export interface ShardCheckpoint {
  /** The first position that is not delivered. */
  readonly position: number;
  /** Bytes of data in front of it, counted from the beginning of the shard. */
  readonly bytes: number;
}

export const START_OF_SHARD: ShardCheckpoint = { position: 0, bytes: 0 };

/** Characters that the name of a delivery stream may have. */
export const LONGEST_NAME = 64;

/** A delivery stream has one destination, and AWS calls every first one so. */
export const DESTINATION_ID = 'destinationId-000000000001';

export const deliveryKey = (account: string, region: string, name: string) =>
  ['delivery', account, region, name] as const;

export const checkpointKey = (deliveryId: number) => ['checkpoint', deliveryId] as const;

export const DIRECT_PUT = 'DirectPut';
export const KINESIS_SOURCE = 'KinesisStreamAsSource';

/** What AWS calls the kind of source that a delivery stream has. */
export const typeOf = ({ source }: DeliveryEntry) => (source ? KINESIS_SOURCE : DIRECT_PUT);

export const deliveryArn = (account: string, region: string, name: string) =>
  `arn:aws:firehose:${region}:${account}:deliverystream/${name}`;

/** @throws AwsError `ResourceNotFoundException` where there is no such delivery stream. */
export function findDelivery(
  entries: Entries,
  { account, region }: { readonly account: string; readonly region: string },
  name: string,
): DeliveryEntry {
  const isName = name.length <= LONGEST_NAME;
  const delivery = isName ? entries.get<DeliveryEntry>(deliveryKey(account, region, name)) : undefined;
  if (delivery) return delivery;
  throw new AwsError('ResourceNotFoundException', `Firehose ${name} under account ${account} not found.`);
}

/**
 * Changes the delivery stream that a request names, in one transaction.
 * @throws AwsError where there is none, or what `change` throws.
 */
export function changeDelivery(
  { entries, transaction }: Pick<Store, 'entries' | 'transaction'>,
  context: { readonly account: string; readonly region: string },
  name: string,
  change: (delivery: DeliveryEntry) => DeliveryEntry,
): Promise<DeliveryEntry> {
  return transaction(() => {
    const changed = change(findDelivery(entries, context, name));
    entries.put(deliveryKey(changed.account, changed.region, name), changed);
    return changed;
  });
}

/** What Firehose says of an argument that it does not take. */
export const invalid = (message: string) => new AwsError('InvalidArgumentException', message);

/** Name of the bucket that an ARN names. */
export const bucketOfArn = (arn: string) => arn.replace(/^arn:[^:]+:s3:::/, '');
