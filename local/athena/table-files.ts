import { type EngineFile, type EngineTable, QueryFault } from '../engine/engine.js';
import type { CatalogPlace, TableEntry } from '../glue/catalog.js';
import { type PartitionEntry, registeredPartitions } from '../glue/partition-entry.js';
import { type BucketEntry, findBucket } from '../s3/bucket-entry.js';
import type { Entries } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import type { Athena } from './athena.js';
import { decodeFolder, parseLocation } from './location.js';
import { templatePattern } from './location-template.js';
import { type ColumnProjection, injectedColumns, projectionOf } from './projection.js';
import { PARQUET_FORMAT } from './statements/storage-formats.js';
import { tableFormat } from './table-format.js';

/**
 * A table as the engine reads it: its columns and its files. A table with partition projection has the files whose
 * partitions lie within it, one without has those of the partitions that are registered.
 * @throws QueryFault for a table that Athena, or local AWS, cannot read.
 */
export function readTable(entry: TableEntry, place: CatalogPlace, athena: Athena): EngineTable {
  const { database, input } = entry;
  const { Name: name, StorageDescriptor: storage, Parameters: parameters = {} } = input;
  const partitionKeys = input.PartitionKeys ?? [];
  if (parameters.table_type?.toUpperCase() === 'ICEBERG') {
    const message = `Local AWS does not read Iceberg tables, and ${database}.${name} is one.`;
    throw new QueryFault('NOT_SUPPORTED', message);
  }
  const format = tableFormat(storage, `${database}.${name}`, parameters);
  const names = partitionKeys.map(({ Name }) => Name);
  const projection = projectionOf(parameters, names, athena.clock.now());
  const injected = injectedColumns(parameters, names);
  const isRegistered = names.length > 0 && !projection;
  return {
    database,
    name,
    columns: (storage?.Columns ?? []).map(engineColumn),
    partitionKeys: partitionKeys.map(engineColumn),
    ...(format && { format }),
    ...(injected.length > 0 && { injected }),
    files: isRegistered
      ? [...registeredPartitions(athena.store.entries, place, entry)].flatMap((partition) =>
          registeredFiles(entry, partition, athena),
        )
      : filesUnder(entry, (projection && templateStart(input)) ?? storage?.Location, athena, (prefix) =>
          projection ? projectedPartition(input, projection, prefix) : () => [],
        ),
  };
}

/** The files of a partition that is registered, wherever it lies. */
function registeredFiles(entry: TableEntry, { values, input }: PartitionEntry, athena: Athena): EngineFile[] {
  const { Location, InputFormat } = input.StorageDescriptor ?? {};
  const own = entry.input.StorageDescriptor?.InputFormat;
  if (InputFormat !== undefined && InputFormat !== (own ?? PARQUET_FORMAT.input)) {
    const which = `the partition (${values.join(', ')}) of ${entry.database}.${entry.input.Name}`;
    throw new QueryFault(
      'NOT_SUPPORTED',
      `Local AWS does not read ${which}: it is of ${InputFormat}, and not as its table.`,
    );
  }
  return filesUnder(entry, Location, athena, () => () => values);
}

/** The folder in which all the partitions of a location template lie. */
function templateStart({ Parameters, Name }: TableEntry['input']): string | undefined {
  const template = Parameters?.['storage.location.template'];
  if (template === undefined) return undefined;
  const fixed = template.split('${')[0] ?? '';
  // The last folder may go on with a value; a bucket never does.
  const folder = fixed.slice(0, fixed.lastIndexOf('/') + 1);
  parseLocation(folder, Name);
  return folder;
}

/** The values of the partition columns of an object, by its key; undefined for an object that is in no partition. */
type PartitionOf = (key: string) => readonly string[] | undefined;

function filesUnder(
  entry: TableEntry,
  location: string | undefined,
  { store, objects, content }: Athena,
  partitionsIn: (prefix: string) => PartitionOf,
): EngineFile[] {
  const { bucket, prefix } = parseLocation(location, `${entry.database}.${entry.input.Name}`);
  const bucketId = tableBucket(entry, bucket, store.entries).id;
  const partitionOf = partitionsIn(prefix);
  const files: EngineFile[] = [];
  for (const object of objects.list(bucketId, prefix)) {
    if (isHidden(object.key) || object.size === 0) continue;
    const partition = partitionOf(object.key);
    if (partition)
      files.push({
        path: content.pathOf(object.file),
        uri: `s3://${bucket}/${object.key}`,
        partition,
        size: object.size,
        modified: object.lastModified,
      });
  }
  return files;
}

function tableBucket(
  { database, account, input }: TableEntry,
  bucket: string,
  entries: Entries,
): BucketEntry {
  try {
    return findBucket(entries, bucket, account);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new QueryFault(
      'HIVE_UNKNOWN_ERROR',
      `The bucket ${bucket} of table ${database}.${input.Name} cannot be read: ${error.message} ` +
        `(Service: Amazon S3; Status Code: ${error.status}; Error Code: ${error.code})`,
    );
  }
}

const engineColumn = ({ Name, Type }: { Name: string; Type?: string }) => ({
  name: Name,
  type: Type ?? 'string',
});

/** Athena reads no object whose own name begins with a dot or an underscore. */
const isHidden = (key: string) => /(^|\/)[._][^/]*$/.test(key);

/** Finds the values of an object's partition columns where the projection has them. */
function projectedPartition(
  table: TableEntry['input'],
  projection: readonly ColumnProjection[],
  prefix: string,
): PartitionOf {
  const columns = (table.PartitionKeys ?? []).map(({ Name }) => Name);
  const template = table.Parameters?.['storage.location.template'];
  const folder = template
    ? parseLocation(template, table.Name).prefix
    : `${prefix}${columns.map((column) => `${column}=\${${column}}/`).join('')}`;
  const pattern = templatePattern(folder, columns, table.Parameters ?? {});
  return (key) => {
    const groups = pattern.exec(key)?.groups;
    if (!groups) return undefined;
    const values = columns.map((_, index) => decodeFolder(groups[`c${index}`] ?? ''));
    return values.every((value, index) => projection[index]?.(value)) ? values : undefined;
  };
}
