import {
  CreateDeliveryStreamCommand,
  type CreateDeliveryStreamInput,
  type DataFormatConversionConfiguration,
  type ExtendedS3DestinationConfiguration,
} from '@aws-sdk/client-firehose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deserializerOf } from '../../../local/firehose/conversion.js';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { destination, directPut, plain } from './delivery.js';

const conversion = destination.DataFormatConversionConfiguration ?? {};
const schema = conversion.SchemaConfiguration;
let running: RunningLocalAws;
beforeAll(async () => {
  running = await runLocalAws();
});
afterAll(() => running.end());

const create = (changes: Partial<ExtendedS3DestinationConfiguration>, request = {}) =>
  running.clients.firehose.send(new CreateDeliveryStreamCommand({ ...directPut(changes), ...request }));
const converting = (changes: DataFormatConversionConfiguration) => ({
  DataFormatConversionConfiguration: { ...conversion, ...changes },
});
const serializing = (serializer: object) =>
  converting({ OutputFormatConfiguration: { Serializer: serializer } });
const reading = (deserializer: object) =>
  converting({ InputFormatConfiguration: { Deserializer: deserializer } });
const VALIDATION = 'ValidationException';
const INVALID = 'InvalidArgumentException';

describe('a destination that converts', () => {
  // The fact: compression; size; input, output and schema; one deserializer, one serializer; role, database, table;
  // a table that is not there. Each case has what the later ones lack as well, so that the order shows.
  const cases: [what: string, changes: Partial<ExtendedS3DestinationConfiguration>, message: string][] = [
    [
      'compression of its own',
      {
        CompressionFormat: 'GZIP',
        BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 60 },
        DataFormatConversionConfiguration: {},
      },
      "The S3 destination's compression format must be set to UNCOMPRESSED when data format conversion is enabled. To " +
        'enable compression within the converted output format, set the appropriate serialization option in the output ' +
        'format configuration.',
    ],
    [
      'a buffer under 64 MiB',
      {
        BufferingHints: { SizeInMBs: 63, IntervalInSeconds: 60 },
        DataFormatConversionConfiguration: { Enabled: true },
      },
      'BufferingHints.SizeInMBs must be at least 64 when data format conversion is enabled.',
    ],
    [
      'no input format',
      { DataFormatConversionConfiguration: {} },
      'InputFormatConfiguration must not be null',
    ],
    [
      'no output format',
      { DataFormatConversionConfiguration: { InputFormatConfiguration: {} } },
      'OutputFormatConfiguration must not be null',
    ],
    [
      'no schema',
      {
        DataFormatConversionConfiguration: { InputFormatConfiguration: {}, OutputFormatConfiguration: {} },
      },
      'SchemaConfiguration must not be null',
    ],
    [
      'no deserializer',
      {
        DataFormatConversionConfiguration: {
          InputFormatConfiguration: { Deserializer: {} },
          OutputFormatConfiguration: {},
          SchemaConfiguration: {},
        },
      },
      'Deserializer must not be null',
    ],
    [
      'both deserializers',
      reading({ OpenXJsonSerDe: {}, HiveJsonSerDe: {} }),
      'More than one deserializer specified. Only one may be chosen.',
    ],
    [
      'no serializer',
      converting({ OutputFormatConfiguration: {}, SchemaConfiguration: {} }),
      'Serializer must not be null',
    ],
    [
      'both serializers',
      serializing({ ParquetSerDe: {}, OrcSerDe: {} }),
      'More than one serializer specified. Only one may be chosen.',
    ],
    [
      'a schema without its role',
      converting({ SchemaConfiguration: {} }),
      'SchemaConfiguration.RoleArn must not be null or empty',
    ],
    [
      'a schema without its database',
      converting({ SchemaConfiguration: { RoleARN: schema?.RoleARN } }),
      'SchemaConfiguration.DatabaseName must not be null or empty',
    ],
    [
      'a schema without its table',
      converting({ SchemaConfiguration: { RoleARN: schema?.RoleARN, DatabaseName: 'd' } }),
      'SchemaConfiguration.TableName must not be null or empty',
    ],
  ];
  it.each(cases)('is refused with %s', async (_what, changes, message) => {
    await expect(create({ BufferingHints: undefined, Prefix: '!{no:x}', ...changes })).rejects.toMatchObject({
      name: INVALID,
      message,
    });
  });

  it('is refused with a table that is not there, before its prefixes', async () => {
    await expect(create({ Prefix: '!{no:x}' })).rejects.toMatchObject({
      name: INVALID,
      message: expect.stringContaining('Glue Data Catalog'),
    });
  });
});

