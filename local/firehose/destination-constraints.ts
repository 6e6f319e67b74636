import type { ExtendedS3DestinationUpdate, S3DestinationUpdate } from '@aws-sdk/client-firehose';
import type { Checked } from '../wire/operation.js';
import { Constraints } from './constraints.js';
import type { Conversion } from './conversion.js';

/**
 * Checks a destination, or what of it is updated, by the constraints of AWS's model, in the order that AWS tells them
 * in. They hold for what is not in use too, as a conversion that is disabled.
 * @param path such as `extendedS3DestinationConfiguration`.
 * @throws AwsError `ValidationException` with all that is wrong.
 */
export function checkConstraints(
  destination: Checked<ExtendedS3DestinationUpdate>,
  backup: Checked<S3DestinationUpdate> | undefined,
  path: string,
): void {
  const constraints = new Constraints(path);
  place(constraints, destination, '');
  constraints.oneOf('s3BackupMode', destination.S3BackupMode, ['Disabled', 'Enabled']);
  constraints.length('fileExtension', destination.FileExtension, 0, 128);
  constraints.pattern('fileExtension', destination.FileExtension, /^(|\.[0-9a-z!\-_.*'()]+)$/);
  constraints.length('customTimeZone', destination.CustomTimeZone, 0, 50);
  constraints.pattern('customTimeZone', destination.CustomTimeZone, /^$|^[a-zA-Z/_]+$/, '^$|[a-zA-Z/_]+');
  if (destination.DataFormatConversionConfiguration)
    conversion(constraints, destination.DataFormatConversionConfiguration);
  const member = path.endsWith('Update') ? 's3BackupUpdate.' : 's3BackupConfiguration.';
  if (backup) place(constraints, backup, member);
  constraints.check();
}

/** What a destination and the backup of its source have in common. */
function place(constraints: Constraints, place: Checked<S3DestinationUpdate>, path: string): void {
  const { BucketARN: bucket, BufferingHints: hints } = place;
  constraints.oneOf(`${path}compressionFormat`, place.CompressionFormat, COMPRESSIONS);
  constraints.pattern(`${path}bucketARN`, bucket, /^arn:.*:s3:::[\w.-]{1,255}$/, BUCKET_ARN);
  constraints.length(`${path}prefix`, place.Prefix, 0, 1024);
  constraints.length(`${path}errorOutputPrefix`, place.ErrorOutputPrefix, 0, 1024);
  constraints.range(`${path}bufferingHints.sizeInMBs`, hints?.SizeInMBs, 1);
  constraints.range(`${path}bufferingHints.intervalInSeconds`, hints?.IntervalInSeconds, 0, 900);
}

/** In AWS's order. */
const COMPRESSIONS = ['ZIP', 'HADOOP_SNAPPY', 'Snappy', 'GZIP', 'UNCOMPRESSED'];
const BUCKET_ARN = String.raw`arn:.*:s3:::[\w\.\-]{1,255}`;

function conversion(constraints: Constraints, conversion: Conversion): void {
  const at = 'dataFormatConversionConfiguration.';
  const parquet = conversion.OutputFormatConfiguration?.Serializer?.ParquetSerDe;
  const parquetAt = `${at}outputFormatConfiguration.serializer.parquetSerDe.`;
  constraints.range(`${parquetAt}maxPaddingBytes`, parquet?.MaxPaddingBytes, 0);
  constraints.range(`${parquetAt}blockSizeBytes`, parquet?.BlockSizeBytes, 64 * MIB);
  constraints.range(`${parquetAt}pageSizeBytes`, parquet?.PageSizeBytes, 64 * KIB);
  constraints.oneOf(`${parquetAt}compression`, parquet?.Compression, ['SNAPPY', 'GZIP', 'UNCOMPRESSED']);
  constraints.oneOf(`${parquetAt}writerVersion`, parquet?.WriterVersion, ['V1', 'V2']);
  const openX = conversion.InputFormatConfiguration?.Deserializer?.OpenXJsonSerDe;
  const mappingsAt = `${at}inputFormatConfiguration.deserializer.openXJsonSerDe.columnToJsonKeyMappings`;
  const mappings = Object.entries(openX?.ColumnToJsonKeyMappings ?? {});
  if (mappings.some(([column]) => !isTerm(column, NO_SPACE)))
    constraints.add(mappingsAt, termRule(NO_SPACE), 'Map keys');
  if (mappings.some(([, name]) => !isTerm(name, NOT_BLANK)))
    constraints.add(mappingsAt, termRule(NOT_BLANK), 'Map value');
  const schema = conversion.SchemaConfiguration;
  for (const name of ['VersionId', 'CatalogId', 'DatabaseName', 'RoleARN', 'Region', 'TableName'] as const) {
    const member = `${at}schemaConfiguration.${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    constraints.length(member, schema?.[name], 1, LONGEST_TERM);
    constraints.pattern(member, schema?.[name], NO_SPACE);
  }
}

const KIB = 1024;
const MIB = KIB * KIB;
const LONGEST_TERM = 1024;
const NO_SPACE = /^\S+$/;
const NOT_BLANK = /^(?!\s*$).+/;

const isTerm = (text: string, pattern: RegExp) =>
  text.length >= 1 && text.length <= LONGEST_TERM && pattern.test(text);

const termRule = ({ source }: RegExp) =>
  `satisfy constraint: [Member must have length less than or equal to ${LONGEST_TERM}, Member must have length ` +
  `greater than or equal to 1, Member must satisfy regular expression pattern: ${source}]`;
