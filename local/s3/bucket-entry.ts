import type { Entries } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';

/** A bucket as the store keeps it. */
export interface BucketEntry {
  /** Tells a bucket from one of the same name that was deleted. */
  readonly id: number;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** Bucket names are shared by all accounts, so the account is no part of the key. */
export const bucketKey = (name: string) => ['bucket', name] as const;

/**
 * A bucket by its name.
 * @throws AwsError `NoSuchBucket` where it is not there, or is another account's: without permission both look alike.
 */
export function findBucket(entries: Entries, name: string, account: string): BucketEntry {
  const bucket = entries.get<BucketEntry>(bucketKey(name));
  if (!bucket) throw noSuchBucket();
  if (bucket.account !== account) throw new AwsError('AccessDenied', 'Access Denied', 403);
  return bucket;
}

export const noSuchBucket = () => new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);

/**
 * Whether S3 lets a bucket be called that.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function isBucketName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name)
  );
}
