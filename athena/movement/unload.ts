import { randomUUID } from 'node:crypto';
import type { AthenaSession } from '../session.js';
import { literal } from '../sql/literal.js';
import { type Sql, sql, verbatim } from '../sql/sql.js';
import type { Statistics } from '../statistics.js';
import { emptyFolder, type FileFormat, properties } from './destination.js';
import { MovementRefusedError } from './movement-error.js';
import { checkPartitions, columnsOf, sourceOf } from './source-query.js';
import { cleanUp, writtenObjects } from './written-objects.js';

export interface UnloadOptions extends FileFormat {
  /** The query whose rows are written. */
  readonly query: string | Sql;
  /**
   * The folder that they go to, such as `s3://bucket/folder/`; it must be empty.
   * @default - a new one beside the workgroup's results: in the workgroup of movements in the lake, where it stays; in
   * that of queries in the bucket of results, where it expires with them.
   */
  readonly to?: string;
  /** The last columns of the query: each of their values becomes a folder. */
  readonly partitionedBy?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** What a movement has done. */
export interface Moved {
  readonly executionId: string;
  /** Rows written; undefined where Athena does not say. */
  readonly rows: number | undefined;
  /** The objects written, as `s3://…`. */
  readonly objects: readonly string[];
  readonly statistics: Statistics;
  /** About what the statement cost, in dollars. */
  readonly dollars: number;
}

/** What was unloaded. */
export interface Unloaded extends Moved {
  /** The folder that the objects lie in, which ends in `/`. */
  readonly location: string;
}

/**
 * From the lake to elsewhere (inside-out): writes a query's rows into files of S3, where a warehouse or another store
 * takes them from.
 *
 * @example
 * await unload(session, { query: sql`SELECT * FROM customers WHERE ${range}`, to: 's3://exports/customers/' });
 *
 * @throws MovementRefusedError where a rule of Athena's is not kept: it is looked at before anything is written.
 * @throws MovementFailedError where it fails after that; what it had written is removed.
 */
export async function unload(session: AthenaSession, options: UnloadOptions): Promise<Unloaded> {
  const { format = 'PARQUET', compression, partitionedBy = [], signal } = options;
  const source = sourceOf(UNLOAD, options.query);
  const { to = await folderOfItsOwn(session) } = options;
  const store = await session.objects();
  const place = await emptyFolder(store, UNLOAD, to);
  if (partitionedBy.length > 0) {
    const columns = await columnsOf(session, source, signal);
    await checkPartitions(session, UNLOAD, source, columns, { partitionedBy, signal });
  }
  const settings = properties({ format, compression, partitioned_by: partitionedBy });
  const statement = sql`UNLOAD ${source} TO ${verbatim(literal(to))} WITH (${settings})`;
  try {
    const { executionId, updateCount, statistics, dollars, manifest } = await session.query(statement, {
      signal,
    });
    const objects = await writtenObjects(store, manifest);
    return { executionId, rows: updateCount, objects, statistics, dollars, location: to };
  } catch (error) {
    throw await cleanUp(store, UNLOAD, error, place);
  }
}

const UNLOAD = 'UNLOAD';

/** @throws MovementRefusedError where the workgroup leaves its location to each query. */
async function folderOfItsOwn(session: AthenaSession): Promise<string> {
  const api = await session.api();
  const { WorkGroup } = await api.workGroup({ WorkGroup: session.workgroup });
  const location = WorkGroup?.Configuration?.ResultConfiguration?.OutputLocation;
  if (location) return `${location.replace(/\/?$/, '/')}unloaded/${randomUUID()}/`;
  throw new MovementRefusedError(
    UNLOAD,
    `the workgroup ${session.workgroup} has no location of its own, so that "to" must say where the rows go`,
  );
}
