import type { ListObjectsV2CommandInput, ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { findBucket } from './bucket-entry.js';
import { behind, exclusive } from './key-order.js';
import { checkKey, type ListedObject, MAX_KEY_BYTES, type ObjectTable } from './object-table.js';
import type { S3 } from './s3.js';

/** Keys that a page of any list has at the most. */
export const MAX_KEYS = 1000;

export const listObjectsV2 =
  ({ store, objects }: S3): Operation<ListObjectsV2CommandInput, ListObjectsV2CommandOutput> =>
  (input, { account }) => {
    const bucket = findBucket(store.entries, input.Bucket, account);
    const {
      Prefix: prefix = '',
      Delimiter: delimiter = '',
      StartAfter: startAfter,
      MaxKeys: wanted = MAX_KEYS,
    } = input;
    checkKey(prefix);
    if (startAfter !== undefined) checkKey(startAfter);
    if (wanted < 0)
      throw new AwsError('InvalidArgument', 'Argument maxKeys must be an integer between 0 and 2147483647');
    const start = startOf(input.ContinuationToken, startAfter);
    const page = takePage(objects, bucket.id, {
      prefix,
      delimiter,
      start,
      limit: Math.min(wanted, MAX_KEYS),
    });
    const encode = input.EncodingType === 'url' ? urlEncode : (text: string) => text;
    return {
      Name: input.Bucket,
      Prefix: encode(prefix),
      ...(delimiter && { Delimiter: encode(delimiter) }),
      ...(startAfter !== undefined && { StartAfter: encode(startAfter) }),
      ...(input.ContinuationToken !== undefined && { ContinuationToken: input.ContinuationToken }),
      ...(input.EncodingType && { EncodingType: input.EncodingType }),
      MaxKeys: wanted,
      KeyCount: page.objects.length + page.prefixes.length,
      IsTruncated: page.next !== undefined,
      ...(page.next && { NextContinuationToken: page.next.toString('base64') }),
      Contents: page.objects.map((object) => ({
        Key: encode(object.key),
        Size: object.size,
        ETag: object.etag,
        LastModified: new Date(object.lastModified),
        StorageClass: 'STANDARD',
        ...(input.FetchOwner && { Owner: { ID: account, DisplayName: 'local' } }),
      })),
      CommonPrefixes: page.prefixes.map((common) => ({ Prefix: encode(common) })),
    };
  };

/** A continuation token is where the next page starts, in base64. */
function startOf(token: string | undefined, startAfter: string | undefined): Buffer {
  if (token === undefined) return startAfter === undefined ? Buffer.alloc(0) : exclusive(startAfter);
  const start = Buffer.from(token, 'base64');
  if (start.length === 0 || start.length > MAX_KEY_BYTES + 1)
    throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect');
  return start;
}

interface PageRequest {
  readonly prefix: string;
  readonly delimiter: string;
  readonly start: Buffer;
  /** Objects and common prefixes together. */
  readonly limit: number;
}

function takePage(objects: ObjectTable, bucketId: number, { prefix, delimiter, start, limit }: PageRequest) {
  const page = {
    objects: [] as ListedObject[],
    prefixes: [] as string[],
    next: undefined as Buffer | undefined,
  };
  let from: Buffer | undefined = start;
  while (from) {
    const run = objects.list(bucketId, prefix, from);
    from = undefined;
    for (const object of run) {
      if (page.objects.length + page.prefixes.length >= limit) {
        page.next = limit === 0 ? undefined : Buffer.from(object.key);
        return page;
      }
      const end = delimiter ? object.key.indexOf(delimiter, prefix.length) : -1;
      if (end === -1) {
        page.objects.push(object);
        continue;
      }
      // All that the folder holds counts as one: go on behind it rather than through it.
      const common = object.key.slice(0, end + delimiter.length);
      page.prefixes.push(common);
      from = behind(Buffer.from(common));
      break;
    }
  }
  return page;
}

/** As S3 encodes keys for `encoding-type=url`: everything but the slash that could be taken for something else. */
export const urlEncode = (text: string) => encodeURIComponent(text).replaceAll('%2F', '/');
