import type {
  CreateBucketCommandInput,
  CreateBucketCommandOutput,
  DeleteBucketCommandInput,
  DeleteBucketCommandOutput,
  HeadBucketCommandInput,
  HeadBucketCommandOutput,
  ListBucketsCommandInput,
  ListBucketsCommandOutput,
} from '@aws-sdk/client-s3';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { type BucketEntry, bucketKey, findBucket, isBucketName } from './bucket-entry.js';
import { forgetSettings } from './kept-setting.js';
import type { S3 } from './s3.js';
import { S3Error } from './s3-error.js';

export const createBucket =
  ({ store, clock }: S3): Operation<CreateBucketCommandInput, CreateBucketCommandOutput> =>
  async (input, context) => {
    const { account } = context;
    const { Bucket: name, CreateBucketConfiguration: configuration } = input;
    refuse(
      input,
      'ObjectLockEnabledForBucket',
      'BucketNamespace',
      'GrantFullControl',
      'GrantRead',
      'GrantReadACP',
    );
    refuse(input, 'GrantWrite', 'GrantWriteACP');
    if (input.ACL !== 'private') refuse(input, 'ACL');
    // What every bucket has since 2023.
    if (input.ObjectOwnership !== 'BucketOwnerEnforced') refuse(input, 'ObjectOwnership');
    if (!isBucketName(name))
      throw new S3Error('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName: name });
    const region = bucketRegion(configuration?.LocationConstraint, context.region);
    await store.transaction(() => {
      const existing = store.entries.get<BucketEntry>(bucketKey(name));
      if (existing?.account === account) {
        const message = 'Your previous request to create the named bucket succeeded and you already own it.';
        throw new S3Error('BucketAlreadyOwnedByYou', message, 409, { BucketName: name });
      }
      if (existing)
        throw new S3Error('BucketAlreadyExists', 'The requested bucket name is not available.', 409, {
          BucketName: name,
        });
      const bucket: BucketEntry = { id: store.nextId(), name, account, region, createdAt: clock.now() };
      store.entries.put(bucketKey(name), bucket);
    });
    return { Location: `/${name}` };
  };

/**
 * Where a bucket is to be. The first region of all puts it wherever it is told, and has no constraint of its own; every
 * other wants to be named.
 */
function bucketRegion(constraint: string | undefined, region: string): string {
  if (constraint !== undefined && (!REGION.test(constraint) || constraint === FIRST_REGION)) {
    throw new AwsError('InvalidLocationConstraint', 'The specified location-constraint is not valid');
  }
  if (region === FIRST_REGION || constraint === region) return constraint ?? region;
  throw new AwsError(
    'IllegalLocationConstraintException',
    `The ${constraint ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
}

const FIRST_REGION = 'us-east-1';
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** Multipart uploads that are under way do not keep a bucket from being deleted: they end with it. */
export const deleteBucket =
  ({ store, objects, content }: S3): Operation<DeleteBucketCommandInput, DeleteBucketCommandOutput> =>
  async ({ Bucket: name }, { account }) => {
    const files = await store.transaction(() => {
      const bucket = findBucket(store.entries, name, account);
      if (!objects.isEmpty(bucket.id)) {
        throw new S3Error('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409, {
          BucketName: name,
        });
      }
      store.entries.remove(bucketKey(name));
      objects.versions.forget(bucket.id);
      forgetSettings(store.entries, bucket.id);
      return objects.uploads.ofBucket(bucket.id).flatMap((upload) => objects.uploads.remove(upload));
    });
    await content.removeAll(files);
    return {};
  };

export const headBucket =
  ({ store }: S3): Operation<HeadBucketCommandInput, HeadBucketCommandOutput> =>
  ({ Bucket: name }, { account }) => {
    const { region } = findBucket(store.entries, name, account);
    return { BucketRegion: region, AccessPointAlias: false };
  };

export const listBuckets =
  ({ store }: S3): Operation<ListBucketsCommandInput, ListBucketsCommandOutput> =>
  (input, { account }) => {
    const {
      Prefix: prefix = '',
      BucketRegion: region,
      MaxBuckets: limit = MAX_BUCKETS,
      ContinuationToken: token,
    } = input;
    const after = token === undefined ? undefined : Buffer.from(token, 'base64').toString('utf8');
    if (after !== undefined && !isBucketName(after))
      throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect');
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_BUCKETS)
      throw new AwsError(
        'InvalidArgument',
        `Argument max-buckets must be an integer between 1 and ${MAX_BUCKETS}`,
      );
    const found: BucketEntry[] = [];
    for (const bucket of store.entries.list<BucketEntry>(
      ['bucket'],
      after === undefined ? undefined : bucketKey(after),
    )) {
      if (bucket.account !== account || !bucket.name.startsWith(prefix)) continue;
      if (region !== undefined && bucket.region !== region) continue;
      found.push(bucket);
      if (found.length > limit) break;
    }
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      Buckets: page.map((bucket) => ({
        Name: bucket.name,
        CreationDate: new Date(bucket.createdAt),
        BucketRegion: bucket.region,
      })),
      Owner: { ID: account, DisplayName: 'local' },
      ...(found.length > limit && last && { ContinuationToken: Buffer.from(last.name).toString('base64') }),
    };
  };

/** Buckets that one page has at the most. */
const MAX_BUCKETS = 10_000;
