import { type EngineFile, type EngineTable, QueryFault } from '../engine/engine.js';
import type { CatalogPlace, TableEntry } from '../glue/catalog.js';
import { type PartitionEntry, registeredPartitions } from '../glue/partition-entry.js';
import { type BucketEntry, findBucket } from '../s3/bucket-entry.js';
import type { Entries } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import type { Athena } from './athena.js';
import { type ColumnProjection, projectionOf } from './projection.js';

const PARQUET_INPUT = 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat';

/**
 * A table as the engine reads it: its columns and its files. A table with partition projection has the files whose
 * partitions lie within it, one without has those of the partitions that are registered.
 * @throws QueryFault for a table that Athena, or local AWS, cannot read.
 */
export function readTable(entry: TableEntry, place: CatalogPlace, athena: Athena): EngineTable {
  const { database, input } = entry;
  const name = input.Name;
  const storage = input.StorageDescriptor;
  const partitionKeys = input.PartitionKeys ?? [];
  checkFormat(storage?.InputFormat, `${database}.${name}`);
  const names = partitionKeys.map(({ Name }) => Name);
  const projection = projectionOf(input.Parameters ?? {}, names);
  const isRegistered = names.length > 0 && !projection;
  return {
    database,
    name,
    columns: (storage?.Columns ?? []).map(engineColumn),
    partitionKeys: partitionKeys.map(engineColumn),
    files: isRegistered
      ? [...registeredPartitions(athena.store.entries, place, entry)].flatMap((partition) =>
          registeredFiles(entry, partition, athena),
        )
      : filesUnder(entry, storage?.Location, athena, (bucket, prefix) =>
          projection ? projectedPartition(input, projection, bucket, prefix) : () => [],
        ),
  };
}

/** The files of a partition that is registered, wherever it lies. */
function registeredFiles(entry: TableEntry, { values, input }: PartitionEntry, athena: Athena): EngineFile[] {
  const { Location, InputFormat = PARQUET_INPUT } = input.StorageDescriptor ?? {};
  checkFormat(InputFormat, `the partition (${values.join(', ')}) of ${entry.database}.${entry.input.Name}`);
  return filesUnder(entry, Location, athena, () => () => values);
}

/** The values of the partition columns of an object, by its key; undefined for an object that is in no partition. */
type PartitionOf = (key: string) => readonly string[] | undefined;

function filesUnder(
  entry: TableEntry,
  location: string | undefined,
  { store, objects, content }: Athena,
  partitionsIn: (bucket: string, prefix: string) => PartitionOf,
): EngineFile[] {
  const { bucket, prefix } = parseLocation(location, `${entry.database}.${entry.input.Name}`);
  const bucketId = tableBucket(entry, bucket, store.entries).id;
  const partitionOf = partitionsIn(bucket, prefix);
  const files: EngineFile[] = [];
  for (const object of objects.list(bucketId, prefix)) {
    if (isHidden(object.key) || object.size === 0) continue;
    const partition = partitionOf(object.key);
    if (partition)
      files.push({ path: content.pathOf(object.file), uri: `s3://${bucket}/${object.key}`, partition });
  }
  return files;
}

function checkFormat(format: string | undefined, what: string): void {
  if (format === PARQUET_INPUT) return;
  throw new QueryFault(
    'NOT_SUPPORTED',
    `Local AWS reads tables in Parquet only, and ${what} is of ${format ?? 'no format'}.`,
  );
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

/** Bucket and prefix of `s3://bucket/prefix`, the prefix with its slash. */
export function parseLocation(
  location: string | undefined,
  table: string,
): { bucket: string; prefix: string } {
  const match = /^s3a?:\/\/([^/]+)\/?(.*)$/.exec(location ?? '');
  const [, bucket, path = ''] = match ?? [];
  if (!bucket)
    throw new QueryFault('INVALID_TABLE_PROPERTY', `Table ${table} has the location "${location ?? ''}".`);
  return { bucket, prefix: path === '' || path.endsWith('/') ? path : `${path}/` };
}

/** Finds the values of an object's partition columns where the projection has them. */
function projectedPartition(
  table: TableEntry['input'],
  projection: readonly ColumnProjection[],
  bucket: string,
  prefix: string,
): PartitionOf {
  const columns = (table.PartitionKeys ?? []).map(({ Name }) => Name);
  const template = table.Parameters?.['storage.location.template'];
  const folder = template
    ? parseLocation(template, table.Name).prefix
    : `${prefix}${columns.map((column) => `${column}=\${${column}}/`).join('')}`;
  if (template && parseLocation(template, table.Name).bucket !== bucket) return () => undefined;
  const pattern = templatePattern(folder, columns);
  return (key) => {
    const groups = pattern.exec(key)?.groups;
    if (!groups) return undefined;
    const values = columns.map((_, index) => decodeValue(groups[`c${index}`] ?? ''));
    return values.every((value, index) => projection[index]?.(value)) ? values : undefined;
  };
}

/** A pattern for keys in a folder that is spelt with `${column}` for the values; each is a group, `c0` and so on. */
function templatePattern(folder: string, columns: readonly string[]): RegExp {
  const seen = new Set<number>();
  const source = folder.split(/\$\{([^}]*)\}/).map((part, index) => {
    if (index % 2 === 0) return part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    const column = columns.findIndex((name) => name.toLowerCase() === part.toLowerCase());
    if (column === -1) {
      throw new QueryFault(
        'INVALID_TABLE_PROPERTY',
        `The location template names the unknown column '${part}'.`,
      );
    }
    if (seen.has(column)) return `\\k<c${column}>`;
    seen.add(column);
    return `(?<c${column}>[^/]+)`;
  });
  return new RegExp(`^${source.join('')}`);
}

/** Hive writes what a folder's name cannot hold as `%` and two digits. */
function decodeValue(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
