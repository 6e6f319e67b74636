import type {
  DeleteObjectCommandInput,
  DeleteObjectCommandOutput,
  DeleteObjectsCommandInput,
  DeleteObjectsCommandOutput,
} from '@aws-sdk/client-s3';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { findBucket } from './bucket-entry.js';
import { checkKey } from './object-table.js';
import type { S3 } from './s3.js';

/** Keys that one DeleteObjects may name. */
const MAX_KEYS = 1000;

export const deleteObject =
  ({ store, objects }: S3): Operation<DeleteObjectCommandInput, DeleteObjectCommandOutput> =>
  async (input, { account }) => {
    refuse(input, 'VersionId', 'IfMatch', 'IfMatchLastModifiedTime', 'IfMatchSize');
    checkKey(input.Key);
    const bucket = findBucket(store.entries, input.Bucket, account);
    await objects.remove(bucket.id, [input.Key]);
    return {};
  };

export const deleteObjects =
  ({ store, objects }: S3): Operation<DeleteObjectsCommandInput, DeleteObjectsCommandOutput> =>
  async (input, { account }) => {
    const bucket = findBucket(store.entries, input.Bucket, account);
    const { Objects: named, Quiet: isQuiet } = input.Delete;
    if (named.length < 1 || named.length > MAX_KEYS) {
      throw new AwsError(
        'MalformedXML',
        `A request deletes 1 to ${MAX_KEYS} objects, and not ${named.length}.`,
      );
    }
    for (const object of named) refuse(object, 'VersionId', 'ETag', 'LastModifiedTime', 'Size');
    const keys = named.map(({ Key }) => Key);
    for (const key of keys) checkKey(key);
    await objects.remove(bucket.id, keys);
    return isQuiet ? {} : { Deleted: keys.map((Key) => ({ Key })) };
  };
