import type {
  ListObjectsCommandInput,
  ListObjectsCommandOutput,
  ListObjectsV2CommandInput,
  ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { findBucket } from './bucket-entry.js';
import { behind, exclusive } from './key-order.js';
import type { ListedObject } from './object-entry.js';
import { checkKey, MAX_KEY_BYTES } from './object-key.js';
import { commonPrefix, objectPage, pageLimit } from './object-page.js';
import type { S3 } from './s3.js';

export const listObjectsV2 =
  ({ store, objects }: S3): Operation<ListObjectsV2CommandInput, ListObjectsV2CommandOutput> =>
  (input, { account }) => {
    const bucket = findBucket(store.entries, input.Bucket, account);
    const { Prefix: prefix = '', Delimiter: delimiter = '', StartAfter: startAfter } = input;
    checkKey(prefix);
    if (startAfter !== undefined) checkKey(startAfter);
    const start = startOf(input.ContinuationToken, startAfter);
    const limit = pageLimit(input.MaxKeys);
    const page = objectPage(objects, bucket.id, { prefix, delimiter, start, limit });
    const encode = keyEncoding(input.EncodingType);
    return {
      Name: input.Bucket,
      Prefix: encode(prefix),
      ...(delimiter && { Delimiter: encode(delimiter) }),
      ...(startAfter !== undefined && { StartAfter: encode(startAfter) }),
      ...(input.ContinuationToken !== undefined && { ContinuationToken: input.ContinuationToken }),
      ...(input.EncodingType && { EncodingType: input.EncodingType }),
      MaxKeys: input.MaxKeys ?? limit,
      KeyCount: page.objects.length + page.prefixes.length,
      IsTruncated: page.next !== undefined,
      ...(page.next && { NextContinuationToken: page.next.toString('base64') }),
      Contents: page.objects.map((object) =>
        describe(object, encode, input.FetchOwner ? account : undefined),
      ),
      CommonPrefixes: page.prefixes.map((common) => ({ Prefix: encode(common) })),
    };
  };

/** The list of old, which boto3's resources still ask for: it goes on behind a key rather than by a token. */
export const listObjects =
  ({ store, objects }: S3): Operation<ListObjectsCommandInput, ListObjectsCommandOutput> =>
  (input, { account }) => {
    const bucket = findBucket(store.entries, input.Bucket, account);
    const { Prefix: prefix = '', Delimiter: delimiter = '', Marker: marker = '' } = input;
    checkKey(prefix);
    checkKey(marker);
    const passed = commonPrefix(marker, prefix, delimiter);
    const start = passed === undefined ? exclusive(marker) : behind(Buffer.from(passed));
    const limit = pageLimit(input.MaxKeys);
    const page = objectPage(objects, bucket.id, { prefix, delimiter, start, limit });
    const encode = keyEncoding(input.EncodingType);
    return {
      Name: input.Bucket,
      Prefix: encode(prefix),
      Marker: encode(marker),
      ...(delimiter && { Delimiter: encode(delimiter) }),
      ...(input.EncodingType && { EncodingType: input.EncodingType }),
      MaxKeys: input.MaxKeys ?? limit,
      IsTruncated: page.next !== undefined,
      // Without a delimiter the last key says it.
      ...(delimiter && page.last !== undefined && { NextMarker: encode(page.last) }),
      Contents: page.objects.map((object) => describe(object, encode, account)),
      CommonPrefixes: page.prefixes.map((common) => ({ Prefix: encode(common) })),
    };
  };

const describe = (object: ListedObject, encode: (text: string) => string, owner: string | undefined) => ({
  Key: encode(object.key),
  Size: object.size,
  ETag: object.etag,
  LastModified: new Date(object.lastModified),
  StorageClass: 'STANDARD' as const,
  ...(owner !== undefined && { Owner: { ID: owner, DisplayName: 'local' } }),
});

/** A continuation token is where the next page starts, in base64. */
function startOf(token: string | undefined, startAfter: string | undefined): Buffer {
  if (token === undefined) return startAfter === undefined ? Buffer.alloc(0) : exclusive(startAfter);
  const start = Buffer.from(token, 'base64');
  if (start.length === 0 || start.length > MAX_KEY_BYTES + 1)
    throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect');
  return start;
}

/**
 * How keys are written in a list: as they are, or by `url` with everything encoded, but the slash, that could be taken
 * for something else.
 * @throws AwsError `InvalidArgument` for another encoding.
 */
export function keyEncoding(type: string | undefined): (text: string) => string {
  if (type === undefined) return (text) => text;
  if (type === 'url') return (text) => encodeURIComponent(text).replaceAll('%2F', '/');
  throw new AwsError('InvalidArgument', 'Invalid Encoding Method specified in Request');
}
