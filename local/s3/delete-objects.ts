import type {
  DeletedObject,
  DeleteObjectCommandInput,
  DeleteObjectCommandOutput,
  DeleteObjectsCommandInput,
  DeleteObjectsCommandOutput,
} from '@aws-sdk/client-s3';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { findBucket } from './bucket-entry.js';
import { checkDeleteCondition } from './conditions.js';
import type { Deletion } from './object-entry.js';
import { checkKey } from './object-key.js';
import type { S3 } from './s3.js';
import { checkVersionId } from './version-table.js';

/** Keys that one DeleteObjects may name. */
const MAX_KEYS = 1000;

export const deleteObject =
  (s3: S3): Operation<DeleteObjectCommandInput, DeleteObjectCommandOutput> =>
  async (input, { account }) => {
    refuse(input, 'IfMatchLastModifiedTime', 'IfMatchSize');
    if (input.VersionId !== undefined) refuse(input, 'IfMatch');
    const bucket = findBucket(s3.store.entries, input.Bucket, account);
    const [deletion] = await deleteAll(s3, bucket.id, [input]);
    if (deletion instanceof AwsError) throw deletion;
    return deletion?.versionId === undefined
      ? {}
      : { VersionId: deletion.versionId, ...(deletion.isMarker && { DeleteMarker: true }) };
  };

export const deleteObjects =
  (s3: S3): Operation<DeleteObjectsCommandInput, DeleteObjectsCommandOutput> =>
  async (input, { account }) => {
    const bucket = findBucket(s3.store.entries, input.Bucket, account);
    const { Objects: named, Quiet: isQuiet } = input.Delete;
    if (named.length < 1 || named.length > MAX_KEYS) {
      throw new AwsError(
        'MalformedXML',
        `A request deletes 1 to ${MAX_KEYS} objects, and not ${named.length}.`,
      );
    }
    for (const object of named) {
      refuse(object, 'LastModifiedTime', 'Size');
      if (object.VersionId !== undefined) refuse(object, 'ETag');
    }
    const conditional = named.map(({ ETag, ...object }) =>
      ETag === undefined ? object : { ...object, IfMatch: ETag },
    );
    const deletions = await deleteAll(s3, bucket.id, conditional);
    const Errors = named.flatMap((object, index) => failureOf(object, deletions[index]));
    if (isQuiet) return { Errors };
    const Deleted = named.flatMap((object, index) => describe(object, deletions[index]));
    return { Deleted, Errors };
  };

interface NamedObject {
  readonly Key: string;
  readonly VersionId?: string;
  readonly IfMatch?: string;
}

/**
 * What was named by its version is gone for good; what was not gets a delete marker, where the bucket has versioning.
 * One that is not as it was to be is left alone, and keeps no other from being deleted.
 */
async function deleteAll(
  { objects, clock }: S3,
  bucketId: number,
  named: readonly NamedObject[],
): Promise<(Deletion | AwsError)[]> {
  for (const { Key, VersionId } of named) {
    checkKey(Key);
    checkVersionId(VersionId);
  }
  // At once, so that the store commits them together.
  return Promise.all(
    named.map(({ Key, VersionId, IfMatch }) =>
      (VersionId === undefined
        ? objects.remove(bucketId, Key, clock.now(), (current) => checkDeleteCondition(IfMatch, current))
        : objects.removeVersion(bucketId, Key, VersionId)
      ).catch((error: unknown) => {
        if (error instanceof AwsError) return error;
        throw error;
      }),
    ),
  );
}

function failureOf({ Key, VersionId }: NamedObject, deletion: Deletion | AwsError | undefined) {
  if (!(deletion instanceof AwsError)) return [];
  const { code: Code, message: Message } = deletion;
  return [{ Key, Code, Message, ...(VersionId !== undefined && { VersionId }) }];
}

function describe(
  { Key, VersionId }: NamedObject,
  deletion: Deletion | AwsError | undefined,
): DeletedObject[] {
  if (deletion instanceof AwsError) return [];
  const marker = deletion?.isMarker && deletion.versionId !== undefined ? deletion.versionId : undefined;
  return [
    {
      Key,
      ...(VersionId !== undefined && { VersionId }),
      ...(marker !== undefined && { DeleteMarker: true, DeleteMarkerVersionId: marker }),
    },
  ];
}
