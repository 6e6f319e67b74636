import { conversionObstacle } from '../engine/hive-type.js';
import type { TableEntry } from '../glue/catalog.js';
import { findTableVersion } from '../glue/table-versions.js';
import type { Entries } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import { refuse } from '../wire/refuse.js';
import type { Destination } from './delivery-entry.js';
import { checkPrefixes } from './prefix.js';

/** MiB that Firehose buffers at the least where it converts, and at the most. */
const BUFFER_MIB = { least: 64, most: 128 } as const;
const BUFFER_SECONDS = { least: 0, most: 900 } as const;

/**
 * Checks a destination in the order that Firehose does, then refuses what local AWS does not do.
 * @throws AwsError for the first thing that is wrong.
 */
export function checkDestination(destination: Destination, entries: Entries, account: string): void {
  const conversion = destination.DataFormatConversionConfiguration;
  if (conversion && conversion.Enabled !== false) checkConversion(destination, conversion, entries, account);
  checkBuffering(destination.BufferingHints);
  checkPrefixes(destination.Prefix, destination.ErrorOutputPrefix);
  checkBackup(destination);
  checkSupported(destination);
}

type Conversion = NonNullable<Destination['DataFormatConversionConfiguration']>;

function checkConversion(
  destination: Destination,
  conversion: Conversion,
  entries: Entries,
  account: string,
): void {
  const { CompressionFormat: compression = 'UNCOMPRESSED', BufferingHints: hints } = destination;
  if (compression !== 'UNCOMPRESSED') {
    throw invalid(
      'ExtendedS3DestinationConfiguration.CompressionFormat must be UNCOMPRESSED when data format conversion is enabled.',
    );
  }
  if (hints?.SizeInMBs !== undefined && hints.SizeInMBs < BUFFER_MIB.least) {
    throw invalid(
      `BufferingHints.SizeInMBs must be at least ${BUFFER_MIB.least} when data format conversion is enabled.`,
    );
  }
  const {
    InputFormatConfiguration: input,
    OutputFormatConfiguration: output,
    SchemaConfiguration: schema,
  } = conversion;
  if (!input)
    throw invalid('InputFormatConfiguration must be specified when data format conversion is enabled.');
  if (!output)
    throw invalid('OutputFormatConfiguration must be specified when data format conversion is enabled.');
  if (!schema) throw invalid('SchemaConfiguration must be specified when data format conversion is enabled.');
  checkOne('Deserializer', input.Deserializer ?? {});
  checkOne('Serializer', output.Serializer ?? {});
  for (const member of ['RoleARN', 'DatabaseName', 'TableName'] as const) {
    if (!schema[member]) throw invalid(`SchemaConfiguration.${member} must be specified.`);
  }
  const place = { account: schema.CatalogId ?? account, region: schema.Region ?? '' };
  const name = { database: schema.DatabaseName ?? '', table: schema.TableName ?? '' };
  let table: TableEntry;
  try {
    table = findTableVersion(entries, place, name, schema.VersionId ?? 'LATEST');
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalid(`The schema cannot be read from the Glue Data Catalog: ${error.message}`);
  }
  checkColumns(table);
}

/** Column types that the conversion has: what it has not would fail every delivery. */
function checkColumns({ database, input }: TableEntry): void {
  for (const { Name, Type: type = 'string' } of input.StorageDescriptor?.Columns ?? []) {
    const obstacle = conversionObstacle(type);
    if (obstacle === undefined) continue;
    throw invalid(
      `The column ${Name} of table ${database}.${input.Name} is of type ${type}, which the data format conversion ` +
        `does not support: ${obstacle}`,
    );
  }
}

function checkOne(name: string, choice: object): void {
  const chosen = Object.values(choice).filter((value) => value !== undefined).length;
  if (chosen !== 1) throw invalid(`Exactly one ${name} must be specified, and not ${chosen}.`);
}

function checkBuffering(hints: Destination['BufferingHints']): void {
  const { SizeInMBs: size, IntervalInSeconds: interval } = hints ?? {};
  if (size !== undefined && (size < 1 || size > BUFFER_MIB.most)) {
    throw invalid(`BufferingHints.SizeInMBs must be 1 to ${BUFFER_MIB.most}, and not ${size}.`);
  }
  if (interval !== undefined && (interval < BUFFER_SECONDS.least || interval > BUFFER_SECONDS.most)) {
    const range = `${BUFFER_SECONDS.least} to ${BUFFER_SECONDS.most}`;
    throw invalid(`BufferingHints.IntervalInSeconds must be ${range}, and not ${interval}.`);
  }
}

function checkBackup({ S3BackupMode: mode, S3BackupConfiguration: backup }: Destination): void {
  if (mode !== 'Enabled') return;
  if (!backup) throw invalid('S3BackupConfiguration must be specified when S3BackupMode is Enabled.');
  checkBuffering(backup.BufferingHints);
  checkPrefixes(backup.Prefix, backup.ErrorOutputPrefix);
}

/** What AWS takes and local AWS would get wrong: refused by its name. */
function checkSupported(destination: Destination): void {
  const { ProcessingConfiguration: processing, DynamicPartitioningConfiguration: partitioning } = destination;
  if (processing?.Enabled) refuse(destination, 'ProcessingConfiguration');
  if (partitioning?.Enabled) refuse(destination, 'DynamicPartitioningConfiguration');
  const conversion = destination.DataFormatConversionConfiguration;
  if (!conversion || conversion.Enabled === false) {
    throw new AwsError('NotImplemented', 'Local AWS delivers only with data format conversion.', 501);
  }
  refuse(conversion.InputFormatConfiguration?.Deserializer ?? {}, 'HiveJsonSerDe' as never);
  const openX = conversion.InputFormatConfiguration?.Deserializer?.OpenXJsonSerDe;
  refuse({ ...openX }, 'ConvertDotsInJsonKeysToUnderscores');
  if (openX?.CaseInsensitive === false)
    throw new AwsError('NotImplemented', 'Local AWS does not implement CaseInsensitive false.', 501);
  if (Object.keys(openX?.ColumnToJsonKeyMappings ?? {}).length > 0)
    refuse({ ...openX }, 'ColumnToJsonKeyMappings');
  refuse(conversion.OutputFormatConfiguration?.Serializer ?? {}, 'OrcSerDe' as never);
  const backupFormat = destination.S3BackupConfiguration?.CompressionFormat ?? 'UNCOMPRESSED';
  if (destination.S3BackupMode === 'Enabled' && backupFormat !== 'UNCOMPRESSED' && backupFormat !== 'GZIP') {
    throw new AwsError(
      'NotImplemented',
      `Local AWS does not implement the compression ${backupFormat}.`,
      501,
    );
  }
}

const invalid = (message: string) => new AwsError('InvalidArgumentException', message);
