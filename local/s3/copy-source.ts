import type { FileHandle } from 'node:fs/promises';
import type { CopyObjectCommandInput } from '@aws-sdk/client-s3';
import { AwsError } from '../wire/aws-error.js';
import type { Checked, RequestContext } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { MAX_BODY_BYTES } from './body-digest.js';
import { checkExpectedOwner, findBucket } from './bucket-entry.js';
import { checkCopyConditions } from './conditions.js';
import type { ObjectEntry } from './object-entry.js';
import { checkKey } from './object-key.js';
import { openObject } from './open-object.js';
import type { S3 } from './s3.js';

/** What is copied, opened. */
export interface CopySource {
  readonly bucketId: number;
  readonly key: string;
  /** Given where the request names a version. */
  readonly versionId: string | undefined;
  readonly entry: ObjectEntry;
  readonly file: FileHandle;
}

type CopyRequest = Pick<
  Checked<CopyObjectCommandInput>,
  Extract<keyof CopyObjectCommandInput, `CopySource${string}`> | 'ExpectedSourceBucketOwner'
>;

/**
 * Opens the object that a request names in `x-amz-copy-source`; close its file.
 * @throws AwsError where it is not there, is another account's, or is not as the request's conditions want it.
 */
export async function openCopySource(
  s3: S3,
  request: CopyRequest,
  { account }: RequestContext,
): Promise<CopySource> {
  refuse(request, 'CopySourceSSECustomerKey');
  const { bucket, key, versionId } = parseCopySource(request.CopySource);
  checkKey(key);
  checkExpectedOwner(request.ExpectedSourceBucketOwner, account);
  const { id: bucketId } = findBucket(s3.store.entries, bucket, account);
  const named = { Key: key, ...(versionId !== undefined && { VersionId: versionId }) };
  const { entry, file } = await openObject(s3, bucketId, named);
  try {
    checkCopyConditions(request, entry);
  } catch (error) {
    await file.close();
    throw error;
  }
  return { bucketId, key, versionId, entry, file };
}

/** `bucket/key`, with or without a slash in front, URL-encoded, and `?versionId=` behind it. */
function parseCopySource(header: string) {
  if (header.startsWith('arn:')) {
    throw new AwsError('NotImplemented', 'Local AWS does not implement access points as a CopySource.', 501);
  }
  const [, encoded = '', versionId] = /^\/?(.*?)(?:\?versionId=([^?]*))?$/s.exec(header) ?? [];
  const [bucket, ...rest] = decoded(encoded).split('/');
  const key = rest.join('/');
  if (bucket && key) return { bucket, key, versionId: versionId || undefined };
  throw invalidSource();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidSource();
  }
}

const invalidSource = () =>
  new AwsError(
    'InvalidArgument',
    'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
  );

/** Bytes that are read at once. */
export const COPY_BYTES = 1024 * 1024;

/** What an answer says of the version that was copied. */
export const copiedVersion = ({ entry: { versionId } }: CopySource) =>
  versionId === undefined ? {} : { CopySourceVersionId: versionId };

export const tooLargeToCopy = () =>
  new AwsError(
    'InvalidRequest',
    `The specified copy source is larger than the maximum allowable size for a copy source: ${MAX_BODY_BYTES}`,
  );