describe("a destination that breaks AWS's model", () => {
  const at = 'extendedS3DestinationConfiguration';
  const parquetAt = `${at}.dataFormatConversionConfiguration.outputFormatConfiguration.serializer.parquetSerDe`;
  it.each<[what: string, changes: object, told: string]>([
    [
      'a compression',
      { CompressionFormat: 'BROTLI' },
      `'${at}.compressionFormat' failed to satisfy constraint: Member must satisfy enum value set: [ZIP, HADOOP_SNAPPY, Snappy, GZIP, UNCOMPRESSED]`,
    ],
    [
      'a file extension',
      { FileExtension: 'pq' },
      `'${at}.fileExtension' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(|\\.[0-9a-z!\\-_.*'()]+)$`,
    ],
    [
      'the length of a file extension',
      { FileExtension: `.${'a'.repeat(128)}` },
      `'${at}.fileExtension' failed to satisfy constraint: Member must have length less than or equal to 128`,
    ],
    [
      'no buffer',
      { BufferingHints: { SizeInMBs: 0, IntervalInSeconds: 0 } },
      `'${at}.bufferingHints.sizeInMBs' failed to satisfy constraint: Member must have value greater than or equal to 1`,
    ],
    [
      'a long interval',
      { BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 901 } },
      `'${at}.bufferingHints.intervalInSeconds' failed to satisfy constraint: Member must have value less than or equal to 900`,
    ],
    [
      'a bucket',
      { BucketARN: 'bucket' },
      `'${at}.bucketARN' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:.*:s3:::[\\w\\.\\-]{1,255}`,
    ],
    [
      'the compression of the backup',
      { S3BackupConfiguration: { RoleARN: 'r', BucketARN: 'arn:aws:s3:::b', CompressionFormat: 'x' } },
      `'${at}.s3BackupConfiguration.compressionFormat'`,
    ],
    [
      'block and page of Parquet, which AWS tells in this order',
      serializing({
        ParquetSerDe: { PageSizeBytes: 65_535, BlockSizeBytes: 67_108_863, MaxPaddingBytes: -1 },
      }),
      `3 validation errors detected: Value at '${parquetAt}.maxPaddingBytes' failed to satisfy constraint: Member must have value greater than or equal to 0; ` +
        `Value at '${parquetAt}.blockSizeBytes' failed to satisfy constraint: Member must have value greater than or equal to 67108864; ` +
        `Value at '${parquetAt}.pageSizeBytes' failed to satisfy constraint: Member must have value greater than or equal to 65536`,
    ],
    [
      'codec and version of Parquet, though disabled',
      {
        DataFormatConversionConfiguration: {
          ...serializing({ ParquetSerDe: { Compression: 'ZSTD', WriterVersion: 'V3' } })
            .DataFormatConversionConfiguration,
          Enabled: false,
        },
      },
      `2 validation errors detected: Value at '${parquetAt}.compression' failed to satisfy constraint: Member must satisfy enum value set: [SNAPPY, GZIP, UNCOMPRESSED]; ` +
        `Value at '${parquetAt}.writerVersion' failed to satisfy constraint: Member must satisfy enum value set: [V1, V2]`,
    ],
    [
      'names of columns',
      reading({ OpenXJsonSerDe: { ColumnToJsonKeyMappings: { 'a b': ' ' } } }),
      '2 validation errors detected',
    ],
    [
      'the name of a table',
      converting({ SchemaConfiguration: { ...schema, TableName: 'a b' } }),
      `'${at}.dataFormatConversionConfiguration.schemaConfiguration.tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^\\S+$`,
    ],
  ])('is refused for %s', async (_what, changes, told) => {
    await expect(create({ ...plain, ...changes })).rejects.toMatchObject({
      name: VALIDATION,
      message: expect.stringContaining(told),
    });
  });

  it.each<[what: string, request: Partial<CreateDeliveryStreamInput>, told: string]>([
    [
      'a name',
      { DeliveryStreamName: 'a b' },
      "1 validation error detected: Value at 'deliveryStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    ],
    [
      'a long name',
      { DeliveryStreamName: 'a'.repeat(65) },
      'Member must have length less than or equal to 64',
    ],
    ['a type', { DeliveryStreamType: 'X' as never }, "'deliveryStreamType'"],
  ])('is refused for %s', async (_what, request, told) => {
    await expect(create(plain, request)).rejects.toMatchObject({
      name: VALIDATION,
      message: expect.stringContaining(told),
    });
  });
});

