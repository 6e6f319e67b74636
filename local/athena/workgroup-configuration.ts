import type { WorkGroupConfiguration, WorkGroupConfigurationUpdates } from '@aws-sdk/client-athena';
import type { Checked } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { invalidRequest } from './invalid-request.js';

export type Configuration = Checked<WorkGroupConfiguration>;

/** Athena takes no smaller cutoff: 10 MB. */
const LEAST_CUTOFF_BYTES = 10_000_000;

/** @throws AwsError for settings that Athena does not take, or that local AWS would get wrong. */
export function checkConfiguration(configuration: Configuration): void {
  const { BytesScannedCutoffPerQuery: cutoff, ResultConfiguration: result } = configuration;
  if (cutoff !== undefined && cutoff < LEAST_CUTOFF_BYTES) {
    throw invalidRequest(`BytesScannedCutoffPerQuery must be ${LEAST_CUTOFF_BYTES} or more.`);
  }
  const location = result?.OutputLocation;
  if (location !== undefined && !/^s3:\/\/[^/]+(\/|$)/.test(location)) {
    throw invalidRequest('outputLocation is not a valid S3 path.');
  }
  if (configuration.ManagedQueryResultsConfiguration?.Enabled) {
    refuse(configuration, 'ManagedQueryResultsConfiguration');
  }
}

/**
 * The settings of a workgroup after an update: each that is given takes the place of the one that there was, and each
 * `Remove…` takes one away.
 */
export function updateConfiguration(
  before: Configuration,
  updates: Checked<WorkGroupConfigurationUpdates>,
): Configuration {
  const {
    ResultConfigurationUpdates: results = {},
    RemoveBytesScannedCutoffPerQuery,
    RemoveCustomerContentEncryptionConfiguration,
    ManagedQueryResultsConfigurationUpdates: managed,
    ...given
  } = updates;
  if (managed?.Enabled) refuse(updates, 'ManagedQueryResultsConfigurationUpdates');
  const {
    RemoveOutputLocation,
    RemoveEncryptionConfiguration,
    RemoveExpectedBucketOwner,
    RemoveAclConfiguration,
    ...givenResults
  } = results;
  return without(
    {
      ...before,
      ...given,
      ResultConfiguration: without(
        { ...before.ResultConfiguration, ...givenResults },
        {
          OutputLocation: RemoveOutputLocation,
          EncryptionConfiguration: RemoveEncryptionConfiguration,
          ExpectedBucketOwner: RemoveExpectedBucketOwner,
          AclConfiguration: RemoveAclConfiguration,
        },
      ),
    },
    {
      BytesScannedCutoffPerQuery: RemoveBytesScannedCutoffPerQuery,
      CustomerContentEncryptionConfiguration: RemoveCustomerContentEncryptionConfiguration,
    },
  );
}

function without<T extends object>(
  value: T,
  removals: { readonly [Name in keyof T]?: boolean | undefined },
): T {
  const left = Object.entries(value).filter(([name]) => !removals[name as keyof T]);
  return Object.fromEntries(left) as T;
}
