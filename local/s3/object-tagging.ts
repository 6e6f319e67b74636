import type { GetObjectTaggingCommandInput, GetObjectTaggingCommandOutput } from '@aws-sdk/client-s3';
import type { Operation } from '../wire/operation.js';
import { findBucket } from './bucket-entry.js';
import { checkKey } from './object-key.js';
import { findObject } from './open-object.js';
import type { S3 } from './s3.js';

/** No object has any: they cannot be given here. The aws command line asks before it copies a large object. */
export const getObjectTagging =
  ({ store, objects }: S3): Operation<GetObjectTaggingCommandInput, GetObjectTaggingCommandOutput> =>
  (input, { account }) => {
    checkKey(input.Key);
    const { id } = findBucket(store.entries, input.Bucket, account);
    const { versionId } = findObject(objects, id, input);
    return { TagSet: [], ...(versionId !== undefined && { VersionId: versionId }) };
  };
