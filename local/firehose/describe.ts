import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import { BUFFERING_DEFAULTS, bufferingOf } from './buffering.js';
import { DESTINATION_ID, type DeliveryEntry, typeOf } from './delivery-entry.js';

/** A delivery stream as AWS describes it; what is missing here shows as drift in Terraform. */
export function describeDelivery(entry: DeliveryEntry): DeliveryStreamDescription {
  const { destination, source, encryption } = entry;
  const { S3BackupConfiguration: backup, ...extended } = destination;
  const filled = {
    ...extended,
    BufferingHints: bufferingOf(destination),
    CompressionFormat: destination.CompressionFormat ?? 'UNCOMPRESSED',
    EncryptionConfiguration: destination.EncryptionConfiguration ?? { NoEncryptionConfig: 'NoEncryption' },
    CloudWatchLoggingOptions: destination.CloudWatchLoggingOptions ?? { Enabled: false },
  };
  return {
    DeliveryStreamName: entry.name,
    DeliveryStreamARN: entry.arn,
    DeliveryStreamStatus: 'ACTIVE',
    DeliveryStreamEncryptionConfiguration: encryption
      ? { Status: 'ENABLED', ...encryption }
      : { Status: 'DISABLED' },
    DeliveryStreamType: typeOf(entry),
    VersionId: String(entry.version),
    CreateTimestamp: new Date(entry.createdAt),
    ...(entry.updatedAt !== undefined && { LastUpdateTimestamp: new Date(entry.updatedAt) }),
    ...(source && {
      Source: {
        KinesisStreamSourceDescription: { ...source, DeliveryStartTimestamp: new Date(entry.createdAt) },
      },
    }),
    Destinations: [
      {
        DestinationId: DESTINATION_ID,
        S3DestinationDescription: {
          RoleARN: filled.RoleARN,
          BucketARN: filled.BucketARN,
          ...(filled.Prefix !== undefined && { Prefix: filled.Prefix }),
          ...(filled.ErrorOutputPrefix !== undefined && { ErrorOutputPrefix: filled.ErrorOutputPrefix }),
          BufferingHints: filled.BufferingHints,
          CompressionFormat: filled.CompressionFormat,
          EncryptionConfiguration: filled.EncryptionConfiguration,
          CloudWatchLoggingOptions: filled.CloudWatchLoggingOptions,
        },
        ExtendedS3DestinationDescription: {
          ...filled,
          S3BackupMode: destination.S3BackupMode ?? 'Disabled',
          ProcessingConfiguration: { Enabled: false, Processors: [], ...destination.ProcessingConfiguration },
          ...(backup && {
            S3BackupDescription: {
              ...backup,
              BufferingHints: { ...BUFFERING_DEFAULTS, ...backup.BufferingHints },
              CompressionFormat: backup.CompressionFormat ?? 'UNCOMPRESSED',
              EncryptionConfiguration: backup.EncryptionConfiguration ?? {
                NoEncryptionConfig: 'NoEncryption',
              },
              CloudWatchLoggingOptions: backup.CloudWatchLoggingOptions ?? { Enabled: false },
            },
          }),
        },
      },
    ],
    HasMoreDestinations: false,
  };
}
