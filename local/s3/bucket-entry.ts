import type { Entries } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import { S3Error } from './s3-error.js';

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
 * @throws AwsError `NoSuchBucket`, or `AccessDenied` for one that is another account's.
 */
export function findBucket(entries: Entries, name: string, account: string): BucketEntry {
  // What cannot be called that is not there, and might be too long for the store.
  const bucket = isBucketName(name) ? entries.get<BucketEntry>(bucketKey(name)) : undefined;
  if (!bucket) throw noSuchBucket(name);
  if (bucket.account !== account) throw accessDenied();
  return bucket;
}

/** @throws AwsError `AccessDenied` where a request expects buckets to be of another account than their own. */
export function checkExpectedOwner(expected: string | undefined, account: string): void {
  if (expected !== undefined && expected !== account) throw accessDenied();
}

const accessDenied = () => new AwsError('AccessDenied', 'Access Denied', 403);

export const noSuchBucket = (BucketName: string) =>
  new S3Error('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName });

/**
 * Whether S3 lets a bucket be called that.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function isBucketName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !/^(xn--|sthree-|amzn-s3-demo-)/.test(name) &&
    !/(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name)
  );
}