describe('a destination', () => {
  it.each<[what: string, changes: object, message: string]>([
    [
      'more than 128 MiB to buffer',
      { BufferingHints: { SizeInMBs: 129, IntervalInSeconds: 0 } },
      'BufferingHints.SizeInMBs must be at most 128, and not 129.',
    ],
    [
      'a backup that is nowhere',
      { S3BackupMode: 'Enabled' },
      'S3 backup destination configuration is required when enabling S3 backup.',
    ],
    [
      'logging without a group',
      { CloudWatchLoggingOptions: { Enabled: true } },
      'CloudWatch Log Group Name is required if CloudWatch Logging is enabled',
    ],
    [
      'encryption and none of it',
      {
        EncryptionConfiguration: {
          NoEncryptionConfig: 'NoEncryption',
          KMSEncryptionConfig: { AWSKMSKeyARN: 'arn:aws:kms:us-east-1:000000000000:key/k' },
        },
      },
      'Exactly one of NoEncryptionConfig or KMSEncryptionConfig must be specified',
    ],
    [
      'an unknown time zone',
      { CustomTimeZone: 'Europe/Nowhere' },
      'CustomTimeZone Europe/Nowhere is not a supported time zone.',
    ],
    [
      'prefixes that are refused',
      { Prefix: '!{timestamp:yyyy}', ErrorOutputPrefix: '' },
      'Ths supplied prefix(es) do not satisfy the following constraint: ErrorOutputPrefix cannot be null or empty when Prefix contains expressions',
    ],
  ])('is refused with %s', async (_what, changes, message) => {
    await expect(create({ ...plain, ...changes })).rejects.toMatchObject({ name: INVALID, message });
  });

  it.each<[what: string, changes: object]>([
    ['the processor Lambda', { ProcessingConfiguration: processors('Lambda') }],
    [
      'the processor AppendDelimiterToRecord',
      { ProcessingConfiguration: processors('AppendDelimiterToRecord') },
    ],
    ['DynamicPartitioningConfiguration', { DynamicPartitioningConfiguration: { Enabled: true } }],
    ['the compression ZIP', { CompressionFormat: 'ZIP' }],
    ['the compression Snappy', { CompressionFormat: 'Snappy' }],
    ['the compression HADOOP_SNAPPY', { CompressionFormat: 'HADOOP_SNAPPY' }],
    [
      '"ww" in timestamps of a prefix',
      { Prefix: '!{timestamp:ww}', ErrorOutputPrefix: '!{firehose:error-output-type}' },
    ],
  ])('is refused by name with %s', async (name, changes) => {
    await expect(create({ ...plain, ...changes })).rejects.toMatchObject({
      name: 'NotImplemented',
      message: `Local AWS does not implement ${name}.`,
    });
  });

  it('must be given, and so must the stream that is its source', async () => {
    const none = { ExtendedS3DestinationConfiguration: undefined };
    await expect(create({}, none)).rejects.toMatchObject({
      name: INVALID,
      message: 'Exactly one destination configuration is supported for a Firehose',
    });
    await expect(create(plain, { DeliveryStreamType: 'KinesisStreamAsSource' })).rejects.toMatchObject({
      name: INVALID,
      message: 'KinesisSourceStreamConfig is mandatory for KinesisStreamAsSource stream type.',
    });
    const ignored = { KinesisStreamSourceConfiguration: { KinesisStreamARN: 'a', RoleARN: 'r' } };
    await expect(create(plain, ignored)).rejects.toMatchObject({ name: 'NotImplemented' });
  });
});

it('reads JSON as the deserializer says', () => {
  const read = (Deserializer: object) =>
    deserializerOf({ InputFormatConfiguration: { Deserializer } } as never);
  expect(read({ OpenXJsonSerDe: {} })).toEqual({
    kind: 'openx',
    isCaseInsensitive: true,
    dotsToUnderscores: false,
    namesByColumn: {},
  });
  const OpenXJsonSerDe = {
    CaseInsensitive: false,
    ConvertDotsInJsonKeysToUnderscores: true,
    ColumnToJsonKeyMappings: { a: 'b' },
  };
  expect(read({ OpenXJsonSerDe })).toEqual({
    kind: 'openx',
    isCaseInsensitive: false,
    dotsToUnderscores: true,
    namesByColumn: { a: 'b' },
  });
  expect(read({ HiveJsonSerDe: {} })).toEqual({ kind: 'hive', timestampFormats: [] });
  expect(read({ HiveJsonSerDe: { TimestampFormats: ['millis'] } })).toEqual({
    kind: 'hive',
    timestampFormats: ['millis'],
  });
});

function processors(Type: string) {
  return { Enabled: true, Processors: [{ Type }] };
}
