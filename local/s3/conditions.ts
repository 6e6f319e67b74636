import type {
  CopyObjectCommandInput,
  GetObjectCommandInput,
  PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { AwsError } from '../wire/aws-error.js';
import type { Checked } from '../wire/operation.js';
import type { ObjectEntry } from './object-entry.js';
import { S3Error } from './s3-error.js';

type ReadConditions = {
  readonly [Name in 'IfMatch' | 'IfNoneMatch' | 'IfModifiedSince' | 'IfUnmodifiedSince']?:
    | Checked<GetObjectCommandInput>[Name]
    | undefined;
};

/**
 * Holds a read to what its conditions say of the object.
 * @throws AwsError `PreconditionFailed`, or `NotModified` for an object that the caller has already.
 */
export function checkReadConditions(conditions: ReadConditions, object: ObjectEntry): void {
  const { other, unchanged } = judge(conditions, object);
  if (other) throw preconditionFailed(other);
  if (unchanged) throw new AwsError('NotModified', 'Not Modified', 304, 'NotModified', validators(object));
}

/** What tells a caller which of its copies is still right, as RFC 9110 wants it of a 304. */
const validators = ({ etag, lastModified, versionId }: ObjectEntry) => ({
  etag,
  'last-modified': new Date(lastModified).toUTCString(),
  ...(versionId !== undefined && { 'x-amz-version-id': versionId }),
});

type CopyConditions = Pick<
  Checked<CopyObjectCommandInput>,
  'CopySourceIfMatch' | 'CopySourceIfNoneMatch' | 'CopySourceIfModifiedSince' | 'CopySourceIfUnmodifiedSince'
>;

/** The same of a copy and its source. @throws AwsError `PreconditionFailed` whichever fails. */
export function checkCopyConditions(conditions: CopyConditions, source: ObjectEntry): void {
  const { other, unchanged } = judge(
    {
      IfMatch: conditions.CopySourceIfMatch,
      IfNoneMatch: conditions.CopySourceIfNoneMatch,
      IfModifiedSince: conditions.CopySourceIfModifiedSince,
      IfUnmodifiedSince: conditions.CopySourceIfUnmodifiedSince,
    },
    source,
  );
  const failed = other ?? unchanged;
  if (failed) throw preconditionFailed(`x-amz-copy-source-${failed}`);
}

/** The conditions that an object fails, as RFC 9110 orders them: an ETag decides before a date. */
function judge(
  { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince }: ReadConditions,
  { etag, lastModified }: ObjectEntry,
): { other: string | undefined; unchanged: string | undefined } {
  const seconds = Math.floor(lastModified / 1000);
  const isSince = (date: Date) => seconds > Math.floor(date.getTime() / 1000);
  const where = (header: string, fails: boolean) => (fails ? header : undefined);
  return {
    other:
      IfMatch !== undefined
        ? where('If-Match', !matches(IfMatch, etag))
        : where('If-Unmodified-Since', IfUnmodifiedSince !== undefined && isSince(IfUnmodifiedSince)),
    unchanged:
      IfNoneMatch !== undefined
        ? where('If-None-Match', matches(IfNoneMatch, etag))
        : where('If-Modified-Since', IfModifiedSince !== undefined && !isSince(IfModifiedSince)),
  };
}

type WriteConditions = Pick<Checked<PutObjectCommandInput>, 'IfMatch' | 'IfNoneMatch'>;

/**
 * Holds a write to what it was told of the object that it replaces, as Terraform's lock file needs it. Ask it where
 * nothing can come between.
 */
export function checkWriteConditions({ IfMatch, IfNoneMatch }: WriteConditions, current?: ObjectEntry): void {
  if (IfNoneMatch !== undefined && IfNoneMatch !== '*') {
    throw new AwsError('NotImplemented', 'A write takes no other If-None-Match than *.', 501);
  }
  if (IfMatch !== undefined && !current) {
    throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  }
  if (IfNoneMatch !== undefined && current) throw preconditionFailed('If-None-Match');
  checkDeleteCondition(IfMatch, current);
}

/** The same of a deletion, for which an object that is not there is no hindrance. */
export function checkDeleteCondition(IfMatch: string | undefined, current?: ObjectEntry): void {
  if (current && IfMatch !== undefined && !matches(IfMatch, current.etag))
    throw preconditionFailed('If-Match');
}

/** @param Condition the header that says it. */
const preconditionFailed = (Condition: string) =>
  new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    Condition,
  });

/** Whether an ETag is among those that a condition names. */
function matches(header: string, etag: string): boolean {
  return header.split(',').some((one) => {
    const bare = one.trim().replace(/^(W\/)?"|"$/g, '');
    return bare === '*' || `"${bare}"` === etag;
  });
}
