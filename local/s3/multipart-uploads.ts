import type {
  AbortMultipartUploadCommandInput,
  AbortMultipartUploadCommandOutput,
  ChecksumType,
  CreateMultipartUploadCommandInput,
  CreateMultipartUploadCommandOutput,
} from '@aws-sdk/client-s3';
import { AwsError } from '../wire/aws-error.js';
import type { Checked, Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { findBucket } from './bucket-entry.js';
import { startChecksum } from './checksum.js';
import { attributesOf, encryptionOf } from './object-attributes.js';
import { checkKey } from './object-key.js';
import type { S3 } from './s3.js';
import { newUploadId } from './upload-table.js';

export const createMultipartUpload =
  ({
    store,
    objects,
    clock,
  }: S3): Operation<CreateMultipartUploadCommandInput, CreateMultipartUploadCommandOutput> =>
  async (input, { account }) => {
    const { Bucket, Key: key } = input;
    checkKey(key);
    const attributes = attributesOf(input);
    const checksum = plannedChecksum(input);
    const initiatedAt = clock.now();
    const id = newUploadId(initiatedAt);
    await store.transaction(() => {
      const { id: bucketId } = findBucket(store.entries, Bucket, account);
      objects.uploads.put({ id, bucketId, key, initiatedAt, attributes, ...(checksum && { checksum }) });
    });
    return {
      Bucket,
      Key: key,
      UploadId: id,
      ...encryptionOf(attributes.headers),
      ...(checksum && { ChecksumAlgorithm: input.ChecksumAlgorithm, ChecksumType: checksum.type }),
    };
  };

/** @throws AwsError `InvalidRequest` for an algorithm that cannot be used in the way that is asked for. */
function plannedChecksum({
  ChecksumAlgorithm: name,
  ChecksumType: type,
}: Checked<CreateMultipartUploadCommandInput>) {
  if (name === undefined) {
    if (type === undefined) return undefined;
    throw new AwsError(
      'InvalidRequest',
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    );
  }
  const algorithm = name.toLowerCase();
  startChecksum(algorithm);
  const types = CHECKSUM_TYPES[algorithm] ?? ['COMPOSITE'];
  const [usual] = types;
  if (type === undefined) return { algorithm, type: usual };
  if (types.includes(type)) return { algorithm, type };
  throw new AwsError(
    'InvalidRequest',
    `The ${type} checksum type cannot be used with the ${algorithm} checksum algorithm.`,
  );
}

/** What a checksum of a multipart object can be of, its whole or its parts, the usual one first; else of its parts. */
const CHECKSUM_TYPES: Readonly<Record<string, readonly [ChecksumType, ...ChecksumType[]]>> = {
  crc32: ['COMPOSITE', 'FULL_OBJECT'],
  crc32c: ['COMPOSITE', 'FULL_OBJECT'],
  crc64nvme: ['FULL_OBJECT'],
};

export const abortMultipartUpload =
  ({
    store,
    objects,
    content,
  }: S3): Operation<AbortMultipartUploadCommandInput, AbortMultipartUploadCommandOutput> =>
  async (input, { account }) => {
    refuse(input, 'IfMatchInitiatedTime');
    const { Bucket, Key: key, UploadId: id } = input;
    const files = await store.transaction(() => {
      const bucketId = findBucket(store.entries, Bucket, account).id;
      return objects.uploads.remove(objects.uploads.find({ bucketId, key, id }));
    });
    await content.removeAll(files);
    return {};
  };
