import type { Table } from '@aws-sdk/client-glue';
import { type EngineFile, type EngineTable, QueryFault } from '../engine/engine.js';
import type { TableEntry } from '../glue/catalog.js';
import { type BucketEntry, findBucket } from '../s3/bucket-entry.js';
import type { Entries } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import type { Checked } from '../wire/operation.js';
import type { Athena } from './athena.js';
import { projectionOf } from './projection.js';

const PARQUET_INPUT = 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat';

/**
 * A table as the engine reads it: its columns and its files. A table with partition projection has the files whose
 * partitions lie within it, one with registered partitions has none while none can be registered here.
 * @throws QueryFault for a table that Athena, or local AWS, cannot read.
 */
export function readTable(entry: TableEntry, { store, objects, content }: Athena): EngineTable {
  const { database, input } = entry;
  const name = input.Name;
  const storage = input.StorageDescriptor;
  const partitionKeys = input.PartitionKeys ?? [];
  if (storage?.InputFormat !== PARQUET_INPUT) {
    throw new QueryFault(
      'NOT_SUPPORTED',
      `Local AWS reads tables in Parquet only, and ${database}.${name} is of ${storage?.InputFormat ?? 'no format'}.`,
    );
  }
  const { bucket, prefix } = parseLocation(storage.Location, `${database}.${name}`);
  const bucketId = tableBucket(entry, bucket, store.entries).id;
  const partitionOf = partitionReader(input, bucket, prefix);
  const files: EngineFile[] = [];
  for (const object of objects.list(bucketId, prefix)) {
    if (isHidden(object.key) || object.size === 0) continue;
    const partition = partitionOf(object.key);
    if (partition)
      files.push({ path: content.pathOf(object.file), uri: `s3://${bucket}/${object.key}`, partition });
  }
  return {
    database,
    name,
    columns: (storage.Columns ?? []).map(engineColumn),
    partitionKeys: partitionKeys.map(engineColumn),
    files,
  };
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

/** Finds the values of an object's partition columns; undefined for an object that is in no partition. */
function partitionReader(
  table: Checked<Table> | TableEntry['input'],
  bucket: string,
  prefix: string,
): (key: string) => readonly string[] | undefined {
  const columns = (table.PartitionKeys ?? []).map(({ Name }) => Name);
  if (columns.length === 0) return () => [];
  const projection = projectionOf(table.Parameters ?? {}, columns);
  if (!projection) return () => undefined;
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
