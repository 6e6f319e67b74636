import {
  CreateWorkGroupCommand,
  type EncryptionOption,
  GetWorkGroupCommand,
  type ResultConfiguration,
  type WorkGroupConfiguration,
} from '@aws-sdk/client-athena';
import type { Block } from '../block.js';
import type { Creator } from './creator.js';

/** `aws_athena_workgroup`. */
export const workgroup: Creator = {
  nameProperty: 'name',
  async create(resource, { athena }) {
    const name = resource.text('name');
    // Athena says "is there" and "is not valid" by the same error, so it is asked first.
    const there = await athena.send(new GetWorkGroupCommand({ WorkGroup: name })).then(
      ({ WorkGroup }) => WorkGroup !== undefined,
      (fault: unknown) =>
        !(fault instanceof Error && fault.name === 'InvalidRequestException') && Promise.reject(fault),
    );
    if (there) return 'existing';
    await athena.send(
      new CreateWorkGroupCommand({
        Name: name,
        Description: resource.textIfSet('description'),
        Configuration: configurationOf(resource.block('configuration')),
      }),
    );
    return 'created';
  },
};

function configurationOf(configuration: Block | undefined): WorkGroupConfiguration | undefined {
  if (!configuration) return undefined;
  const engine = configuration.block('engine_version');
  return {
    // Terraform's own defaults, which are not Athena's.
    EnforceWorkGroupConfiguration: configuration.flagIfSet('enforce_workgroup_configuration') ?? true,
    PublishCloudWatchMetricsEnabled: configuration.flagIfSet('publish_cloudwatch_metrics_enabled') ?? true,
    BytesScannedCutoffPerQuery: configuration.numberIfSet('bytes_scanned_cutoff_per_query'),
    EngineVersion: engine && { SelectedEngineVersion: engine.textIfSet('selected_engine_version') },
    ResultConfiguration: resultOf(configuration.block('result_configuration')),
  };
}

function resultOf(result: Block | undefined): ResultConfiguration | undefined {
  if (!result) return undefined;
  const encryption = result.block('encryption_configuration');
  return {
    OutputLocation: result.textIfSet('output_location'),
    ExpectedBucketOwner: result.textIfSet('expected_bucket_owner'),
    EncryptionConfiguration: encryption && {
      EncryptionOption: encryption.text('encryption_option') as EncryptionOption,
      KmsKey: encryption.textIfSet('kms_key_arn'),
    },
  };
}
