import type { PutObjectCommandInput, PutObjectCommandOutput } from '@aws-sdk/client-s3';
import type { Operation } from '../wire/operation.js';
import { findBucket } from './bucket-entry.js';
import { checksumMembers } from './checksum.js';
import { checkWriteConditions } from './conditions.js';
import { attributesOf, encryptionOf } from './object-attributes.js';
import type { ObjectEntry } from './object-entry.js';
import { checkKey } from './object-key.js';
import { receiveRequest } from './receive-body.js';
import type { S3 } from './s3.js';

export const putObject =
  ({ store, objects, content, clock }: S3): Operation<PutObjectCommandInput, PutObjectCommandOutput> =>
  async (input, { account }) => {
    const { Bucket, Key: key } = input;
    const attributes = attributesOf(input);
    const { id: bucketId } = findBucket(store.entries, Bucket, account);
    checkKey(key);
    const { file, size, etag, checksum } = await receiveRequest(content, input, key);
    const entry: ObjectEntry = {
      file,
      size,
      etag,
      lastModified: clock.now(),
      ...attributes,
      ...(checksum && { checksum }),
    };
    const versionId = await objects.publishOne({ bucketId, key, entry }, () =>
      checkWriteConditions(input, objects.get(bucketId, key)),
    );
    return {
      ETag: etag,
      ...checksumMembers(checksum),
      ...encryptionOf(attributes.headers),
      ...(versionId !== undefined && { VersionId: versionId }),
    };
  };
