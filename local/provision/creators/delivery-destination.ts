import type {
  CloudWatchLoggingOptions,
  CompressionFormat,
  DataFormatConversionConfiguration,
  Deserializer,
  DynamicPartitioningConfiguration,
  ExtendedS3DestinationConfiguration,
  ParquetCompression,
  ParquetWriterVersion,
  ProcessingConfiguration,
  ProcessorType,
  S3BackupMode,
  S3DestinationConfiguration,
  Serializer,
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
    // Firehose refuses by their names those that it does not do; left out, they would be missed in the data.
    ProcessingConfiguration: processingOf(destination.block('processing_configuration')),
    DynamicPartitioningConfiguration: partitioningOf(destination.block('dynamic_partitioning_configuration')),
  };
}

function processingOf(processing: Block | undefined): ProcessingConfiguration | undefined {
  if (!processing) return undefined;
  const types = processing.blocks('processors').map((processor) => processor.text('type'));
  return {
    Enabled: processing.flagIfSet('enabled'),
    Processors: types.map((type) => ({ Type: type as ProcessorType })),
  };
}

function partitioningOf(partitioning: Block | undefined): DynamicPartitioningConfiguration | undefined {
  return partitioning && { Enabled: partitioning.flagIfSet('enabled') };
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
  const deserializer = conversion.block('input_format_configuration')?.block('deserializer');
  const serializer = conversion.block('output_format_configuration')?.block('serializer');
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
    InputFormatConfiguration: { Deserializer: deserializerOf(deserializer) },
    OutputFormatConfiguration: { Serializer: serializerOf(serializer) },
  };
}

function deserializerOf(deserializer: Block | undefined): Deserializer {
  const openX = deserializer?.block('open_x_json_ser_de');
  const hive = deserializer?.block('hive_json_ser_de');
  return {
    OpenXJsonSerDe: openX && {
      CaseInsensitive: openX.flagIfSet('case_insensitive'),
      ConvertDotsInJsonKeysToUnderscores: openX.flagIfSet('convert_dots_in_json_keys_to_underscores'),
      ColumnToJsonKeyMappings: openX.textsIfSet('column_to_json_key_mappings'),
    },
    HiveJsonSerDe: hive && { TimestampFormats: hive.textListIfSet('timestamp_formats') },
  };
}

function serializerOf(serializer: Block | undefined): Serializer {
  const parquet = serializer?.block('parquet_ser_de');
  const orc = serializer?.block('orc_ser_de');
  return {
    ParquetSerDe: parquet && {
      BlockSizeBytes: parquet.numberIfSet('block_size_bytes'),
      PageSizeBytes: parquet.numberIfSet('page_size_bytes'),
      Compression: parquet.textIfSet('compression') as ParquetCompression | undefined,
      EnableDictionaryCompression: parquet.flagIfSet('enable_dictionary_compression'),
      MaxPaddingBytes: parquet.numberIfSet('max_padding_bytes'),
      WriterVersion: parquet.textIfSet('writer_version') as ParquetWriterVersion | undefined,
    },
    OrcSerDe: orc && {},
  };
}
