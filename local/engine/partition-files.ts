import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type EngineFile, QueryFault, type TableName } from './engine.js';
import { guarded } from './sql-guard.js';
import { duckType, quoteName, quoteText, type SqlType } from './sql-type.js';
import type { TypedColumn } from './table-columns.js';

/** What a file without rows is made of; a table has one of its own. */
export interface Schema {
  readonly table: TableName;
  readonly columns: readonly TypedColumn[];
  readonly keys: readonly TypedColumn[];
}

/**
 * The paths by which DuckDB reads tables' files. It prunes by the `key=value` folders in a path, so a file whose folders
 * do not spell its partition is read through a link whose folders do. And it opens the first file for its schema before
 * it prunes, so the first file is one without rows, made for the purpose: no file is opened but those that the
 * predicates leave. Links and schema files are kept, as a link can take a millisecond and tables have thousands.
 */
export class PartitionFiles {
  private readonly links = new Map<string, string>();
  private readonly schemas = new Map<string, Promise<string>>();
  private readonly folders = new Set<string>();
  private lastSchema = 0;

  constructor(
    private readonly objectsDir: string,
    /** Where links, copies and schema files go; emptied when the engine starts. */
    private readonly scratch: string,
    /** Links beyond which all are forgotten. They are found again where they are, as a link's name comes from its file. */
    private readonly kept = 100_000,
  ) {}

  /** The path of a file with folders that spell its partition. */
  pathOf({ path, partition }: EngineFile, keys: readonly TypedColumn[]): string {
    const spelled = relative(this.objectsDir, path)
      .split(sep)
      .filter((folder) => folder.includes('='));
    if (
      !/[*?[\]{}\\]/.test(path) &&
      spelled.length === keys.length &&
      keys.every(({ name }, i) => spelled[i] === `${name}=${partition[i]}`)
    ) {
      return path;
    }
    const folder = this.folderOf(partition, keys);
    if (dirname(path) === folder) return path;
    const id = `${folder}:${path}`;
    const known = this.links.get(id);
    if (known) return known;
    if (this.links.size >= this.kept) {
      this.links.clear();
      this.folders.clear();
    }
    this.makeFolder(folder);
    const link = join(folder, createHash('sha256').update(path).digest('hex'));
    makeLink(path, link);
    this.links.set(id, link);
    return link;
  }

  /** A folder whose path spells a partition, for links and for files that are made. It may not be there yet. */
  folderOf(partition: readonly string[], keys: readonly TypedColumn[]): string {
    return join(this.scratch, 'partitions', ...keys.map(({ name }, i) => folderName(name, partition[i])));
  }

  /** A Parquet file with a table's columns and no rows, under folders that have its keys. */
  schemaOf(connection: DuckDBConnection, { table, columns, keys }: Schema): Promise<string> {
    const items = columns.map(({ name, type }) => `CAST(NULL AS ${storedType(type)}) AS ${quoteName(name)}`);
    const id = JSON.stringify([table.database, table.name, items, keys.map(({ name }) => name)]);
    const known = this.schemas.get(id);
    if (known) return known;
    if (this.schemas.size >= this.kept) this.schemas.clear();
    const nulls = keys.map(({ name }) => folderName(name));
    const path = join(this.scratch, 'schemas', String(++this.lastSchema), ...nulls, 'schema');
    this.makeFolder(join(path, '..'));
    const copy = `COPY (SELECT ${items.join(', ')} WHERE false) TO ${quoteText(path)} (FORMAT parquet)`;
    const made = connection.run(guarded(copy)).then(() => path);
    this.schemas.set(id, made);
    made.catch(() => this.schemas.delete(id));
    return made;
  }

  private makeFolder(folder: string): void {
    if (!this.folders.has(folder)) mkdirSync(folder, { recursive: true });
    this.folders.add(folder);
  }
}

/** The type of a column in DuckDB as it is read: Athena's timestamps have milliseconds, to which a file's are rounded. */
export function storedType(type: SqlType): string {
  return type.name === 'timestamp' ? 'TIMESTAMP_MS' : duckType(type);
}

/** What Hive, and DuckDB, have in a folder's name for a null. */
const NULL_FOLDER = '__HIVE_DEFAULT_PARTITION__';

/**
 * DuckDB undoes the escapes in a value, but takes a key as it stands.
 * @throws QueryFault for a key that would not be one folder, and that one, to DuckDB (whose log of paths is JSON without
 * escapes); or a name too long for a folder.
 */
function folderName(key: string, value = NULL_FOLDER): string {
  const name = `${key}=${encodeURIComponent(value).replace(/[.*]/g, (c) => ESCAPES[c] ?? c)}`;
  if (/^[^/\\"=*?[\]{}%\p{Cc}]+$/u.test(key) && Buffer.byteLength(name) <= LONGEST_NAME) return name;
  throw new QueryFault('NOT_SUPPORTED', `The partition ${name.slice(0, 100)} is not supported by local AWS`);
}

/** What encodeURIComponent leaves: dots can be a folder of another meaning, and a star stands for many. */
const ESCAPES: Readonly<Record<string, string>> = { '.': '%2E', '*': '%2A' };

/** Bytes. */
const LONGEST_NAME = 255;

function makeLink(path: string, link: string): void {
  try {
    symlinkSync(path, link);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
