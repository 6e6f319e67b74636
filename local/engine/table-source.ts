import type { DuckDBConnection } from '@duckdb/node-api';
import type { EngineFile, EngineTable } from './engine.js';
import { FILE_COLUMNS, PATH, withFileFacts } from './file-facts.js';
import { type PartitionFiles, storedType } from './partition-files.js';
import { rowsRelation } from './rows-source.js';
import { asRead, isChar } from './sql/chars.js';
import { holds } from './sql/nested-values.js';
import type { ScopeColumn } from './sql/scope.js';
import { duckType, quoteName, quoteText, type SqlType } from './sql-type.js';
import { type TypedColumn, typedColumns } from './table-columns.js';

/** A table for one query: how DuckDB reads it, and which file it means by a path. */
export interface TableSource {
  readonly relation: Relation;
  /**
   * The same for a plan that is not run, and says what would be read: without what DuckDB makes of a table that it reads
   * alone, such as an aggregate out of statistics, or the rows of a LIMIT fetched later (which it cannot serialize).
   */
  readonly plannable: Relation;
  /** The files by the path that DuckDB opens, which may be a link. */
  readonly files: ReadonlyMap<string, EngineFile>;
}

type Relation = (alias: string) => { readonly sql: string; readonly columns: readonly ScopeColumn[] };

export interface TableSourceOptions {
  /** The columns of files that the statement names, such as `$path`. */
  readonly fileColumns: readonly string[];
  /** The columns in each file, by its path, where files are known to lack some; then each kind is read by itself. */
  readonly columnsInFiles?: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Makes a table readable, its columns as declared whatever its files have. */
export async function tableSource(
  connection: DuckDBConnection,
  partitions: PartitionFiles,
  table: EngineTable,
  { fileColumns, columnsInFiles }: TableSourceOptions,
): Promise<TableSource> {
  const withPath = fileColumns.length > 0;
  const columns = typedColumns(table, table.columns);
  const keys = typedColumns(table, table.partitionKeys);
  const files = new Map<string, EngineFile>();
  const groups = new Map<string, { readonly lacking: ReadonlySet<string>; readonly paths: string[] }>();
  for (const file of table.files) {
    const path = partitions.pathOf(file, keys);
    files.set(path, file);
    const present = columnsInFiles?.get(file.path);
    const lacking = new Set(
      present ? columns.map(({ name }) => name).filter((name) => !present.has(name)) : [],
    );
    const group = groups.get([...lacking].join()) ?? { lacking, paths: [] };
    groups.set([...lacking].join(), group);
    group.paths.push(path);
  }
  const reads: string[] = [];
  let empty: string | undefined;
  for (const { lacking, paths } of groups.values()) {
    const present = columns.filter(({ name }) => !lacking.has(name));
    // A Parquet file has at least one column; one that no file has is not asked for.
    const schema = await partitions.schemaOf(connection, {
      table,
      columns: present.length > 0 ? present : columns.slice(0, 1),
      keys,
    });
    const absent = columns.filter(({ name }) => lacking.has(name));
    reads.push(readStatement([schema, ...paths], { present, absent, keys, withPath }));
    empty ??= readStatement([schema], { present, absent, keys, withPath });
  }
  if (table.rows?.length) {
    const path = withPath ? `, CAST(NULL AS VARCHAR) AS ${quoteName(PATH)}` : '';
    reads.push(`(SELECT *${path} FROM ${rowsRelation(columns, table.rows)})`);
  }
  if (reads.length === 0) reads.push(`(SELECT ${nulls([...columns, ...keys], withPath)} WHERE false)`);
  const relationOf =
    (read: string): Relation =>
    (alias) => {
      const rows = withChars(read, [...columns, ...keys]);
      const body = withPath ? withFileFacts(rows, files, keys, fileColumns) : rows;
      const named = [...table.columns, ...table.partitionKeys];
      const declared = [...columns, ...keys].map(({ name, type }, i) => ({
        ...scopeColumn(table, alias, name, type),
        name: named[i]?.name.toLowerCase() ?? name,
      }));
      return {
        sql: `${body} AS ${alias}`,
        columns: [
          ...declared,
          ...FILE_COLUMNS.filter(({ name }) => fileColumns.includes(name)).map(({ name, type }) => ({
            ...scopeColumn(table, alias, name, type),
            hidden: true,
          })),
        ],
      };
    };
  // A union reads its first column where none is needed.
  const counted = (empty === undefined ? reads : [...reads, empty]).map(
    (read) => `(SELECT NULL AS ${quoteName(ANY_ROW)}, * FROM ${read})`,
  );
  return { files, relation: relationOf(unionOf(reads)), plannable: relationOf(unionOf(counted)) };
}

/** Athena calls no column of a table so. */
const ANY_ROW = '$row';

const unionOf = (reads: readonly string[]) =>
  reads.length === 1
    ? (reads[0] ?? '')
    : `(${reads.map((read) => `FROM ${read}`).join(' UNION ALL BY NAME ')})`;

function scopeColumn(
  { name: relation, database }: EngineTable,
  alias: string,
  name: string,
  type: SqlType,
): ScopeColumn {
  const column = `${alias}.${quoteName(name)}`;
  return {
    sql: type.name === 'timestamp' ? `CAST(${column} AS TIMESTAMP)` : column,
    type,
    name,
    relation,
    database,
  };
}

interface Read {
  readonly present: readonly TypedColumn[];
  readonly absent: readonly TypedColumn[];
  readonly keys: readonly TypedColumn[];
  readonly withPath: boolean;
}

function readStatement(paths: readonly string[], { present, absent, keys, withPath }: Read): string {
  const options = ['union_by_name=false', `hive_partitioning=${keys.length > 0}`];
  if (keys.length > 0) {
    options.push(
      `hive_types={${keys.map(({ name, type }) => `${quoteText(name)}: ${duckType(type)}`).join(', ')}}`,
    );
  }
  if (withPath) options.push(`filename=${quoteText(PATH)}`);
  const parquet = `read_parquet([${paths.map(quoteText).join(', ')}], ${options.join(', ')})`;
  if (absent.length === 0) return parquet;
  const kept = [...present, ...keys].map(({ name }) => quoteName(name));
  if (withPath) kept.push(quoteName(PATH));
  return `(SELECT ${[...kept, nulls(absent, false)].join(', ')} FROM ${parquet})`;
}

/** The rows with what files have for a char(n) of its length. */
function withChars(rows: string, columns: readonly TypedColumn[]): string {
  const values = columns.flatMap(({ name, type }) =>
    holds(type, isChar) ? `${asRead({ sql: quoteName(name), type })} AS ${quoteName(name)}` : [],
  );
  return values.length === 0 ? rows : `(SELECT * REPLACE (${values.join(', ')}) FROM ${rows})`;
}

function nulls(columns: readonly TypedColumn[], withPath: boolean): string {
  const items = columns.map(({ name, type }) => `CAST(NULL AS ${storedType(type)}) AS ${quoteName(name)}`);
  if (withPath) items.push(`CAST(NULL AS VARCHAR) AS ${quoteName(PATH)}`);
  return items.join(', ');
}
