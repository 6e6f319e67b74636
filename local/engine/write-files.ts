import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type ExecuteResult, QueryFault } from './engine.js';
import { hiveTypeText } from './hive-type-text.js';
import { runPlanned } from './run-planned.js';
import type { AnalyzedQuery } from './sql/analysis.js';
import { asStored } from './sql/chars.js';
import { isNested, type Typed } from './sql/coercion.js';
import { resultColumn, textOf } from './sql/result-text.js';
import { insertedColumns, insertFault } from './sql/statements/inserted-columns.js';
import { quoteName, quoteText, typeText } from './sql-type.js';
import type { WriteRequest, WrittenColumn, WrittenFile } from './statement-target.js';
import { jsonLine, textLine } from './written-line.js';

/** A column to be written: its name, and its value in the query's rows. */
export interface NamedValue extends Typed {
  readonly name: string;
}

/**
 * Writes the rows of a query as files of a table, one or more a partition.
 * @throws QueryFault for columns that a table cannot have, or for too many partitions.
 */
export async function writeFiles(
  connection: DuckDBConnection,
  query: AnalyzedQuery,
  request: WriteRequest,
  onPlanned: () => void,
): Promise<Pick<ExecuteResult, 'columns' | 'rows' | 'schema' | 'written'>> {
  const { folder, into, withData, partitionedBy } = request;
  const columns = into ? insertedColumns(query, into) : namedColumns(query, partitionedBy);
  const schema = schemaOf(columns);
  const outcome = { columns: [resultColumn('rows', { name: 'bigint' })], schema };
  if (!withData) return { ...outcome, rows: 0, written: [] };
  await mkdir(folder, { recursive: true });
  try {
    const copy = () => runPlanned(connection, copyStatement(query, columns, request), onPlanned);
    const rows = await withinLimit(request, () => connection.interrupt(), copy);
    const written = rows === 0 ? [] : await filesIn(folder, request);
    return { ...outcome, rows, written };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw (into && insertFault(error)) ?? error;
  }
}

/** Milliseconds between looks at how many partitions are written. */
const WATCH_EVERY = 100;

/**
 * Writes, and looks meanwhile whether there are more partitions than there may be: of thousands, DuckDB would make a file
 * each, one after another.
 */
async function withinLimit<T>(
  request: WriteRequest,
  interrupt: () => void,
  write: () => Promise<T>,
): Promise<T> {
  let tooMany: QueryFault | undefined;
  const look = async () => {
    try {
      await filesIn(request.folder, request);
    } catch (error) {
      // Anything else is of a folder that changes while it is read.
      if (!(error instanceof QueryFault)) return;
      tooMany = error;
      interrupt();
    }
  };
  const timer = request.partitionedBy.length > 0 ? setInterval(look, WATCH_EVERY) : undefined;
  try {
    return await write();
  } catch (error) {
    throw tooMany ?? error;
  } finally {
    clearInterval(timer);
  }
}

/** The columns of a new table are the query's; each has to have a name of its own, and those of partitions come last. */
function namedColumns({ columns }: AnalyzedQuery, partitionedBy: readonly string[]): NamedValue[] {
  const named = columns.map(({ id, name, type }, i) => {
    if (name === undefined) {
      const message = `line 1:1: Column name not specified at position ${i + 1}`;
      throw new QueryFault('MISSING_COLUMN_NAME', message);
    }
    return { name, sql: `result.${id}`, type };
  });
  const twice = named.find(({ name }, i) => named.findIndex((other) => other.name === name) < i);
  if (twice) {
    throw new QueryFault(
      'DUPLICATE_COLUMN_NAME',
      `line 1:1: Column name '${twice.name}' specified more than once`,
    );
  }
  const names = named.map(({ name }) => name);
  const unknown = partitionedBy.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new QueryFault('INVALID_TABLE_PROPERTY', `Partition columns [${unknown}] not present in schema`);
  }
  const last = names.slice(names.length - partitionedBy.length);
  if (partitionedBy.some((name, i) => last[i] !== name)) {
    const message = `Partition keys must be the last columns in the table and in the same order as the table properties: [${partitionedBy.join(', ')}]`;
    throw new QueryFault('HIVE_COLUMN_ORDER_MISMATCH', message);
  }
  const nested = named.slice(names.length - partitionedBy.length).find(({ type }) => isNested(type));
  if (nested) {
    throw new QueryFault(
      'NOT_SUPPORTED',
      `Unsupported type [${typeText(nested.type)}] for partition: ${nested.name}`,
    );
  }
  if (partitionedBy.length === names.length) {
    throw new QueryFault('INVALID_TABLE_PROPERTY', 'Table contains only partition columns');
  }
  return named;
}

