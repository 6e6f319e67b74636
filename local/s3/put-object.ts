import { open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { PutObjectCommandInput, PutObjectCommandOutput } from '@aws-sdk/client-s3';
import { AwsChunkedDecoder } from '../wire/aws-chunked.js';
import { AwsError } from '../wire/aws-error.js';
import type { Checked, Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { BodyDigest, CHECKSUM_HEADER } from './body-digest.js';
import { findBucket, noSuchBucket } from './bucket-entry.js';
import { matches } from './get-object.js';
import { checkKey, type ObjectEntry } from './object-table.js';
import type { S3 } from './s3.js';

export const putObject =
  ({ store, objects, content, clock }: S3): Operation<PutObjectCommandInput, PutObjectCommandOutput> =>
  async (input, { account }) => {
    refuse(input, 'WriteOffsetBytes', 'Tagging', 'WebsiteRedirectLocation');
    refuse(
      input,
      'ObjectLockMode',
      'ObjectLockRetainUntilDate',
      'ObjectLockLegalHoldStatus',
      'SSECustomerKey',
    );
    refuse(input, 'GrantFullControl', 'GrantRead', 'GrantReadACP', 'GrantWriteACP');
    if (input.ACL !== undefined && input.ACL !== 'private' && input.ACL !== 'bucket-owner-full-control')
      refuse(input, 'ACL');
    if (input.StorageClass !== undefined && input.StorageClass !== 'STANDARD') refuse(input, 'StorageClass');
    const { Key: key, Body: body, ExpectedBucketOwner: owner = account } = input;
    const bucket = findBucket(store.entries, input.Bucket, account);
    if (owner !== bucket.account) throw new AwsError('AccessDenied', 'Access Denied', 403);
    checkKey(key);
    const staged = content.stagingPath();
    try {
      if (!isStream(body)) throw new AwsError('IncompleteBody', 'The request has no body.');
      const checksums = checksumsIn(input);
      const trailing =
        body instanceof AwsChunkedDecoder ? body.announced.filter(isChecksum).map(checksumName) : [];
      const digest = new BodyDigest(new Set([...checksums.keys(), ...trailing]));
      // Opened before the body can fail: a stream that opens the file itself may do so after it is removed.
      const file = await open(staged, 'wx');
      await pipeline(body, digest, file.createWriteStream());
      for (const [name, value] of Object.entries(body instanceof AwsChunkedDecoder ? body.trailers : {})) {
        if (isChecksum(name)) checksums.set(checksumName(name), value);
      }
      const etag = await digest.finish(input.ContentMD5, checksums);
      const kept = await content.keep(staged, key);
      const entry: ObjectEntry = {
        file: kept,
        size: digest.size,
        etag,
        lastModified: clock.now(),
        headers: keptHeaders(input),
        metadata: input.Metadata ?? {},
      };
      const publishing = objects.publish([{ bucketId: bucket.id, key, entry }], () => {
        // The bucket may have been deleted while the body came in, and another made that is called the same.
        if (findBucket(store.entries, input.Bucket, account).id !== bucket.id) throw noSuchBucket();
        checkWriteConditions(input, objects.get(bucket.id, key));
      });
      const [versionId] = await publishing.catch(async (error: unknown) => {
        if (objects.get(bucket.id, key)?.file !== kept) await content.remove(kept);
        throw error;
      });
      return { ETag: etag, ...(versionId !== undefined && { VersionId: versionId }) };
    } finally {
      await rm(staged, { force: true });
    }
  };

/**
 * Holds a write to what it was told of the object that it replaces, as Terraform's lock file needs it. It is asked
 * where nothing can come between.
 */
function checkWriteConditions(
  { IfMatch, IfNoneMatch }: Checked<PutObjectCommandInput>,
  current?: ObjectEntry,
): void {
  if (IfNoneMatch !== undefined && IfNoneMatch !== '*') {
    throw new AwsError('NotImplemented', 'A write takes no other If-None-Match than *.', 501);
  }
  if (IfMatch !== undefined && !current) {
    throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  }
  const isRefused =
    (IfNoneMatch !== undefined && current) ||
    (current && IfMatch !== undefined && !matches(IfMatch, current.etag));
  if (isRefused) {
    throw new AwsError(
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
      412,
    );
  }
}

function isStream(body: unknown): body is NodeJS.ReadableStream {
  return typeof (body as NodeJS.ReadableStream | undefined)?.pipe === 'function';
}

/** The checksums that a request's headers give, by their names. */
function checksumsIn(input: Checked<PutObjectCommandInput>): Map<string, string> {
  const given = Object.entries(input).flatMap(([member, value]) => {
    const name = /^Checksum(?!Algorithm)(.+)$/.exec(member)?.[1]?.toLowerCase();
    return name !== undefined && typeof value === 'string' ? [[name, value] as const] : [];
  });
  return new Map(given);
}

const isChecksum = (header: string) => header.startsWith(CHECKSUM_HEADER);
const checksumName = (header: string) => header.slice(CHECKSUM_HEADER.length);

/** What an object gives back of its request. `aws-chunked` is how the body travelled, not what it is. */
function keptHeaders(input: Checked<PutObjectCommandInput>): Record<string, string> {
  const encoding = input.ContentEncoding?.split(',').map((part) => part.trim());
  const headers: Record<string, string | undefined> = {
    ContentType: input.ContentType ?? 'binary/octet-stream',
    ContentEncoding: encoding?.filter((part) => part !== 'aws-chunked').join(',') || undefined,
    ContentDisposition: input.ContentDisposition,
    ContentLanguage: input.ContentLanguage,
    CacheControl: input.CacheControl,
    Expires: input.Expires?.toUTCString(),
  };
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );
}
