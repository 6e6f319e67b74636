import type {
  UploadPartCommandInput,
  UploadPartCommandOutput,
  UploadPartCopyCommandInput,
  UploadPartCopyCommandOutput,
} from '@aws-sdk/client-s3';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { MAX_BODY_BYTES } from './body-digest.js';
import { findBucket } from './bucket-entry.js';
import { checksumMembers } from './checksum.js';
import { COPY_BYTES, copiedVersion, openCopySource, tooLargeToCopy } from './copy-source.js';
import { checkPartNumber } from './part-number.js';
import { type ReceivedBody, receiveRequest, receiveStream } from './receive-body.js';
import type { S3 } from './s3.js';
import type { PartEntry, UploadEntry, UploadName } from './upload-table.js';

export const uploadPart =
  (s3: S3): Operation<UploadPartCommandInput, UploadPartCommandOutput> =>
  async (input, { account }) => {
    refuse(input, 'SSECustomerKey');
    const bucketId = findBucket(s3.store.entries, input.Bucket, account).id;
    const upload = s3.objects.uploads.find({ bucketId, key: input.Key, id: input.UploadId });
    checkPartNumber(input.PartNumber);
    const received = await receiveRequest(s3.content, input, PARTS_FOLDER, (algorithm) =>
      checkAlgorithm(upload, algorithm),
    );
    const part = await keepPart(s3, upload, input.PartNumber, received);
    return { ETag: part.etag, ...checksumMembers(part.checksum) };
  };

export const uploadPartCopy =
  (s3: S3): Operation<UploadPartCopyCommandInput, UploadPartCopyCommandOutput> =>
  async (input, context) => {
    refuse(input, 'SSECustomerKey');
    const bucketId = findBucket(s3.store.entries, input.Bucket, context.account).id;
    const upload = s3.objects.uploads.find({ bucketId, key: input.Key, id: input.UploadId });
    checkPartNumber(input.PartNumber);
    const source = await openCopySource(s3, input, context);
    try {
      const range = copiedRange(input.CopySourceRange, source.entry.size);
      const body = source.file.createReadStream({ ...range, highWaterMark: COPY_BYTES });
      const received = await receiveStream(s3.content, body, PARTS_FOLDER, upload.checksum?.algorithm);
      const part = await keepPart(s3, upload, input.PartNumber, received);
      const CopyPartResult = {
        ETag: part.etag,
        LastModified: new Date(part.lastModified),
        ...checksumMembers(part.checksum),
      };
      return { CopyPartResult, ...copiedVersion(source) };
    } finally {
      await source.file.close();
    }
  };

/** Parts lie in no partition: whatever their object's key is, no query is to find them. */
const PARTS_FOLDER = '';

/** An upload that said no algorithm takes parts with any, and checks them. */
function checkAlgorithm({ checksum }: UploadEntry, algorithm: string | undefined): void {
  if (!checksum || algorithm === checksum.algorithm) return;
  // Without one of its own a part has what S3 computes for a whole object.
  if (algorithm === undefined && checksum.type === 'FULL_OBJECT') return;
  throw new AwsError(
    'InvalidRequest',
    `Checksum Type mismatch occurred, expected checksum Type: ${checksum.algorithm}, actual checksum Type: ${algorithm ?? 'null'}`,
  );
}

/** The upload may have ended, and its bucket with it, while the part came in. */
async function keepPart(
  { store, objects, content, clock }: S3,
  name: UploadName,
  number: number,
  { file, size, etag, checksum }: ReceivedBody,
): Promise<PartEntry> {
  const part: PartEntry = {
    number,
    file,
    size,
    etag,
    lastModified: clock.now(),
    ...(checksum && { checksum }),
  };
  try {
    const replaced = await store.transaction(() => objects.uploads.putPart(objects.uploads.find(name), part));
    if (replaced !== undefined) await content.remove(replaced);
  } catch (error) {
    await content.remove(file);
    throw error;
  }
  return part;
}

/** @throws AwsError `InvalidArgument` for a range that is not one of the source's. */
function copiedRange(header: string | undefined, size: number): { start: number; end: number } | undefined {
  if (header === undefined) {
    if (size > MAX_BODY_BYTES) throw tooLargeToCopy();
    return undefined;
  }
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? [];
  if (first === undefined || last === undefined) {
    throw new AwsError(
      'InvalidArgument',
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    );
  }
  const [start, end] = [Number(first), Number(last)];
  if (start > end || end >= size) {
    throw new AwsError('InvalidArgument', `Range specified is not valid for source object of size: ${size}`);
  }
  return { start, end };
}
