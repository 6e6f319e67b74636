import { Construct } from 'constructs';
import type { Account } from './account.js';
import { Bucket, type BucketProps } from './bucket.js';
import type { ResourceStatement } from './policy-document.js';

/** What a bucket of access logs is made from. */
export interface AccessLogBucketProps extends Pick<BucketProps, 'name' | 'lifecycle' | 'destroyData'> {
  /** The account that it and the buckets belong to. */
  readonly account: Account;
  /** Names of the buckets whose requests are logged here. */
  readonly sources: readonly string[];
}

/**
 * A bucket that S3 writes the access logs of other buckets to. It is encrypted by S3's own key: S3 delivers no access
 * logs to a bucket that is encrypted by KMS. Its own requests are not logged, as each log would make another.
 *
 * @example
 * const logs = new AccessLogBucket(this, 'logs', {
 *   name: 'lake-logs', account, sources: ['lake-data'], lifecycle: { expireDays: 30, uploadDays: 7, supersededDays: 7 },
 * });
 */
export class AccessLogBucket extends Construct {
  /** The bucket's name, as a reference that waits for the bucket. */
  readonly name: string;
  /** What has to be there before S3 can write to the bucket. */
  readonly policy: Bucket['policy'];

  constructor(scope: Construct, id: string, { account, sources, ...bucket }: AccessLogBucketProps) {
    super(scope, id);
    const { name, policy } = new Bucket(this, 'Default', {
      ...bucket,
      statements: (arn) => [deliveryStatement(arn, account, sources)],
    });
    this.name = name;
    this.policy = policy;
  }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
function deliveryStatement(
  bucketArn: string,
  account: Account,
  sources: readonly string[],
): ResourceStatement {
  return {
    sid: 'AccessLogsOfThisAccount',
    principals: { Service: 'logging.s3.amazonaws.com' },
    actions: ['s3:PutObject'],
    resources: [`${bucketArn}/*`],
    conditions: {
      StringEquals: { 'aws:SourceAccount': account.id },
      // By name: the buckets themselves wait for this policy.
      ArnEquals: { 'aws:SourceArn': sources.map((source) => account.bucketArn(source)) },
    },
  };
}
