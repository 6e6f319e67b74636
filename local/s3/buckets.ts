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

export const createBucket =
  ({ store, clock }: S3): Operation<CreateBucketCommandInput, CreateBucketCommandOutput> =>
  async (input, { account, region }) => {
    const { Bucket: name, CreateBucketConfiguration: configuration } = input;
    refuse(input, 'ObjectLockEnabledForBucket');
    if (!isBucketName(name)) throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.');
    const constraint = configuration?.LocationConstraint;
    if (constraint !== undefined && constraint !== region) {
      throw new AwsError(
        'IllegalLocationConstraintException',
        `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`,
      );
    }
    await store.transaction(() => {
      const existing = store.entries.get<BucketEntry>(bucketKey(name));
      if (existing?.account === account) {
        const message = 'Your previous request to create the named bucket succeeded and you already own it.';
        throw new AwsError('BucketAlreadyOwnedByYou', message, 409);
      }
      if (existing)
        throw new AwsError('BucketAlreadyExists', 'The requested bucket name is not available.', 409);
      const bucket: BucketEntry = { id: store.nextId(), name, account, region, createdAt: clock.now() };
      store.entries.put(bucketKey(name), bucket);
    });
    return { Location: `/${name}` };
  };

export const deleteBucket =
  ({ store, objects }: S3): Operation<DeleteBucketCommandInput, DeleteBucketCommandOutput> =>
  async ({ Bucket: name }, { account }) => {
    await store.transaction(() => {
      const bucket = findBucket(store.entries, name, account);
      if (!objects.isEmpty(bucket.id)) {
        throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
      }
      store.entries.remove(bucketKey(name));
      objects.versions.forget(bucket.id);
      forgetSettings(store.entries, bucket.id);
    });
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
      MaxBuckets: limit = 10_000,
      ContinuationToken: token,
    } = input;
    const after = token === undefined ? undefined : Buffer.from(token, 'base64').toString('utf8');
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
