import type { Clock } from '../clock.js';
import type { ContentFiles } from '../store/content.js';
import type { Store } from '../store/store.js';
import type { Operations, RequestContext } from '../wire/operation.js';
import { checkExpectedOwner } from './bucket-entry.js';
import { bucketSettingOperations } from './bucket-settings.js';
import { createBucket, deleteBucket, headBucket, listBuckets } from './buckets.js';
import { completeMultipartUpload } from './complete-upload.js';
import { copyObject } from './copy-object.js';
import { deleteObject, deleteObjects } from './delete-objects.js';
import { getObject, headObject } from './get-object.js';
import { getObjectAttributes } from './get-object-attributes.js';
import { listObjects, listObjectsV2 } from './list-objects.js';
import { listMultipartUploads, listParts } from './list-uploads.js';
import { listObjectVersions } from './list-versions.js';
import { abortMultipartUpload, createMultipartUpload } from './multipart-uploads.js';
import type { ObjectTable } from './object-table.js';
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './object-tagging.js';
import { putObject } from './put-object.js';
import { uploadPart, uploadPartCopy } from './upload-part.js';

/** What S3 works on. */
export interface S3 {
  readonly store: Store;
  readonly objects: ObjectTable;
  readonly content: ContentFiles;
  readonly clock: Clock;
}

/** Simple Storage Service. */
export function s3Operations(s3: S3): Operations {
  return ownersChecked({
    AbortMultipartUpload: abortMultipartUpload(s3),
    CompleteMultipartUpload: completeMultipartUpload(s3),
    CopyObject: copyObject(s3),
    CreateBucket: createBucket(s3),
    CreateMultipartUpload: createMultipartUpload(s3),
    DeleteBucket: deleteBucket(s3),
    DeleteObject: deleteObject(s3),
    DeleteObjects: deleteObjects(s3),
    DeleteObjectTagging: deleteObjectTagging(s3),
    GetObject: getObject(s3),
    GetObjectAttributes: getObjectAttributes(s3),
    GetObjectTagging: getObjectTagging(s3),
    HeadBucket: headBucket(s3),
    HeadObject: headObject(s3),
    ListBuckets: listBuckets(s3),
    ListMultipartUploads: listMultipartUploads(s3),
    ListObjects: listObjects(s3),
    ListObjectsV2: listObjectsV2(s3),
    ListObjectVersions: listObjectVersions(s3),
    ListParts: listParts(s3),
    PutObject: putObject(s3),
    PutObjectTagging: putObjectTagging(s3),
    UploadPart: uploadPart(s3),
    UploadPartCopy: uploadPartCopy(s3),
    ...bucketSettingOperations(s3),
  });
}

/** Any request to a bucket may name the account that it expects the bucket to be of. */
function ownersChecked(operations: Operations): Operations {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      (input: { readonly ExpectedBucketOwner?: string }, context: RequestContext) => {
        checkExpectedOwner(input.ExpectedBucketOwner, context.account);
        return operation(input as never, context);
      },
    ]),
  );
}
