import { type BucketLocationConstraint, CreateBucketCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
import { type Creator, createUnless } from './creator.js';

/** `aws_s3_bucket`. */
export const bucket: Creator = {
  nameProperty: 'bucket',
  async create(resource, { s3 }) {
    const Bucket = resource.text('bucket');
    // In us-east-1 S3 answers the creation of a bucket that one owns as though it had just been created.
    const there = await s3.send(new HeadBucketCommand({ Bucket })).then(
      () => true,
      (fault: unknown) => !(fault instanceof Error && fault.name === 'NotFound') && Promise.reject(fault),
    );
    if (there) return 'existing';
    const region = await s3.config.region();
    return createUnless(
      'BucketAlreadyOwnedByYou',
      s3.send(
        new CreateBucketCommand({
          Bucket,
          // S3 refuses us-east-1 here: it is what no constraint means.
          ...(region !== 'us-east-1' && {
            CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint },
          }),
        }),
      ),
    );
  },
};
