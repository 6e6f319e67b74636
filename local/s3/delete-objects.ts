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
    for (const object of named) refuse(object, 'ETag', 'LastModifiedTime', 'Size');
    const deletions = await deleteAll(s3, bucket.id, named);
    if (isQuiet) return {};
    return { Deleted: named.map((object, index) => describe(object, deletions[index])) };
  };

interface NamedObject {
  readonly Key: string;
  readonly VersionId?: string;
  readonly IfMatch?: string;
}

/** What was named by its version is gone for good; what was not gets a delete marker, where the bucket has versioning. */
async function deleteAll(
  { objects, clock }: S3,
  bucketId: number,
  named: readonly NamedObject[],
): Promise<Deletion[]> {
  for (const { Key, VersionId } of named) {
    checkKey(Key);
    checkVersionId(VersionId);
  }
  // At once, so that the store commits them together.
  return Promise.all(
    named.map(({ Key, VersionId, IfMatch }) =>
      VersionId === undefined
        ? objects.remove(bucketId, Key, clock.now(), (current) => checkDeleteCondition(IfMatch, current))
        : objects.removeVersion(bucketId, Key, VersionId),
    ),
  );
}

function describe({ Key, VersionId }: NamedObject, deletion: Deletion | undefined): DeletedObject {
  const marker = deletion?.isMarker && deletion.versionId !== undefined ? deletion.versionId : undefined;
  return {
    Key,
    ...(VersionId !== undefined && { VersionId }),
    ...(marker !== undefined && { DeleteMarker: true, DeleteMarkerVersionId: marker }),
  };
}
