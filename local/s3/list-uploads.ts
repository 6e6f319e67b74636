import type {
  ListMultipartUploadsCommandInput,
  ListMultipartUploadsCommandOutput,
  ListPartsCommandInput,
  ListPartsCommandOutput,
} from '@aws-sdk/client-s3';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { findBucket } from './bucket-entry.js';
import { checksumMembers } from './checksum.js';
import { keyEncoding } from './list-objects.js';
import { checkKey } from './object-key.js';
import { commonPrefix, pageLimit } from './object-page.js';
import type { S3 } from './s3.js';
import type { UploadEntry, UploadTable } from './upload-table.js';

export const listMultipartUploads =
  ({ store, objects }: S3): Operation<ListMultipartUploadsCommandInput, ListMultipartUploadsCommandOutput> =>
  (input, { account }) => {
    const { id: bucketId } = findBucket(store.entries, input.Bucket, account);
    const { Prefix: prefix = '', Delimiter: delimiter = '', MaxUploads: wanted } = input;
    const { KeyMarker: keyMarker = '', UploadIdMarker: idMarker = '' } = input;
    checkKey(prefix);
    const limit = pageLimit(wanted, 'maxUploads');
    const rest = uploadsBehind(objects.uploads, bucketId, keyMarker, idMarker);
    const page: UploadEntry[] = [];
    const prefixes: string[] = [];
    let last: { key: string; id: string } | undefined;
    let isTruncated = false;
    for (const upload of rest) {
      if (!upload.key.startsWith(prefix)) continue;
      const common = commonPrefix(upload.key, prefix, delimiter);
      if (common !== undefined && (prefixes.at(-1) === common || keyMarker.startsWith(common))) continue;
      isTruncated = page.length + prefixes.length >= limit;
      if (isTruncated) break;
      if (common === undefined) page.push(upload);
      else prefixes.push(common);
      last = { key: common ?? upload.key, id: upload.id };
    }
    const encode = keyEncoding(input.EncodingType);
    const person = { ID: account, DisplayName: 'local' };
    return {
      Bucket: input.Bucket,
      Prefix: encode(prefix),
      ...(delimiter && { Delimiter: encode(delimiter) }),
      KeyMarker: encode(keyMarker),
      UploadIdMarker: idMarker,
      MaxUploads: wanted ?? limit,
      IsTruncated: isTruncated && limit > 0,
      ...(isTruncated && last && { NextKeyMarker: encode(last.key), NextUploadIdMarker: last.id }),
      ...(input.EncodingType && { EncodingType: input.EncodingType }),
      Uploads: page.map(({ key, id, initiatedAt, checksum }) => ({
        Key: encode(key),
        UploadId: id,
        Initiated: new Date(initiatedAt),
        StorageClass: 'STANDARD' as const,
        Owner: person,
        Initiator: person,
        ...describeChecksum(checksum),
      })),
      CommonPrefixes: prefixes.map((common) => ({ Prefix: encode(common) })),
    };
  };

/** Uploads by their keys and ids; behind a key, and behind an id among those with the key where there is one. */
function uploadsBehind(
  uploads: UploadTable,
  bucketId: number,
  keyMarker: string,
  idMarker: string,
): UploadEntry[] {
  return uploads
    .ofBucket(bucketId)
    .sort((a, b) => compareKeys(a.key, b.key) || compareKeys(a.id, b.id))
    .filter(({ key, id }) => {
      const order = compareKeys(key, keyMarker);
      return order > 0 || (order === 0 && idMarker !== '' && id > idMarker);
    });
}

const compareKeys = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

export const listParts =
  ({ store, objects }: S3): Operation<ListPartsCommandInput, ListPartsCommandOutput> =>
  (input, { account }) => {
    refuse(input, 'SSECustomerKey');
    const { id: bucketId } = findBucket(store.entries, input.Bucket, account);
    const upload = objects.uploads.find({ bucketId, key: input.Key, id: input.UploadId });
    const limit = pageLimit(input.MaxParts, 'max-parts');
    const marker = Number(input.PartNumberMarker ?? 0);
    if (!Number.isInteger(marker) || marker < 0) {
      throw new AwsError(
        'InvalidArgument',
        'Argument part-number-marker must be an integer between 0 and 2147483647',
      );
    }
    const rest = objects.uploads.parts(upload, marker);
    const page = rest.slice(0, limit);
    const person = { ID: account, DisplayName: 'local' };
    return {
      Bucket: input.Bucket,
      Key: upload.key,
      UploadId: upload.id,
      PartNumberMarker: String(marker),
      NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
      MaxParts: input.MaxParts ?? limit,
      IsTruncated: rest.length > limit && limit > 0,
      Parts: page.map(({ number, size, etag, lastModified, checksum }) => {
        const { ChecksumType: _, ...members } = checksumMembers(checksum);
        return {
          PartNumber: number,
          Size: size,
          ETag: etag,
          LastModified: new Date(lastModified),
          ...members,
        };
      }),
      Owner: person,
      Initiator: person,
      StorageClass: 'STANDARD' as const,
      ...describeChecksum(upload.checksum),
    };
  };

const describeChecksum = (checksum: UploadEntry['checksum']) =>
  checksum && {
    ChecksumAlgorithm: checksum.algorithm.toUpperCase() as 'CRC32',
    ChecksumType: checksum.type,
  };
