import type { Clock } from '../clock.js';
import type { ContentFiles } from '../store/content.js';
import type { Store } from '../store/store.js';
import type { Operations } from '../wire/operation.js';
import { bucketSettingOperations } from './bucket-settings.js';
import { createBucket, deleteBucket, headBucket, listBuckets } from './buckets.js';
import { deleteObject, deleteObjects } from './delete-objects.js';
import { getObject, headObject } from './get-object.js';
import { listObjectsV2 } from './list-objects.js';
import { listObjectVersions } from './list-versions.js';
import type { ObjectTable } from './object-table.js';
import { putObject } from './put-object.js';

/** What S3 works on. */
export interface S3 {
  readonly store: Store;
  readonly objects: ObjectTable;
  readonly content: ContentFiles;
  readonly clock: Clock;
}

/** Simple Storage Service. */
export function s3Operations(s3: S3): Operations {
  return {
    CreateBucket: createBucket(s3),
    DeleteBucket: deleteBucket(s3),
    DeleteObject: deleteObject(s3),
    DeleteObjects: deleteObjects(s3),
    GetObject: getObject(s3),
    HeadBucket: headBucket(s3),
    HeadObject: headObject(s3),
    ListBuckets: listBuckets(s3),
    ListObjectsV2: listObjectsV2(s3),
    ListObjectVersions: listObjectVersions(s3),
    PutObject: putObject(s3),
    ...bucketSettingOperations(s3),
  };
}
