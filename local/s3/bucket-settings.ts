import type {
  GetBucketAclCommandOutput,
  GetBucketEncryptionCommandOutput,
  GetBucketLifecycleConfigurationCommandOutput,
  GetBucketLocationCommandOutput,
  GetBucketLoggingCommandOutput,
  GetBucketOwnershipControlsCommandOutput,
  GetBucketPolicyCommandOutput,
  GetBucketRequestPaymentCommandOutput,
  GetBucketTaggingCommandOutput,
  GetBucketVersioningCommandInput,
  GetBucketVersioningCommandOutput,
  GetPublicAccessBlockCommandOutput,
  PutBucketEncryptionCommandInput,
  PutBucketLifecycleConfigurationCommandInput,
  PutBucketLoggingCommandInput,
  PutBucketOwnershipControlsCommandInput,
  PutBucketPolicyCommandInput,
  PutBucketTaggingCommandInput,
  PutBucketVersioningCommandInput,
  PutPublicAccessBlockCommandInput,
} from '@aws-sdk/client-s3';
import { jsonDocument } from '../resources/json-document.js';
import { AwsError } from '../wire/aws-error.js';
import type { Answer, Operation, Operations } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { findBucket } from './bucket-entry.js';
import { keptSetting } from './kept-setting.js';
import type { S3 } from './s3.js';

/**
 * The settings of buckets. Versioning has its effect; all others are kept as they are given, and given back: local AWS
 * encrypts nothing, expires nothing, logs no access and lets everybody in.
 */
export function bucketSettingOperations(s3: S3): Operations {
  return {
    ...keptSetting<PutBucketEncryptionCommandInput, GetBucketEncryptionCommandOutput>(
      s3,
      'BucketEncryption',
      {
        keptOf: ({ ServerSideEncryptionConfiguration }) => ({ ServerSideEncryptionConfiguration }),
        missing: () => DEFAULT_ENCRYPTION,
      },
    ),
    ...keptSetting<PutBucketLifecycleConfigurationCommandInput, GetBucketLifecycleConfigurationCommandOutput>(
      s3,
      'BucketLifecycleConfiguration',
      {
        keptOf: ({ LifecycleConfiguration, TransitionDefaultMinimumObjectSize }) => ({
          Rules: LifecycleConfiguration?.Rules ?? [],
          TransitionDefaultMinimumObjectSize:
            TransitionDefaultMinimumObjectSize ?? 'all_storage_classes_128K',
        }),
        missing: notFound('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'),
        deleteOperation: 'DeleteBucketLifecycle',
      },
    ),
    ...keptSetting<PutBucketLoggingCommandInput, GetBucketLoggingCommandOutput>(s3, 'BucketLogging', {
      keptOf: ({ BucketLoggingStatus: { LoggingEnabled } }) => (LoggingEnabled ? { LoggingEnabled } : {}),
      missing: () => ({}),
    }),
    ...keptSetting<PutBucketOwnershipControlsCommandInput, GetBucketOwnershipControlsCommandOutput>(
      s3,
      'BucketOwnershipControls',
      {
        keptOf: ({ OwnershipControls }) => ({ OwnershipControls }),
        missing: notFound('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found'),
      },
    ),
    ...keptSetting<PutBucketPolicyCommandInput, GetBucketPolicyCommandOutput>(s3, 'BucketPolicy', {
      keptOf: ({ Policy }) => ({
        Policy: jsonDocument(Policy, new AwsError('MalformedPolicy', 'Policies must be valid JSON')),
      }),
      missing: notFound('NoSuchBucketPolicy', 'The bucket policy does not exist'),
    }),
    ...keptSetting<PutBucketTaggingCommandInput, GetBucketTaggingCommandOutput>(s3, 'BucketTagging', {
      keptOf: ({ Tagging: { TagSet } }) => ({ TagSet }),
      missing: notFound('NoSuchTagSet', 'The TagSet does not exist'),
    }),
    ...keptSetting<PutPublicAccessBlockCommandInput, GetPublicAccessBlockCommandOutput>(
      s3,
      'PublicAccessBlock',
      {
        keptOf: ({ PublicAccessBlockConfiguration }) => ({ PublicAccessBlockConfiguration }),
        missing: notFound(
          'NoSuchPublicAccessBlockConfiguration',
          'The public access block configuration was not found',
        ),
      },
    ),
    ...unsetSettings(s3),
    GetBucketVersioning: getBucketVersioning(s3),
    PutBucketVersioning: putBucketVersioning(s3),
  };
}

const notFound = (code: string, message: string) => (): never => {
  throw new AwsError(code, message, 404);
};

/** Every bucket has it since 2023. */
const DEFAULT_ENCRYPTION: Answer<GetBucketEncryptionCommandOutput> = {
  ServerSideEncryptionConfiguration: {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
  },
};

interface BucketRequest {
  readonly Bucket: string;
}

/** Settings that can be asked for and not be made here: what a bucket answers that has never had them. */
function unsetSettings({ store }: S3): Operations {
  type Unset = (bucket: { readonly region: string; readonly account: string }) => object;
  const answers: Readonly<Record<string, Unset>> = {
    GetBucketAccelerateConfiguration: () => ({}),
    GetBucketAcl: ({ account }): Answer<GetBucketAclCommandOutput> => {
      const owner = { ID: account, DisplayName: 'local' };
      return {
        Owner: owner,
        Grants: [{ Grantee: { ...owner, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }],
      };
    },
    GetBucketCors: notFound('NoSuchCORSConfiguration', 'The CORS configuration does not exist'),
    // The region of old is told by saying nothing.
    GetBucketLocation: ({ region }): Answer<GetBucketLocationCommandOutput> =>
      region === 'us-east-1' ? {} : { LocationConstraint: region as never },
    GetBucketReplication: notFound(
      'ReplicationConfigurationNotFoundError',
      'The replication configuration was not found',
    ),
    GetBucketRequestPayment: (): Answer<GetBucketRequestPaymentCommandOutput> => ({ Payer: 'BucketOwner' }),
    GetBucketWebsite: notFound(
      'NoSuchWebsiteConfiguration',
      'The specified bucket does not have a website configuration',
    ),
    GetObjectLockConfiguration: notFound(
      'ObjectLockConfigurationNotFoundError',
      'Object Lock configuration does not exist for this bucket',
    ),
  };
  return Object.fromEntries(
    Object.entries(answers).map(([operation, answer]) => [
      operation,
      ({ Bucket }: BucketRequest, { account }: { account: string }) =>
        answer(findBucket(store.entries, Bucket, account)),
    ]),
  );
}

const getBucketVersioning =
  ({ store, objects }: S3): Operation<GetBucketVersioningCommandInput, GetBucketVersioningCommandOutput> =>
  ({ Bucket }, { account }) => {
    const status = objects.versions.status(findBucket(store.entries, Bucket, account).id);
    return status === undefined ? {} : { Status: status };
  };

const putBucketVersioning =
  ({ store, objects }: S3): Operation<PutBucketVersioningCommandInput, object> =>
  async (input, { account }) => {
    refuse(input, 'MFA');
    const status = input.VersioningConfiguration.Status;
    if (status !== 'Enabled' && status !== 'Suspended') {
      throw new AwsError(
        'IllegalVersioningConfigurationException',
        'The Versioning element must be specified',
      );
    }
    await store.transaction(() =>
      objects.versions.setStatus(findBucket(store.entries, input.Bucket, account).id, status),
    );
    return {};
  };
