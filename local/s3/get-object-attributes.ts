import type {
  GetObjectAttributesCommandInput,
  GetObjectAttributesCommandOutput,
  GetObjectAttributesParts,
} from '@aws-sdk/client-s3';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { findBucket } from './bucket-entry.js';
import { checksumMembers } from './checksum.js';
import type { ObjectEntry } from './object-entry.js';
import { checkKey } from './object-key.js';
import { partCount } from './object-parts.js';
import { findObject } from './open-object.js';
import type { S3 } from './s3.js';

/** Of an object what is asked for by name, without its content. */
export const getObjectAttributes =
  ({ store, objects }: S3): Operation<GetObjectAttributesCommandInput, GetObjectAttributesCommandOutput> =>
  (input, { account }) => {
    refuse(input, 'SSECustomerKey');
    checkKey(input.Key);
    const wanted = namesOf(input.ObjectAttributes);
    const bucket = findBucket(store.entries, input.Bucket, account);
    const entry = findObject(objects, bucket.id, input);
    return {
      LastModified: new Date(entry.lastModified),
      ...(entry.versionId !== undefined && { VersionId: entry.versionId }),
      // Here, and nowhere else, it is without its quotes.
      ...(wanted.has('ETag') && { ETag: entry.etag.slice(1, -1) }),
      ...(wanted.has('Checksum') && entry.checksum && { Checksum: checksumMembers(entry.checksum) }),
      ...(wanted.has('ObjectParts') && entry.parts && { ObjectParts: partsOf(entry) }),
      ...(wanted.has('StorageClass') && { StorageClass: 'STANDARD' as const }),
      ...(wanted.has('ObjectSize') && { ObjectSize: entry.size }),
    };
  };

const ATTRIBUTES: readonly string[] = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];

/** The header is one text of names, or several. */
function namesOf(given: readonly string[]): ReadonlySet<string> {
  const names = given.flatMap((text) => text.split(',')).map((name) => name.trim());
  if (names.every((name) => ATTRIBUTES.includes(name))) return new Set(names);
  throw new AwsError('InvalidArgument', 'Invalid attribute name specified.');
}

/** How many parts it was put together from. With a checksum of the parts S3 lists each, which are not kept here. */
function partsOf({ parts = [], checksum }: ObjectEntry): GetObjectAttributesParts {
  if (checksum?.type !== 'COMPOSITE') return { TotalPartsCount: partCount(parts) };
  throw new AwsError(
    'NotImplemented',
    'Local AWS does not implement ObjectParts of an object that has checksums of its parts.',
    501,
  );
}
