import type { UpdateDestinationCommandInput, UpdateDestinationCommandOutput } from '@aws-sdk/client-firehose';
import { AwsError } from '../wire/aws-error.js';
import type { Checked, Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { bufferingOf } from './buffering.js';
import type { Conversion } from './conversion.js';
import { changeDelivery, DESTINATION_ID, type Destination, invalid } from './delivery-entry.js';
import { checkDestination } from './destination-check.js';
import { checkConstraints } from './destination-constraints.js';
import type { Firehose } from './firehose.js';

/** Changes what is delivered from then on: what the request does not name stays as it is. */
export const updateDestination =
  ({
    store,
    clock,
    deliveries,
  }: Firehose): Operation<UpdateDestinationCommandInput, UpdateDestinationCommandOutput> =>
  async (input, context) => {
    refuse(input, 'S3DestinationUpdate', 'RedshiftDestinationUpdate', 'ElasticsearchDestinationUpdate');
    refuse(input, 'AmazonopensearchserviceDestinationUpdate', 'AmazonOpenSearchServerlessDestinationUpdate');
    refuse(input, 'SplunkDestinationUpdate', 'HttpEndpointDestinationUpdate', 'SnowflakeDestinationUpdate');
    refuse(input, 'IcebergDestinationUpdate');
    const { DeliveryStreamName: name, CurrentDeliveryStreamVersionId: version, DestinationId: id } = input;
    const update = input.ExtendedS3DestinationUpdate;
    if (!update) throw invalid('At least one destination or source configuration update must be provided');
    checkConstraints(update, update.S3BackupUpdate, 'extendedS3DestinationUpdate');
    const entry = await changeDelivery(store, context, name, (delivery) => {
      if (version !== String(delivery.version)) {
        throw new AwsError(
          'ConcurrentModificationException',
          `Cannot update firehose: ${name} since the current version id: ${delivery.version} and specified version ` +
            `id: ${version} do not match`,
        );
      }
      if (id !== DESTINATION_ID) throw invalid(`Destination Id ${id} not found.`);
      const merged = merge(delivery.destination, update);
      const destination = { ...merged, BufferingHints: bufferingOf(merged) };
      const schema = destination.DataFormatConversionConfiguration?.SchemaConfiguration;
      if (schema && schema.Region === undefined) schema.Region = delivery.region;
      checkDestination(destination, store.entries, delivery.account);
      return { ...delivery, destination, version: delivery.version + 1, updatedAt: clock.now() };
    });
    deliveries.update(entry);
    return {};
  };

type Update = NonNullable<Checked<UpdateDestinationCommandInput>['ExtendedS3DestinationUpdate']>;

/**
 * What the update says takes the place of what there was, member by member: within the buffering, the logging, the
 * conversion and its schema, and within the backup. Encryption, processing, formats and serializers change whole.
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_UpdateDestination.html
 */
function merge(before: Destination, { S3BackupUpdate: backupUpdate, ...update }: Update): Destination {
  if (before.S3BackupMode === 'Enabled' && update.S3BackupMode === 'Disabled') {
    throw invalid('Disabling S3 backup is not currently supported.');
  }
  const place = { ...before, ...update, ...mergedHints(before, update) };
  const conversion = mergedConversion(
    before.DataFormatConversionConfiguration,
    update.DataFormatConversionConfiguration,
  );
  const backup = mergedBackup(before.S3BackupConfiguration, backupUpdate);
  return {
    ...place,
    ...(conversion && { DataFormatConversionConfiguration: conversion }),
    ...(backup && { S3BackupConfiguration: backup }),
  };
}

type Hinted = Pick<Update, 'BufferingHints' | 'CloudWatchLoggingOptions'>;

function mergedHints(before: Hinted, update: Hinted): Hinted {
  const BufferingHints = { ...before.BufferingHints, ...update.BufferingHints };
  const CloudWatchLoggingOptions = { ...before.CloudWatchLoggingOptions, ...update.CloudWatchLoggingOptions };
  return {
    ...(before.BufferingHints || update.BufferingHints ? { BufferingHints } : {}),
    ...(before.CloudWatchLoggingOptions || update.CloudWatchLoggingOptions
      ? { CloudWatchLoggingOptions }
      : {}),
  };
}

function mergedConversion(
  before: Conversion | undefined,
  update: Conversion | undefined,
): Conversion | undefined {
  if (!before || !update) return update ?? before;
  const SchemaConfiguration = { ...before.SchemaConfiguration, ...update.SchemaConfiguration };
  const hasSchema = before.SchemaConfiguration !== undefined || update.SchemaConfiguration !== undefined;
  return { ...before, ...update, ...(hasSchema && { SchemaConfiguration }) };
}

type Backup = NonNullable<Destination['S3BackupConfiguration']>;

function mergedBackup(before: Backup | undefined, update: Update['S3BackupUpdate']): Backup | undefined {
  if (!update) return before;
  const { RoleARN, BucketARN } = { ...before, ...update };
  if (RoleARN === undefined || BucketARN === undefined) {
    throw invalid('S3BackupUpdate must specify RoleARN and BucketARN where there was no backup.');
  }
  return { ...before, ...update, ...mergedHints(before ?? {}, update), RoleARN, BucketARN };
}
