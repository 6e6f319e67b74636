import {
  AwsProvider,
  type AwsProviderConfig,
  type AwsProviderEndpoints,
} from '@cdktf/provider-aws/lib/provider/index.js';
import type { Construct } from 'constructs';
import { connectionFor, type Settings } from '../settings/index.js';

/** Every AWS service that the stack calls, by its name among the provider's endpoints. */
const SERVICES = [
  'athena',
  'budgets',
  'cloudwatch',
  'firehose',
  'glue',
  'iam',
  'kinesis',
  'kms',
  'logs',
  's3',
  'sns',
  'sts',
] as const satisfies readonly (keyof AwsProviderEndpoints)[];

/**
 * Gives the stack its AWS provider: AWS itself with whatever credentials the machine has, or, where `settings` have an
 * endpoint, every service at that endpoint with credentials that name nobody. Where the settings name accounts, any
 * other account is refused before anything is planned.
 */
export function provideAws(scope: Construct, settings: Settings): AwsProvider {
  return new AwsProvider(scope, 'aws', {
    region: settings.region,
    defaultTags: [{ tags: { ...settings.tags } }],
    ...(settings.accounts.length > 0 && { allowedAccountIds: [...settings.accounts] }),
    ...atEndpoint(settings),
  });
}

function atEndpoint(settings: Settings): AwsProviderConfig {
  const { endpoint, credentials } = connectionFor(settings);
  if (!endpoint || !credentials) return {};
  return {
    accessKey: credentials.accessKeyId,
    secretKey: credentials.secretAccessKey,
    endpoints: [Object.fromEntries(SERVICES.map((service) => [service, endpoint]))],
    // One host answers for every bucket.
    s3UsePathStyle: true,
    // The account is asked for all the same: the local STS answers it, and ARNs carry it.
    skipRequestingAccountId: false,
    skipCredentialsValidation: true,
    skipMetadataApiCheck: 'true',
    skipRegionValidation: true,
  };
}
