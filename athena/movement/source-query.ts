import type { ResultColumn } from '../result/query-result.js';
import type { AthenaSession } from '../session.js';
import { identifier } from '../sql/identifier.js';
import { join, Sql, sql, verbatim } from '../sql/sql.js';
import { statementsOf } from '../sql/statements.js';
import { MovementRefusedError } from './movement-error.js';

/** Partitions that one statement may write. @see https://docs.aws.amazon.com/athena/latest/ug/ctas-insert-into.html */
export const MOST_PARTITIONS = 100;

/**
 * The query whose rows are moved, in parentheses.
 * @throws MovementRefusedError where it is not one statement.
 */
export function sourceOf(movement: string, query: string | Sql): Sql {
  const source = query instanceof Sql ? query : verbatim(query);
  const [statement, ...more] = statementsOf(source.toText());
  if (statement === undefined || more.length > 0 || /;\s*$/.test(source.toText()))
    throw new MovementRefusedError(movement, 'its query must be one statement, without a semicolon');
  // On a line of its own, so that a comment at the end does not hide the parenthesis.
  return sql`(${source}\n)`;
}

/** The columns that a query has, found by running it for no row. */
export async function columnsOf(
  session: AthenaSession,
  source: Sql,
  signal: AbortSignal | undefined,
): Promise<readonly ResultColumn[]> {
  const { columns } = await session.query(sql`SELECT * FROM ${source} LIMIT 0`, { signal });
  return columns;
}

/**
 * That the columns can be those of a table.
 * @throws MovementRefusedError
 */
export function checkColumns(movement: string, columns: readonly ResultColumn[]): void {
  const refuse = (problem: string) => new MovementRefusedError(movement, problem);
  const names = columns.map(({ name }) => name);
  const unnamed = names.find((name) => name === '' || /^_col\d+$/.test(name));
  if (unnamed !== undefined)
    throw refuse(`column ${names.indexOf(unnamed) + 1} has no name: give it one with AS`);
  const odd = names.find((name) => !/^[a-z_][a-z0-9_]*$/.test(name));
  if (odd !== undefined)
    throw refuse(`column "${odd}" must be named by lower-case letters, digits and underscores`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refuse(`two columns are called "${twice}"`);
  const lost = columns.find(({ type }) => NO_COLUMN_TYPE.test(type));
  if (lost) throw refuse(`column "${lost.name}" is of type ${lost.type}, which no table has: cast it`);
}

/** Types of Trino's that Hive's tables do not have. */
const NO_COLUMN_TYPE =
  /^(json|unknown|time|time with time zone|timestamp with time zone|interval .*|uuid|ipaddress)$/;

/**
 * That the partition columns are the last ones, in their order, and that there are no more partitions than one statement
 * may write, which a query of those columns counts.
 *
 * @throws MovementRefusedError
 */
export async function checkPartitions(
  session: AthenaSession,
  movement: string,
  source: Sql,
  columns: readonly ResultColumn[],
  {
    partitionedBy,
    signal,
  }: { readonly partitionedBy: readonly string[]; readonly signal: AbortSignal | undefined },
): Promise<void> {
  if (partitionedBy.length === 0) return;
  const last = columns.slice(-partitionedBy.length).map(({ name }) => name);
  if (partitionedBy.length >= columns.length || last.join() !== partitionedBy.join())
    throw new MovementRefusedError(
      movement,
      `its query must end with the partition columns, ${partitionedBy.join(', ')}, behind at least one other`,
    );
  const names = join(partitionedBy.map((name) => identifier(name)));
  const [row] = await session.rows<{ partitions: bigint }>(
    sql`SELECT count(*) AS partitions FROM (SELECT DISTINCT ${names} FROM ${source} LIMIT ${verbatim(String(MOST_PARTITIONS + 1))})`,
    { signal },
  );
  if (Number(row?.partitions ?? 0) > MOST_PARTITIONS)
    throw new MovementRefusedError(
      movement,
      `it has more than the ${MOST_PARTITIONS} partitions that one statement may write: move a part at a time`,
    );
}
