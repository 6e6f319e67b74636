import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy/index.js';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { S3BucketServerSideEncryptionConfigurationA as S3BucketEncryption } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js';
import { S3BucketVersioningA as S3BucketVersioning } from '@cdktf/provider-aws/lib/s3-bucket-versioning/index.js';
import { Construct } from 'constructs';
import type { Key } from './key.js';
import { checkName } from './limits.js';
import { policyDocument, type Statement } from './policy-document.js';

/** What a bucket is made from. */
export interface BucketProps {
  /** The bucket's name, unique in all of AWS. */
  readonly name: string;
  /** The key that its objects are encrypted with. */
  readonly key: Key;
  /**
   * Whether destroying the bucket takes the objects in it along; if not, a bucket that is not empty stays.
   * @default false
   */
  readonly destroyData?: boolean;
}

/**
 * A private bucket: encrypted with our key, versioned, closed to the public and to plain HTTP, without ACLs.
 *
 * @example
 * const data = new Bucket(this, 'data', { name: names.bucket('data', account.id), key });
 */
export class Bucket extends Construct {
  /** The bucket's name, as a reference that waits for the bucket. */
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, key, destroyData = false }: BucketProps) {
    super(scope, id);
    checkName(this, 'bucket', name);
    const bucket = new S3Bucket(this, 'Default', { bucket: name, forceDestroy: destroyData });
    this.name = bucket.bucket;
    this.arn = bucket.arn;

    const of = { bucket: bucket.id };
    new S3BucketEncryption(this, 'encryption', {
      ...of,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.arn },
          // One key of the bucket's own instead of a call to KMS, which is paid for, an object.
          bucketKeyEnabled: true,
        },
      ],
    });
    new S3BucketVersioning(this, 'versioning', { ...of, versioningConfiguration: { status: 'Enabled' } });
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
    new S3BucketPolicy(this, 'policy', {
      ...of,
      policy: tlsOnly(this.arn),
      // S3 refuses two changes of a bucket's access at the same time.
      dependsOn: [publicAccess],
    });
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
        resources: folders.map((folder) => `${this.arn}/${folder}*`),
      },
    ];
  }
}

function tlsOnly(bucketArn: string): string {
  return policyDocument([
    {
      sid: 'TlsOnly',
      effect: 'Deny',
      principals: { AWS: '*' },
      actions: ['s3:*'],
      resources: [bucketArn, `${bucketArn}/*`],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]);
}
