import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type {
  CompletedPart,
  CompleteMultipartUploadCommandInput,
  CompleteMultipartUploadCommandOutput,
} from '@aws-sdk/client-s3';
import type { ContentFiles } from '../store/content.js';
import { AwsError } from '../wire/aws-error.js';
import type { Checked, Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { findBucket } from './bucket-entry.js';
import {
  type Checksum,
  checksumMembers,
  givenChecksum,
  type RunningChecksum,
  startChecksum,
} from './checksum.js';
import { checkWriteConditions } from './conditions.js';
import { COPY_BYTES } from './copy-source.js';
import { encryptionOf } from './object-attributes.js';
import type { ObjectEntry } from './object-entry.js';
import { partRuns } from './object-parts.js';
import type { S3 } from './s3.js';
import type { PartEntry, UploadEntry } from './upload-table.js';

/**
 * Puts an object together from its parts. The parts are there until the object is: the upload ends, and the object
 * begins, in one transaction.
 */
export const completeMultipartUpload =
  ({
    store,
    objects,
    content,
    clock,
  }: S3): Operation<CompleteMultipartUploadCommandInput, CompleteMultipartUploadCommandOutput> =>
  async (input, { account, endpoint }) => {
    refuse(input, 'SSECustomerKey');
    const { Bucket, Key: key, UploadId: id } = input;
    const bucketId = findBucket(store.entries, Bucket, account).id;
    const upload = objects.uploads.find({ bucketId, key, id });
    const parts = chosenParts(input.MultipartUpload?.Parts ?? [], objects.uploads.parts(upload), upload);
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== size) {
      throw new AwsError(
        'InvalidRequest',
        `The provided 'x-amz-mp-object-size' header value ${input.MpuObjectSize} does not match what was computed: ${size}`,
      );
    }
    const { file, checksum } = await joinParts(content, parts, upload, givenChecksum(input)?.value);
    const entry: ObjectEntry = {
      file,
      size,
      etag: compositeEtag(parts),
      lastModified: clock.now(),
      ...upload.attributes,
      parts: partRuns(parts.map(({ size }) => size)),
      ...(checksum && { checksum }),
    };
    let used: readonly string[] = [];
    const versionId = await objects.publishOne({ bucketId, key, entry }, () => {
      // It may have ended meanwhile. Parts that came in place of those that were read come too late.
      const current = objects.uploads.find(upload);
      checkWriteConditions(input, objects.get(bucketId, key));
      used = objects.uploads.remove(current);
    });
    await content.removeAll(used);
    return {
      Location: `${endpoint}/${Bucket}/${encodeURIComponent(key)}`,
      Bucket,
      Key: key,
      ETag: entry.etag,
      ...checksumMembers(checksum),
      ...encryptionOf(upload.attributes.headers),
      ...(versionId !== undefined && { VersionId: versionId }),
    };
  };

/** Bytes that every part but the last has at the least. */
const MIN_PART_BYTES = 5 * 1024 * 1024;

/** @throws AwsError for parts that are not there, out of order or too small. */
function chosenParts(
  named: readonly Checked<CompletedPart>[],
  uploaded: readonly PartEntry[],
  upload: UploadEntry,
): PartEntry[] {
  if (named.length === 0 || !named.every(({ PartNumber }) => Number.isInteger(PartNumber))) {
    throw new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
  const byNumber = new Map(uploaded.map((part) => [part.number, part]));
  let last = 0;
  const chosen = named.map((name) => {
    const { PartNumber: number = 0, ETag: etag = '' } = name;
    if (number <= last) {
      throw new AwsError(
        'InvalidPartOrder',
        'The list of parts was not in ascending order. Parts must be ordered by part number.',
      );
    }
    last = number;
    const part = byNumber.get(number);
    if (!part || part.etag !== `"${etag.replace(/^"|"$/g, '')}"`) throw invalidPart();
    const checksum = givenChecksum(name);
    if (upload.checksum?.type === 'COMPOSITE' && !checksum) {
      throw new AwsError(
        'InvalidRequest',
        `The upload was created using a ${upload.checksum.algorithm} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
      );
    }
    if (checksum && part.checksum && checksum.value !== part.checksum.value) throw invalidPart();
    return part;
  });
  if (chosen.slice(0, -1).some(({ size }) => size < MIN_PART_BYTES)) {
    throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  return chosen;
}

const invalidPart = () =>
  new AwsError(
    'InvalidPart',
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
  );

/** The MD5 of the parts' MD5s, and how many they are. */
function compositeEtag(parts: readonly PartEntry[]): string {
  const md5 = createHash('md5');
  for (const { etag } of parts) md5.update(Buffer.from(etag.slice(1, -1), 'hex'));
  return `"${md5.digest('hex')}-${parts.length}"`;
}

/** Writes the parts into one file, and computes the checksum that the upload was begun with. */
async function joinParts(
  content: ContentFiles,
  parts: readonly PartEntry[],
  { key, checksum: planned }: UploadEntry,
  expected: string | undefined,
): Promise<{ file: string; checksum: Checksum | undefined }> {
  const running = planned && startChecksum(planned.algorithm);
  const staged = content.stagingPath();
  try {
    const file = await open(staged, 'wx');
    const ofWhole = planned?.type === 'FULL_OBJECT' ? running : undefined;
    await pipeline(contentsOf(content, parts, ofWhole), file.createWriteStream());
    const isComposite = planned?.type === 'COMPOSITE';
    if (isComposite)
      for (const { checksum } of parts) running?.update(Buffer.from(checksum?.value ?? '', 'base64'));
    const digest = running && Buffer.from(await running.digest()).toString('base64');
    const value = isComposite ? `${digest}-${parts.length}` : digest;
    if (expected !== undefined && value !== undefined && expected !== value) {
      const shown = planned?.algorithm.toUpperCase();
      throw new AwsError('BadDigest', `The ${shown} you specified did not match the calculated checksum.`);
    }
    const checksum = planned && value !== undefined ? { ...planned, value } : undefined;
    return { file: await content.keep(staged, key), checksum };
  } finally {
    await rm(staged, { force: true });
  }
}

async function* contentsOf(
  content: ContentFiles,
  parts: readonly PartEntry[],
  checksum: RunningChecksum | undefined,
): AsyncGenerator<Buffer> {
  for (const part of parts) {
    // Whoever replaces or aborts it meanwhile takes it away.
    const file = await content.openContent(part.file).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? invalidPart() : error;
    });
    for await (const chunk of file.createReadStream({ highWaterMark: COPY_BYTES })) {
      checksum?.update(chunk);
      yield chunk;
    }
  }
}
