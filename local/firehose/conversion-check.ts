import { conversionObstacle } from '../engine/hive-type.js';
import type { TableEntry } from '../glue/catalog.js';
import { findTableVersion } from '../glue/table-versions.js';
import type { Entries } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import { BUFFER_MIB } from './buffering.js';
import type { Conversion } from './conversion.js';
import { type Destination, invalid } from './delivery-entry.js';

/**
 * Checks a conversion that is enabled, in the order and with the words of Firehose.
 * @throws AwsError `InvalidArgumentException` for the first thing that is wrong.
 */
export function checkConversion(
  { CompressionFormat: compression = 'UNCOMPRESSED', BufferingHints: hints }: Destination,
  conversion: Conversion,
  entries: Entries,
  account: string,
): void {
  if (compression !== 'UNCOMPRESSED') {
    throw invalid(
      "The S3 destination's compression format must be set to UNCOMPRESSED when data format conversion is enabled. To " +
        'enable compression within the converted output format, set the appropriate serialization option in the ' +
        'output format configuration.',
    );
  }
  const least = BUFFER_MIB.leastConverting;
  if (hints?.SizeInMBs !== undefined && hints.SizeInMBs < least) {
    throw invalid(
      `BufferingHints.SizeInMBs must be at least ${least} when data format conversion is enabled.`,
    );
  }
  const {
    InputFormatConfiguration: input,
    OutputFormatConfiguration: output,
    SchemaConfiguration: schema,
  } = conversion;
  if (!input) throw invalid('InputFormatConfiguration must not be null');
  if (!output) throw invalid('OutputFormatConfiguration must not be null');
  if (!schema) throw invalid('SchemaConfiguration must not be null');
  checkOne('Deserializer', input.Deserializer ?? {});
  checkOne('Serializer', output.Serializer ?? {});
  // AWS spells the first so, other than the member.
  if (!schema.RoleARN) throw invalid('SchemaConfiguration.RoleArn must not be null or empty');
  if (!schema.DatabaseName) throw invalid('SchemaConfiguration.DatabaseName must not be null or empty');
  if (!schema.TableName) throw invalid('SchemaConfiguration.TableName must not be null or empty');
  const place = { account: schema.CatalogId ?? account, region: schema.Region ?? '' };
  const name = { database: schema.DatabaseName, table: schema.TableName };
  checkColumns(findTable(entries, place, name, schema.VersionId));
}

function checkOne(name: string, choice: object): void {
  const chosen = Object.values(choice).filter((value) => value !== undefined && value !== null).length;
  if (chosen === 0) throw invalid(`${name} must not be null`);
  if (chosen > 1) throw invalid(`More than one ${name.toLowerCase()} specified. Only one may be chosen.`);
}

function findTable(
  entries: Entries,
  place: { readonly account: string; readonly region: string },
  name: { readonly database: string; readonly table: string },
  version = 'LATEST',
): TableEntry {
  try {
    return findTableVersion(entries, place, name, version);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalid(`The schema cannot be read from the Glue Data Catalog: ${error.message}`);
  }
}

/** That there are columns, of types that the conversion has: without, every delivery would fail. */
function checkColumns({ database, input }: TableEntry): void {
  const columns = input.StorageDescriptor?.Columns ?? [];
  if (columns.length === 0) {
    throw invalid(`The table ${database}.${input.Name} has no columns that records could be converted to.`);
  }
  for (const { Name, Type: type = 'string' } of columns) {
    const obstacle = conversionObstacle(type);
    if (obstacle === undefined) continue;
    throw invalid(
      `The column ${Name} of table ${database}.${input.Name} is of type ${type}, which the data format conversion ` +
        `does not support: ${obstacle}`,
    );
  }
}
