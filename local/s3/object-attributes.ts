import type { PutObjectCommandInput } from '@aws-sdk/client-s3';
import { AwsError } from '../wire/aws-error.js';
import type { Checked } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import type { ObjectEntry } from './object-entry.js';
import { taggingHeader } from './object-tags.js';

/** What a request says of the object that it makes, besides its content. */
export type ObjectAttributes = Pick<ObjectEntry, 'headers' | 'metadata' | 'tags'>;

type AttributesRequest = Partial<Omit<Checked<PutObjectCommandInput>, 'Body'>>;

/**
 * The attributes that an object is to have.
 * @throws AwsError `NotImplemented` for those that local AWS has not, `MetadataTooLarge` for metadata over 2 KB.
 */
export function attributesOf(request: AttributesRequest): ObjectAttributes {
  refuseAttributes(request);
  const metadata = request.Metadata ?? {};
  const bytes = Object.entries(metadata)
    .flat()
    .reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > MAX_METADATA_BYTES) {
    throw new AwsError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  }
  // `aws-chunked` is how the body travelled, not what it is.
  const encoding = request.ContentEncoding?.split(',').map((part) => part.trim());
  return {
    headers: {
      ...given({
        ContentType: request.ContentType ?? 'binary/octet-stream',
        ContentEncoding: encoding?.filter((part) => part !== 'aws-chunked').join(',') || undefined,
        ContentDisposition: request.ContentDisposition,
        ContentLanguage: request.ContentLanguage,
        CacheControl: request.CacheControl,
        Expires: request.Expires?.toUTCString(),
      }),
      ...encryptionOf(request),
    },
    metadata,
    ...taggingHeader(request.Tagging),
  };
}

/** The attributes of an object that is a copy: its source's, but how it is encrypted. */
export function copiedAttributes(request: AttributesRequest, source: ObjectEntry): ObjectAttributes {
  refuseAttributes(request);
  const { ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled, ...headers } = source.headers;
  return { headers: { ...headers, ...encryptionOf(request) }, metadata: source.metadata };
}

/** How an object is said to be encrypted, as answers tell it; nothing is encrypted. */
export const encryptionOf = (said: {
  readonly ServerSideEncryption?: string;
  readonly SSEKMSKeyId?: string;
  readonly BucketKeyEnabled?: boolean | string;
}) =>
  given({
    ServerSideEncryption: said.ServerSideEncryption,
    SSEKMSKeyId: said.SSEKMSKeyId,
    BucketKeyEnabled: said.BucketKeyEnabled === undefined ? undefined : String(said.BucketKeyEnabled),
  });

/** Bytes of all names and values together. */
const MAX_METADATA_BYTES = 2048;

function refuseAttributes(request: AttributesRequest): void {
  refuse(request, 'WriteOffsetBytes', 'WebsiteRedirectLocation', 'SSECustomerKey');
  refuse(request, 'ObjectLockMode', 'ObjectLockRetainUntilDate', 'ObjectLockLegalHoldStatus');
  refuse(request, 'ObjectLockEventHold');
  refuse(request, 'GrantFullControl', 'GrantRead', 'GrantReadACP', 'GrantWriteACP');
  if (request.ACL !== 'private' && request.ACL !== 'bucket-owner-full-control') refuse(request, 'ACL');
  if (request.StorageClass !== 'STANDARD') refuse(request, 'StorageClass');
}

const given = (headers: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );
