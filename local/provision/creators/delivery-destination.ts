import type {
  CloudWatchLoggingOptions,
  CompressionFormat,
  DataFormatConversionConfiguration,
  ExtendedS3DestinationConfiguration,
  ParquetCompression,
  S3BackupMode,
  S3DestinationConfiguration,
} from '@aws-sdk/client-firehose';
import type { Block } from '../block.js';

/** The destination of a delivery stream as Firehose takes it, from Terraform's `extended_s3_configuration`. */
export function destinationOf(destination: Block): ExtendedS3DestinationConfiguration {
  const backup = destination.block('s3_backup_configuration');
  return {
    ...placeOf(destination),
    S3BackupMode: destination.textIfSet('s3_backup_mode') as S3BackupMode | undefined,
    S3BackupConfiguration: backup && placeOf(backup),
    FileExtension: destination.textIfSet('file_extension'),
    CustomTimeZone: destination.textIfSet('custom_time_zone'),
    DataFormatConversionConfiguration: conversionOf(
      destination.block('data_format_conversion_configuration'),
    ),
  };
}

/** What the destination and its source backup have in common. */
function placeOf(place: Block): S3DestinationConfiguration {
  const key = place.textIfSet('kms_key_arn');
  return {
    RoleARN: place.text('role_arn'),
    BucketARN: place.text('bucket_arn'),
    Prefix: place.textIfSet('prefix'),
    ErrorOutputPrefix: place.textIfSet('error_output_prefix'),
    BufferingHints: {
      SizeInMBs: place.numberIfSet('buffering_size'),
      IntervalInSeconds: place.numberIfSet('buffering_interval'),
    },
    CompressionFormat: place.textIfSet('compression_format') as CompressionFormat | undefined,
    EncryptionConfiguration: key
      ? { KMSEncryptionConfig: { AWSKMSKeyARN: key } }
      : { NoEncryptionConfig: 'NoEncryption' },
    CloudWatchLoggingOptions: loggingOf(place.block('cloudwatch_logging_options')),
  };
}

function loggingOf(logging: Block | undefined): CloudWatchLoggingOptions | undefined {
  return (
    logging && {
      Enabled: logging.flagIfSet('enabled'),
      LogGroupName: logging.textIfSet('log_group_name'),
      LogStreamName: logging.textIfSet('log_stream_name'),
    }
  );
}

function conversionOf(conversion: Block | undefined): DataFormatConversionConfiguration | undefined {
  if (!conversion) return undefined;
  const schema = conversion.block('schema_configuration');
  const openX = conversion
    .block('input_format_configuration')
    ?.block('deserializer')
    ?.block('open_x_json_ser_de');
  const parquet = conversion
    .block('output_format_configuration')
    ?.block('serializer')
    ?.block('parquet_ser_de');
  return {
    Enabled: conversion.flagIfSet('enabled') ?? true,
    SchemaConfiguration: schema && {
      RoleARN: schema.text('role_arn'),
      CatalogId: schema.textIfSet('catalog_id'),
      DatabaseName: schema.text('database_name'),
      TableName: schema.text('table_name'),
      Region: schema.textIfSet('region'),
      VersionId: schema.textIfSet('version_id'),
    },
    InputFormatConfiguration: {
      Deserializer: {
        OpenXJsonSerDe: openX && {
          CaseInsensitive: openX.flagIfSet('case_insensitive'),
          ConvertDotsInJsonKeysToUnderscores: openX.flagIfSet('convert_dots_in_json_keys_to_underscores'),
          ColumnToJsonKeyMappings: openX.textsIfSet('column_to_json_key_mappings'),
        },
      },
    },
    OutputFormatConfiguration: {
      Serializer: {
        ParquetSerDe: parquet && {
          Compression: parquet.textIfSet('compression') as ParquetCompression | undefined,
        },
      },
    },
  };
}
