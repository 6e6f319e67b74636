import type { ResultColumn } from '../result/query-result.js';
import type { AthenaSession } from '../session.js';
import { type Sql, sql } from '../sql/sql.js';
import { tableName } from './create-table-as.js';
import { MovementRefusedError } from './movement-error.js';
import { checkPartitions, columnsOf, sourceOf } from './source-query.js';
import type { Moved } from './unload.js';
import { cleanUp, writtenObjects } from './written-objects.js';

export interface InsertIntoOptions {
  /** The table that the rows go to; its database is the session's unless it is named too. */
  readonly table: string | readonly [database: string, table: string];
  /** The query whose rows go there: its columns are the table's, by name and in their order. */
  readonly query: string | Sql;
  /** The partition columns of the table, so that the number of partitions is counted beforehand. */
  readonly partitionedBy?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * A query's rows into a table of the lake that exists (outside-in, where the query reads another source).
 *
 * @throws MovementRefusedError where the columns are not the table's, or a rule of Athena's is not kept: it is looked at
 * before anything is written.
 * @throws MovementFailedError where it fails after that; what it had written is removed.
 */
export async function insertInto(session: AthenaSession, options: InsertIntoOptions): Promise<Moved> {
  const { partitionedBy = [], signal } = options;
  const source = sourceOf(INSERT, options.query);
  const name = tableName(INSERT, options.table);
  const columns = await columnsOf(session, source, signal);
  checkSame(columns, await columnsOf(session, sql`(SELECT * FROM ${name})`, signal));
  await checkPartitions(session, INSERT, source, columns, { partitionedBy, signal });
  const store = await session.objects();
  try {
    const result = await session.query(sql`INSERT INTO ${name} SELECT * FROM ${source}`, { signal });
    return {
      executionId: result.executionId,
      rows: result.updateCount,
      objects: await writtenObjects(store, result.manifest),
      statistics: result.statistics,
      dollars: result.dollars,
    };
  } catch (error) {
    throw await cleanUp(store, INSERT, error, undefined);
  }
}

const INSERT = 'INSERT INTO';

/** INSERT goes by position, so that columns in another order would change places without a word. */
function checkSame(columns: readonly ResultColumn[], expected: readonly ResultColumn[]): void {
  const namesOf = (each: readonly ResultColumn[]) => each.map(({ name }) => name).join(', ');
  if (namesOf(columns) === namesOf(expected)) return;
  throw new MovementRefusedError(
    INSERT,
    `its query has the columns ${namesOf(columns)}, and the table ${namesOf(expected)}`,
  );
}
