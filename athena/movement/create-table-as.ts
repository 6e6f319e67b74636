import type { AthenaSession } from '../session.js';
import { Identifier } from '../sql/identifier.js';
import { type Sql, sql } from '../sql/sql.js';
import { emptyFolder, type FileFormat, properties } from './destination.js';
import { MovementRefusedError } from './movement-error.js';
import { checkColumns, checkPartitions, columnsOf, sourceOf } from './source-query.js';
import type { Moved } from './unload.js';
import { cleanUp, writtenObjects } from './written-objects.js';

export interface CreateTableAsOptions extends FileFormat {
  /** The new table's name; its database is the session's unless it is named too. */
  readonly table: string | readonly [database: string, table: string];
  /** The query whose rows it is to have. */
  readonly query: string | Sql;
  /**
   * The folder that its files go to; it must be empty. A workgroup that enforces its settings takes none.
   * @default - a folder of its own beside the workgroup's results: in the workgroup of movements in the lake, where it
   * stays; in that of queries in the bucket of results, where it expires with them.
   */
  readonly location?: string;
  /** The last columns of the query, that the table is partitioned by. */
  readonly partitionedBy?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** A table that was made. */
export interface CreatedTable extends Moved {
  /** The folder of its files, which ends in `/`; undefined where Athena does not say. */
  readonly location: string | undefined;
}

/**
 * A query's rows as a new table of the lake (outside-in, where the query reads another source): CREATE TABLE AS.
 *
 * @throws MovementRefusedError where a rule of Athena's is not kept: it is looked at before anything is written.
 * @throws MovementFailedError where it fails after that; what it had written is removed.
 */
export async function createTableAs(
  session: AthenaSession,
  options: CreateTableAsOptions,
): Promise<CreatedTable> {
  const { location, format = 'PARQUET', compression, partitionedBy = [], signal } = options;
  const source = sourceOf(CTAS, options.query);
  const name = tableName(CTAS, options.table);
  if (location !== undefined) await checkLocationIsOurs(session);
  await checkIsNew(session, name);
  const store = await session.objects();
  const place = location === undefined ? undefined : await emptyFolder(store, CTAS, location);
  const columns = await columnsOf(session, source, signal);
  checkColumns(CTAS, columns);
  await checkPartitions(session, CTAS, source, columns, { partitionedBy, signal });
  const settings = properties({
    format,
    write_compression: compression,
    external_location: location,
    partitioned_by: partitionedBy,
  });
  const statement = sql`CREATE TABLE ${name} WITH (${settings}) AS SELECT * FROM ${source}`;
  try {
    const result = await session.query(statement, { signal });
    return {
      executionId: result.executionId,
      rows: result.updateCount,
      objects: await writtenObjects(store, result.manifest),
      statistics: result.statistics,
      dollars: result.dollars,
      location: location ?? result.outputLocation?.replace(/\/?$/, '/'),
    };
  } catch (error) {
    throw await cleanUp(store, CTAS, error, place);
  }
}

const CTAS = 'CREATE TABLE AS';

/** A table's name as DDL and queries take it alike. @throws MovementRefusedError for one that would have to be quoted. */
export function tableName(movement: string, table: string | readonly [string, string]): Identifier {
  const parts = typeof table === 'string' ? [table] : table;
  for (const part of parts) {
    if (!/^[a-z_][a-z0-9_]{0,254}$/.test(part))
      throw new MovementRefusedError(
        movement,
        `"${part}" must be named by lower-case letters, digits and underscores`,
      );
  }
  return new Identifier(parts);
}

/** A workgroup enforces its settings unless it says that it does not. */
async function checkLocationIsOurs(session: AthenaSession): Promise<void> {
  const api = await session.api();
  const { WorkGroup } = await api.workGroup({ WorkGroup: session.workgroup });
  if (WorkGroup?.Configuration?.EnforceWorkGroupConfiguration === false) return;
  throw new MovementRefusedError(
    CTAS,
    `the workgroup ${session.workgroup} enforces its own location, so that none can be given; ` +
      'insertInto writes to where a table that exists has its files',
  );
}

/** Athena would say so too, and after it had run the query that counts the partitions. */
async function checkIsNew(session: AthenaSession, { parts }: Identifier): Promise<void> {
  const [table = '', database = session.database] = [...parts].reverse();
  const api = await session.api();
  const input = { CatalogName: 'AwsDataCatalog', DatabaseName: database, TableName: table };
  // Who may not look is told by Athena, and so is who names a database that there is not.
  const found = await api.table(input).catch((error: unknown) => {
    if (error instanceof Error && /^(MetadataException|AccessDeniedException)$/.test(error.name))
      return undefined;
    throw error;
  });
  if (found?.TableMetadata)
    throw new MovementRefusedError(CTAS, `there is a table ${database}.${table} already`);
}
