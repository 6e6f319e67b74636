import type { CopyObjectCommandInput, CopyObjectCommandOutput } from '@aws-sdk/client-s3';
import { AwsError } from '../wire/aws-error.js';
import type { Checked, Operation } from '../wire/operation.js';
import { MAX_BODY_BYTES } from './body-digest.js';
import { findBucket } from './bucket-entry.js';
import { checksumMembers } from './checksum.js';
import { checkWriteConditions } from './conditions.js';
import { COPY_BYTES, copiedVersion, openCopySource, tooLargeToCopy } from './copy-source.js';
import { attributesOf, copiedAttributes, encryptionOf } from './object-attributes.js';
import type { ObjectEntry } from './object-entry.js';
import { checkKey } from './object-key.js';
import { taggingHeader } from './object-tags.js';
import { receiveStream } from './receive-body.js';
import type { S3 } from './s3.js';

export const copyObject =
  (s3: S3): Operation<CopyObjectCommandInput, CopyObjectCommandOutput> =>
  async (input, context) => {
    const { store, objects, content, clock } = s3;
    const { Key: key } = input;
    const isReplaced = isReplacement(input.MetadataDirective, 'metadata');
    const hasOwnTags = isReplacement(input.TaggingDirective, 'tagging');
    checkKey(key);
    const { id: bucketId } = findBucket(store.entries, input.Bucket, context.account);
    const source = await openCopySource(s3, input, context);
    try {
      const isSame = source.bucketId === bucketId && source.key === key && source.versionId === undefined;
      if (isSame && !isReplaced && !hasOwnTags && !changesStorage(input)) throw copyToItself();
      if (source.entry.size > MAX_BODY_BYTES) throw tooLargeToCopy();
      const { tags: _, ...attributes } = isReplaced
        ? attributesOf(input)
        : copiedAttributes(input, source.entry);
      const tags = hasOwnTags ? taggingHeader(input.Tagging).tags : source.entry.tags;
      // A copy is one upload, and has the checksum of one, whatever its source was put together from.
      const algorithm = input.ChecksumAlgorithm?.toLowerCase() ?? source.entry.checksum?.algorithm;
      const body = source.file.createReadStream({ highWaterMark: COPY_BYTES });
      const { file, size, etag, checksum } = await receiveStream(content, body, key, algorithm);
      const lastModified = clock.now();
      const entry: ObjectEntry = {
        file,
        size,
        etag,
        lastModified,
        ...attributes,
        ...(tags && { tags }),
        ...(checksum && { checksum }),
      };
      const versionId = await objects.publishOne({ bucketId, key, entry }, () =>
        checkWriteConditions(input, objects.get(bucketId, key)),
      );
      return {
        CopyObjectResult: { ETag: etag, LastModified: new Date(lastModified), ...checksumMembers(checksum) },
        ...encryptionOf(attributes.headers),
        ...copiedVersion(source),
        ...(versionId !== undefined && { VersionId: versionId }),
      };
    } finally {
      await source.file.close();
    }
  };

/** Whether a copy has metadata or tags of its own, and not its source's. */
function isReplacement(directive: string | undefined, what: string): boolean {
  if (directive === undefined || directive === 'COPY' || directive === 'REPLACE')
    return directive === 'REPLACE';
  throw new AwsError('InvalidArgument', `Unknown ${what} directive.`);
}

const changesStorage = ({ StorageClass, ServerSideEncryption }: Checked<CopyObjectCommandInput>) =>
  StorageClass !== undefined || ServerSideEncryption !== undefined;

const copyToItself = () =>
  new AwsError(
    'InvalidRequest',
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
