import { type EngineColumn, QueryFault } from '../../engine.js';
import { parseHiveType } from '../../hive-type.js';
import { duckType, quoteText, type SqlType, typeText } from '../../sql-type.js';
import type { AnalyzedQuery } from '../analysis.js';
import { isChar, padded } from '../chars.js';
import { coerce, coercible, type Typed } from '../coercion.js';

export interface InsertedColumn extends Typed {
  readonly name: string;
}

/**
 * The columns of the table that rows are added to, with what the query has for each; NULL for one that the statement
 * does not name.
 * @throws QueryFault where the query's columns are not those.
 */
export function insertedColumns(
  query: AnalyzedQuery,
  {
    columns,
    named,
  }: { readonly columns: readonly EngineColumn[]; readonly named: readonly string[] | undefined },
): InsertedColumn[] {
  const known = columns.map(({ name, type }) => ({ name: name.toLowerCase(), type: typeOf(name, type) }));
  const targets = (named ?? known.map(({ name }) => name)).map((name) => {
    const column = known.find((other) => other.name === name);
    if (column) return column;
    throw new QueryFault(
      'COLUMN_NOT_FOUND',
      `line 1:1: Insert column name does not exist in target table: ${name}`,
    );
  });
  const twice = targets.find((target, i) => targets.indexOf(target) < i);
  if (twice)
    throw new QueryFault(
      'DUPLICATE_COLUMN_NAME',
      `line 1:1: Insert column name is specified more than once: ${twice.name}`,
    );
  const sources = query.columns;
  const fits =
    targets.length === sources.length && targets.every(({ type }, i) => assignable(sources[i]?.type, type));
  if (!fits) {
    const list = (types: readonly { type: SqlType }[]) => types.map(({ type }) => typeText(type)).join(', ');
    const message = `line 1:1: Insert query has mismatched column types: Table: [${list(targets)}], Query: [${list(sources)}]`;
    throw new QueryFault('TYPE_MISMATCH', message);
  }
  return known.map(({ name, type }) => {
    const source = sources[targets.findIndex((target) => target.name === name)];
    const sql = source ? `result.${source.id}` : 'NULL';
    return {
      name,
      type,
      sql: source ? assigned({ sql, type: source.type }, type) : `CAST(NULL AS ${duckType(type)})`,
    };
  });
}

function typeOf(name: string, hiveType: string): SqlType {
  try {
    return parseHiveType(hiveType);
  } catch {
    const message = `Column ${name} has the type ${hiveType}, which is not supported by local AWS`;
    throw new QueryFault('NOT_SUPPORTED', message);
  }
}

function assignable(from: SqlType | undefined, to: SqlType): boolean {
  if (!from) return false;
  return from.name === 'unknown' || (isText(from) && isText(to)) || coercible(from, to);
}

function isText(type: SqlType): type is SqlType & { name: 'varchar' | 'char' } {
  return type.name === 'varchar' || type.name === 'char';
}

function assigned(value: Typed, type: SqlType): string {
  if (!isText(type) || type.length === undefined || value.type.name === 'unknown')
    return coerce(value, type).sql;
  const fault = `${TRUNCATED} when casting from ${typeText(value.type)} to ${typeText(type)} on INSERT`;
  const fitted = isChar(type) ? padded(value.sql, type).sql : `left(${value.sql}, ${type.length})`;
  return `CASE WHEN length(rtrim(${value.sql})) > ${type.length} THEN error(${quoteText(fault)}) ELSE ${fitted} END`;
}

/** What a text that is too long for its column raises. */
const TRUNCATED = 'Cannot truncate non-space characters';

/** The fault of rows that a table cannot hold, which only the writing of them shows. */
export function insertFault(error: unknown): QueryFault | undefined {
  const [message] = new RegExp(`${TRUNCATED} when casting from .* on INSERT`).exec(String(error)) ?? [];
  return message === undefined ? undefined : new QueryFault('INVALID_CAST_ARGUMENT', message);
}
