import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js';
import { S3BucketLoggingA as S3BucketLogging } from '@cdktf/provider-aws/lib/s3-bucket-logging/index.js';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy/index.js';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { S3BucketServerSideEncryptionConfigurationA as S3BucketEncryption } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js';
import { S3BucketVersioningA as S3BucketVersioning } from '@cdktf/provider-aws/lib/s3-bucket-versioning/index.js';
import { Construct } from 'constructs';
import type { AccessLogBucket } from './access-log-bucket.js';
import type { Key } from './key.js';
import { type Lifecycle, lifecycleRules } from './lifecycle.js';
import { checkName } from './limits.js';
import { policyDocument, type ResourceStatement, type Statement } from './policy-document.js';

/** What a bucket is made from. */
export interface BucketProps {
  /** The bucket's name, unique in all of AWS. */
  readonly name: string;
  /**
   * The key that its objects are encrypted with.
   * @default - a key of S3's own (SSE-S3)
   */
  readonly key?: Key;
  /** When its objects go, or go elsewhere. */
  readonly lifecycle: Lifecycle;
  /**
   * The bucket that a line is written to for each request to this one.
   * @default - requests are not logged
   */
  readonly accessLogs?: AccessLogBucket;
  /**
   * Who is let in, or kept out, besides what IAM says; statements about this bucket, by its ARN.
   * @default - nobody
   */
  readonly statements?: (bucketArn: string) => readonly ResourceStatement[];
  /**
   * Whether destroying the bucket takes the objects in it along. If not, Terraform refuses every plan that would
   * destroy the bucket, before it has touched anything.
   * @default false
   */
  readonly destroyData?: boolean;
}

/**
 * A private bucket: encrypted, versioned, closed to the public and to plain HTTP, without ACLs.
 *
 * @example
 * const data = new Bucket(this, 'data', {
 *   name: names.bucket('data', account.id), key, accessLogs, lifecycle: { uploadDays: 7, supersededDays: 7 },
 * });
 *
 * @throws InvalidConstructError for a name or a lifecycle that S3 refuses.
 */
export class Bucket extends Construct {
  /** The bucket's name, as a reference that waits for the bucket. */
  readonly name: string;
  readonly arn: string;
  /** What has to be there before others can write to the bucket. */
  readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    const { name, key, lifecycle, accessLogs, statements, destroyData = false } = props;
    checkName(this, 'bucket', name);
    const bucket = new S3Bucket(this, 'Default', {
      bucket: name,
      forceDestroy: destroyData,
      ...(!destroyData && { lifecycle: { preventDestroy: true } }),
    });
    this.name = bucket.bucket;
    this.arn = bucket.arn;

    const of = { bucket: bucket.id };
    new S3BucketEncryption(this, 'encryption', { ...of, rule: [encryptionBy(key)] });
    const versioning = new S3BucketVersioning(this, 'versioning', {
      ...of,
      versioningConfiguration: { status: 'Enabled' },
    });
    new S3BucketOwnershipControls(this, 'ownership', {
      ...of,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
    const publicAccess = new S3BucketPublicAccessBlock(this, 'public-access', {
      ...of,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    this.policy = new S3BucketPolicy(this, 'policy', {
      ...of,
      policy: policyDocument([tlsOnly(this.arn), ...(statements?.(this.arn) ?? [])]),
      // S3 refuses two changes of a bucket's access at the same time.
      dependsOn: [publicAccess],
    });
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      ...of,
      rule: lifecycleRules(this, lifecycle),
      // Rules about superseded versions come after the versions.
      dependsOn: [versioning],
    });
    if (accessLogs) {
      new S3BucketLogging(this, 'access-logs', {
        ...of,
        targetBucket: accessLogs.name,
        targetPrefix: `${id}/`,
        // S3 tries whether it may write there.
        dependsOn: [accessLogs.policy],
      });
    }
  }

  /** The permissions to write objects under `folders` (each ends in `/`), and to look for them in the bucket. */
  writeStatements(folders: readonly string[]): Statement[] {
    return [
      {
        sid: 'FindObjects',
        actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        resources: [this.arn],
      },
      {
        sid: 'WriteObjects',
        actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
        resources: this.objects(folders),
      },
    ];
  }

  /** The permission to delete the objects under `folders` (each ends in `/`); their versions stay as long as others do. */
  removeStatement(folders: readonly string[]): Statement {
    return { sid: 'RemoveObjects', actions: ['s3:DeleteObject'], resources: this.objects(folders) };
  }

  /** The permissions to read the objects under `folders` (each ends in `/`), and to list these and no others. */
  readStatements(folders: readonly string[]): Statement[] {
    return [
      { sid: 'FindData', actions: ['s3:GetBucketLocation'], resources: [this.arn] },
      {
        sid: 'ListData',
        actions: ['s3:ListBucket'],
        resources: [this.arn],
        conditions: { StringLike: { 's3:prefix': folders.map((folder) => `${folder}*`) } },
      },
      { sid: 'ReadData', actions: ['s3:GetObject'], resources: this.objects(folders) },
    ];
  }

  /**
   * The permissions that Athena needs of whom it queries for, to leave results here and to read them.
   * @param folder where in the bucket; ends in `/`. By default that is anywhere.
   */
  resultStatements(folder = ''): Statement[] {
    return [
      {
        sid: 'FindResults',
        actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        resources: [this.arn],
      },
      {
        sid: 'WriteResults',
        actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
        resources: this.objects([folder]),
      },
    ];
  }

  private objects(folders: readonly string[]): string[] {
    return folders.map((folder) => `${this.arn}/${folder}*`);
  }
}

function encryptionBy(key: Key | undefined) {
  if (!key) return { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } };
  return {
    applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.arn },
    // One key of the bucket's own instead of a call to KMS, which is paid for, an object.
    bucketKeyEnabled: true,
  };
}

function tlsOnly(bucketArn: string): ResourceStatement {
  return {
    sid: 'TlsOnly',
    effect: 'Deny',
    principals: { AWS: '*' },
    actions: ['s3:*'],
    resources: [bucketArn, `${bucketArn}/*`],
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}
