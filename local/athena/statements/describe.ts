import type { TableEntry } from '../../glue/catalog.js';
import { decodeView } from '../views/view-definition.js';
import { findTable, isView } from './catalog-lookup.js';
import type { Ddl } from './ddl.js';
import { type DdlContext, type DdlOutcome, listOutcome, stringColumn } from './ddl-outcome.js';
import type { HiveTable } from './hive-tokens.js';

/** Columns of a DESCRIBE. */
const COLUMNS = [stringColumn('col_name'), stringColumn('data_type'), stringColumn('comment')];
const VIEW_COLUMNS = [stringColumn('column', 'varchar'), stringColumn('type', 'varchar')];

/** Characters to which Hive fills what it prints. */
const WIDTH = 20;
const EMPTY_LINE = '\t \t ';

/**
 * A table's columns in Hive's layout, a view's in Trino's.
 * @see https://docs.aws.amazon.com/athena/latest/ug/describe-table.html
 */
export function runDescribe(
  { table, detail }: Ddl & { kind: 'DESCRIBE_TABLE' },
  context: DdlContext,
): DdlOutcome {
  const entry = findTable(context, table);
  if (isView(entry) && detail === undefined) return describeView(entry);
  const { Columns: columns = [] } = entry.input.StorageDescriptor ?? {};
  const { PartitionKeys: keys = [] } = entry.input;
  const above = detail === 'FORMATTED' ? columns : [...columns, ...keys];
  const heading = detail === 'FORMATTED' ? [COLUMN_HEADING, EMPTY_LINE] : [];
  const lines = [...heading, ...above.map(columnLine)];
  if (keys.length > 0) {
    const title = ['# Partition Information\t \t ', COLUMN_HEADING];
    lines.push(EMPTY_LINE, ...title, EMPTY_LINE, ...keys.map(columnLine));
  }
  if (detail === 'EXTENDED') lines.push(EMPTY_LINE, `Detailed Table Information\t${thriftText(entry)}\t`);
  if (detail === 'FORMATTED') lines.push(EMPTY_LINE, ...formatted(entry));
  return { lines, columns: COLUMNS };
}

export function runShowColumns({ table }: { readonly table: HiveTable }, context: DdlContext): DdlOutcome {
  const entry = findTable(context, table);
  if (isView(entry)) return describeView(entry);
  const columns = [...(entry.input.StorageDescriptor?.Columns ?? []), ...(entry.input.PartitionKeys ?? [])];
  return listOutcome(
    columns.map(({ Name }) => padded(Name)),
    stringColumn('field'),
  );
}

function describeView(entry: TableEntry): DdlOutcome {
  const lines = decodeView(entry).columns.map(({ name, type }) => `${name}\t${type}`);
  return { ...listOutcome(lines, ...VIEW_COLUMNS), kind: 'DESC_VIEW' };
}

interface GlueColumn {
  readonly Name: string;
  readonly Type?: string;
  readonly Comment?: string;
}

const padded = (text: string) => text + ' '.repeat(Math.max(0, WIDTH - [...text].length));

const COLUMN_HEADING = `# ${'col_name'.padEnd(WIDTH)}\t${padded('data_type')}\t${padded('comment')}`;

/** Athena ends a comment at its first tab. */
const columnLine = ({ Name, Type = 'string', Comment = '' }: GlueColumn) =>
  `${padded(Name)}\t${padded(Type)}\t${padded(Comment).split('\t')[0]}`;

function formatted({ database, createdAt, input }: TableEntry): string[] {
  const { StorageDescriptor: storage = {}, Parameters = {} } = input;
  const heading = (text: string) => `${text}\t \t `;
  const pair = (label: string, value: string) => `${padded(label)}\t${padded(value)}\t `;
  const parameters = (of: Readonly<Record<string, string>>) =>
    Object.entries(of).map(([key, value]) => `\t${padded(key)}\t${padded(value)}`);
  const { SerializationLibrary = '', Parameters: serdeParameters = {} } = storage.SerdeInfo ?? {};
  return [
    heading('# Detailed Table Information'),
    pair('Database:', database),
    pair('Owner:', input.Owner ?? ''),
    pair('CreateTime:', new Date(createdAt).toUTCString()),
    pair('LastAccessTime:', 'UNKNOWN'),
    pair('Protect Mode:', 'None'),
    pair('Retention:', String(input.Retention ?? 0)),
    pair('Location:', storage.Location ?? ''),
    pair('Table Type:', input.TableType ?? ''),
    heading('Table Parameters:'),
    ...parameters(Parameters),
    EMPTY_LINE,
    heading('# Storage Information'),
    pair('SerDe Library:', SerializationLibrary),
    pair('InputFormat:', storage.InputFormat ?? ''),
    pair('OutputFormat:', storage.OutputFormat ?? ''),
    pair('Compressed:', storage.Compressed ? 'Yes' : 'No'),
    pair('Num Buckets:', String(storage.NumberOfBuckets ?? -1)),
    pair('Bucket Columns:', `[${(storage.BucketColumns ?? []).join(', ')}]`),
    pair('Sort Columns:', '[]'),
    heading('Storage Desc Params:'),
    ...parameters(serdeParameters),
  ];
}

/** The table in the one line in which Hive prints its structures. */
function thriftText({ database, createdAt, input }: TableEntry): string {
  const { StorageDescriptor: storage = {}, PartitionKeys: keys = [], Parameters = {} } = input;
  const map = (of: Readonly<Record<string, string>> = {}) =>
    `{${Object.entries(of)
      .map(([key, value]) => `${key}=${value}`)
      .join(', ')}}`;
  const fields = (columns: readonly GlueColumn[]) =>
    `[${columns
      .map(
        ({ Name, Type, Comment }) => `FieldSchema(name:${Name}, type:${Type}, comment:${Comment || 'null'})`,
      )
      .join(', ')}]`;
  const serde = `SerDeInfo(name:${storage.SerdeInfo?.Name ?? 'null'}, serializationLib:${storage.SerdeInfo?.SerializationLibrary}, parameters:${map(storage.SerdeInfo?.Parameters)})`;
  const descriptor = `StorageDescriptor(cols:${fields([...(storage.Columns ?? []), ...keys])}, location:${storage.Location}, inputFormat:${storage.InputFormat}, outputFormat:${storage.OutputFormat}, compressed:${storage.Compressed ?? false}, numBuckets:${storage.NumberOfBuckets ?? -1}, serdeInfo:${serde}, bucketCols:[${(storage.BucketColumns ?? []).join(', ')}], sortCols:[], parameters:{}, storedAsSubDirectories:false)`;
  return `Table(tableName:${input.Name}, dbName:${database}, owner:${input.Owner ?? ''}, createTime:${Math.floor(createdAt / 1000)}, lastAccessTime:0, retention:${input.Retention ?? 0}, sd:${descriptor}, partitionKeys:${fields(keys)}, parameters:${map(Parameters)}, viewOriginalText:${input.ViewOriginalText ?? 'null'}, viewExpandedText:${input.ViewExpandedText ?? 'null'}, tableType:${input.TableType})`;
}