/** The columns of what is written, or of a view, by name and type. */
export function schemaOf(columns: readonly Pick<NamedValue, 'name' | 'type'>[]): WrittenColumn[] {
  return columns.map(({ name, type }) => {
    if (type.name === 'unknown')
      throw new QueryFault('COLUMN_TYPE_UNKNOWN', `line 1:1: Column type is unknown: ${name}`);
    const hiveType = hiveTypeText(type);
    if (hiveType === undefined)
      throw new QueryFault('NOT_SUPPORTED', `Unsupported Hive type: ${typeText(type)}`);
    return { name, type: typeText(type), hiveType };
  });
}

function copyStatement(query: AnalyzedQuery, columns: readonly NamedValue[], request: WriteRequest): string {
  const { folder, format, codec, partitionedBy } = request;
  const data = columns.slice(0, columns.length - partitionedBy.length);
  // Folders are spelt with the values as Trino writes them; an empty text is no value there.
  const keys = columns
    .slice(data.length)
    .map((key, i) => `nullif(${textOf(key)}, '') AS ${partitionColumn(i)}`);
  const values =
    format === 'PARQUET'
      ? data.map((column) => `${asStored(column)} AS ${quoteName(column.name)}`)
      : [`${format === 'JSON' ? jsonLine(data) : textLine(data, request.delimiter)} AS line`];
  const select = `SELECT ${[...values, ...keys].join(', ')} FROM (${query.sql}) AS result`;
  const options =
    format === 'PARQUET'
      ? `FORMAT parquet, COMPRESSION ${codec}`
      : `FORMAT csv, HEADER false, DELIMITER '', QUOTE '', ESCAPE '', COMPRESSION ${codec === 'GZIP' ? 'gzip' : 'none'}`;
  const partitions =
    keys.length > 0 ? `, PARTITION_BY (${keys.map((_, i) => partitionColumn(i)).join(', ')})` : '';
  const target = keys.length > 0 ? folder : path.join(folder, 'data');
  return `COPY (${select}) TO ${quoteText(target)} (${options}${partitions})`;
}

/** Not the column's own name, which another may have in DuckDB's eyes, and which becomes a folder. */
const partitionColumn = (index: number) => `p${index}`;

async function filesIn(
  folder: string,
  { partitionedBy, mostPartitions }: WriteRequest,
): Promise<WrittenFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => {
      const folders = path.relative(folder, parentPath).split(path.sep).filter(Boolean);
      const partition = folders.map((spelt) => decoded(spelt.slice(spelt.indexOf('=') + 1)));
      return { path: path.join(parentPath, name), partition };
    });
  const partitions = new Set(files.map(({ partition }) => JSON.stringify(partition)));
  if (partitionedBy.length > 0 && partitions.size > mostPartitions) {
    throw new QueryFault(
      'HIVE_TOO_MANY_OPEN_PARTITIONS',
      `Exceeded limit of ${mostPartitions} open writers for partitions/buckets`,
    );
  }
  return files;
}

/** DuckDB has in a folder's name for a null what Hive has. */
const decoded = (value: string) =>
  value === '__HIVE_DEFAULT_PARTITION__' ? null : decodeURIComponent(value);
