import { duckType, quoteText, type SqlType, typeText } from '../sql-type.js';
import { coerce, isInteger, isNumeric, type Typed } from './coercion.js';
import { textOf } from './result-text.js';
import { notSupported, SqlFault } from './sql-fault.js';

/**
 * CAST and TRY_CAST with Trino's meaning. DuckDB takes more texts for a number or a date than Trino does, so a text is
 * checked by its pattern first.
 */
export function cast(value: Typed, type: SqlType, safe: boolean, at: number): Typed {
  const from = value.type;
  const keyword = safe ? 'TRY_CAST' : 'CAST';
  const direct = (sql: string): Typed => ({ sql: `${keyword}(${sql} AS ${duckType(type)})`, type });
  if (from.name === 'unknown') return coerce(value, type);
  if (type.name === 'varchar') return toVarchar(value, type, safe, at);
  if (duckType(from) === duckType(type)) return { sql: value.sql, type };
  if (from.name === 'varchar') {
    const pattern = TEXT_PATTERNS[isInteger(type) ? 'integer' : type.name];
    if (!pattern) throw cannotCast(from, type, at);
    return direct(checked(value.sql, pattern, type));
  }
  // DuckDB rounds halves to the even neighbour, Trino away from zero.
  if ((from.name === 'double' || from.name === 'real') && isInteger(type))
    return direct(`round(${value.sql})`);
  if (isNumeric(from) && (isNumeric(type) || type.name === 'boolean')) return direct(value.sql);
  if (from.name === 'boolean' && isNumeric(type)) return direct(value.sql);
  if (TEMPORAL.includes(from.name) && TEMPORAL.includes(type.name)) return direct(value.sql);
  throw cannotCast(from, type, at);
}

const TEMPORAL = ['date', 'timestamp', 'timestamp with time zone'];

const TEXT_PATTERNS: Readonly<Record<string, string>> = {
  integer: String.raw`[+-]?\d+`,
  decimal: String.raw`[+-]?(\d+(\.\d*)?|\.\d+)`,
  real: String.raw`[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|NaN|[+-]?Infinity`,
  double: String.raw`[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|NaN|[+-]?Infinity`,
  boolean: '(?i:t|true|f|false|1|0)',
  date: String.raw`\d{4}-\d{1,2}-\d{1,2}`,
  timestamp: String.raw`\d{4}-\d{1,2}-\d{1,2}( \d{1,2}:\d{1,2}(:\d{1,2}(\.\d{1,3})?)?)?`,
};

function cannotCast(from: SqlType, to: SqlType, at: number): SqlFault {
  return new SqlFault('TYPE_MISMATCH', `Cannot cast ${typeText(from)} to ${typeText(to)}`, at);
}

/**
 * The text, or where Trino would not take it, one that no cast takes: the text and the type's name, between which
 * CAST_MARK stands for run-fault.ts to find. Not error(), which is volatile: DuckDB would prune no file by such a
 * predicate.
 */
function checked(text: string, pattern: string, type: SqlType): string {
  const wrong = `${text} || chr(${CAST_MARK}) || ${quoteText(typeText(type))}`;
  return `CASE WHEN regexp_full_match(${text}, '${pattern}') THEN ${text} ELSE ${wrong} END`;
}

/** A character that no text for a number or a date has: the record separator. */
export const CAST_MARK = 30;

function toVarchar(value: Typed, type: SqlType & { name: 'varchar' }, safe: boolean, at: number): Typed {
  const from = value.type;
  if (from.name === 'double' || from.name === 'real')
    throw notSupported(`CAST of ${from.name} to varchar`, at);
  if (['varbinary', 'array', 'map', 'row'].includes(from.name)) throw cannotCast(from, type, at);
  const text = textOf(value);
  if (type.length === undefined) return { sql: text, type };
  if (from.name === 'varchar') return { sql: `left(${text}, ${type.length})`, type };
  const otherwise = safe
    ? 'NULL'
    : `error('INVALID_CAST_ARGUMENT: Value ' || ${text} || ' cannot be represented as varchar(${type.length})')`;
  return {
    sql: `CASE WHEN length(${text}) <= ${type.length} THEN ${text} WHEN ${text} IS NOT NULL THEN ${otherwise} END`,
    type,
  };
}
