import { duckType, quoteText, type SqlType, typeText } from '../sql-type.js';
import { fromJson, toJson } from './cast-json.js';
import { isChar, padded } from './chars.js';
import { coerce, isFloat, isInteger, isNested, isNumeric, sameType, type Typed } from './coercion.js';
import { CAST_MARK } from './fail-macros.js';
import { SPACE } from './moment-literal.js';
import { bound, convertItems, isPlain } from './nested-values.js';
import { shortestDouble } from './real-macros.js';
import { textOf } from './result-text.js';
import { SqlFault } from './sql-fault.js';
import { localTime } from './time-zones.js';
import { castTime, isTime, roundedTime } from './times.js';

/**
 * CAST and TRY_CAST with Trino's meaning. DuckDB takes more texts for a number or a date than Trino does, so a text is
 * checked by its pattern first.
 */
export function cast(value: Typed, type: SqlType, safe: boolean, at: number): Typed {
  if (isPlain(value.sql) || isDirect(value.type, type)) return castOnce(value, type, safe, at);
  const converted = castOnce(value, type, safe, at);
  const sql = bound(value.sql, (name) => castOnce({ ...value, sql: name }, type, safe, at).sql);
  return { ...converted, sql };
}

/** Whether the SQL of the cast has the value's once. */
function isDirect(from: SqlType, to: SqlType): boolean {
  if (from.name === 'unknown') return true;
  if (isNumeric(from) && isNumeric(to)) return to.name !== 'decimal';
  return from.name === to.name
    ? sameType(from, to)
    : TEMPORAL.includes(from.name) && TEMPORAL.includes(to.name);
}

function castOnce(value: Typed, type: SqlType, safe: boolean, at: number): Typed {
  const from = value.type;
  const keyword = safe ? 'TRY_CAST' : 'CAST';
  const direct = (sql: string): Typed => ({ sql: `${keyword}(${sql} AS ${duckType(type)})`, type });
  if (from.name === 'unknown') return coerce(value, type);
  if (from.name === type.name && sameType(from, type)) return { sql: value.sql, type: from };
  if (from.name === 'json' || type.name === 'json')
    return tried(value, safe, (item) => throughJson(item, type, at));
  if (isNested(from) || isNested(type)) return tried(value, safe, (item) => nestedCast(item, type, at));
  if (isChar(type)) {
    if (from.name === 'varchar' || from.name === 'char') return padded(value.sql, type);
    throw cannotCast(from, type, at);
  }
  const time = castTime(value, type);
  if (time) return time;
  if (type.name === 'varchar')
    return tried(value, safe && type.length !== undefined, (item) => toVarchar(item, type, at));
  if (from.name === 'varchar') {
    if (type.name === 'uuid') return direct(value.sql);
    if (type.name === 'varbinary') return { sql: `encode(${value.sql})`, type };
    const pattern = TEXT_PATTERNS[isInteger(type) ? 'integer' : type.name];
    if (!pattern) throw cannotCast(from, type, at);
    if (isTime(type)) {
      return roundedTime(`${keyword}(trino_time_digits(${checked(value.sql, pattern, type)}) AS TIME)`, type);
    }
    if (type.name.startsWith('timestamp')) return textToTimestamp(value.sql, pattern, type, keyword);
    if (type.name === 'date') return direct(momentText(value.sql, pattern, type));
    const text = checked(value.sql, pattern, type);
    return direct(type.name === 'decimal' ? `trino_decimal_text(${text})` : text);
  }
  // DuckDB rounds halves to the even neighbour, Trino away from zero.
  if (from.name === 'real' && type.name === 'bigint')
    return { sql: `trino_real_to_bigint(${value.sql})`, type };
  if (isFloat(from) && isInteger(type)) return direct(`round(${value.sql})`);
  if (isFloat(from) && type.name === 'decimal') {
    // By its shortest digits, as BigDecimal.valueOf(): 1.005 becomes 1.01, though the double is a little less.
    const digits = from.name === 'real' ? shortestDouble(value.sql) : value.sql;
    return fittingDecimal(`trino_decimal_text(CAST(${digits} AS VARCHAR))`, value, type, safe);
  }
  if (isNumeric(from) && type.name === 'decimal') return fittingDecimal(value.sql, value, type, safe);
  if (from.name === 'double' && type.name === 'real') return { sql: `trino_real(${value.sql})`, type };
  if (isNumeric(from) && (isNumeric(type) || type.name === 'boolean')) return direct(value.sql);
  // DuckDB makes 0.001 of true as decimal(3,3), which has no 1.
  if (from.name === 'boolean' && type.name === 'decimal')
    return fittingDecimal(`CAST(${value.sql} AS INTEGER)`, value, type, safe);
  if (from.name === 'boolean' && isNumeric(type)) return direct(value.sql);
  if (TEMPORAL.includes(from.name) && TEMPORAL.includes(type.name))
    return type.name === 'timestamp with time zone' ? direct(value.sql) : direct(localTime(value));
  throw cannotCast(from, type, at);
}

/** Without an exponent, with which DuckDB rounds wrongly. */
export const DECIMAL_TEXT_MACRO = `CREATE MACRO trino_decimal_text(t) AS
  CASE WHEN regexp_matches(t, '^[-+0-9.]+[eE]') THEN trino_plain_digits(t) ELSE t END`;

/** @param sql what DuckDB casts, made of the value. */
function fittingDecimal(sql: string, value: Typed, type: SqlType, safe: boolean): Typed {
  const fitting = `TRY_CAST(${sql} AS ${duckType(type)})`;
  if (safe) return { sql: fitting, type };
  const [from, to] = [value.type, type].map((each) => typeText(each).toUpperCase().replace(',', ', '));
  const fault = `trino_fail('INVALID_CAST_ARGUMENT: Cannot cast ${from} ''' || CAST(${value.sql} AS VARCHAR) || ''' to ${to}')`;
  return { sql: `coalesce(${fitting}, CASE WHEN ${sql} IS NOT NULL THEN ${fault} END)`, type };
}

const TEMPORAL = ['date', 'timestamp', 'timestamp with time zone'];

/** A conversion that may give NULL where it fails. No aggregate and no subquery can be within DuckDB's TRY. */
function tried(value: Typed, safe: boolean, convert: (value: Typed) => Typed): Typed {
  const converted = convert(value);
  if (!safe) return converted;
  const attempt = (sql: string) => `TRY(${convert({ sql, type: value.type }).sql})`;
  return { sql: bound(value.sql, attempt), type: converted.type };
}

function throughJson(value: Typed, type: SqlType, at: number): Typed {
  const cannot = (from: SqlType, to: SqlType) => cannotCast(from, to, at);
  if (type.name === 'json') return { sql: toJson(value, cannot), type };
  return fromJson(value.sql, type, { cannot, cast: (text, to) => cast(text, to, false, at) });
}

function nestedCast(value: Typed, type: SqlType, at: number): Typed {
  const from = value.type;
  const rows = from.name === 'row' && type.name === 'row';
  if (from.name !== type.name || (rows && from.fields.length !== type.fields.length))
    throw cannotCast(from, type, at);
  return convertItems(value, type, (item, to) => cast(item, to, false, at));
}

const SPACES = `${SPACE}*`;
/** Of a day: DuckDB takes the hour 24 too. */
const CLOCK = String.raw`([01]?\d|2[0-3]):\d{1,2}(:\d{1,2}(\.\d{1,12})?)?`;
const OFFSET = String.raw`[+-]\d{1,2}(:?\d\d)?`;
const NAMED = String.raw`[A-Z]\w+(/[\w+-]+)+`;

const TEXT_PATTERNS: Readonly<Record<string, string>> = {
  integer: String.raw`[+-]?\d+`,
  decimal: String.raw`[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?`,
  real: String.raw`\s*[+-]?((\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|NaN|Infinity)\s*`,
  double: String.raw`\s*[+-]?((\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|NaN|Infinity)\s*`,
  time: CLOCK,
  boolean: '(?i:t|true|f|false|1|0)',
  date: String.raw`${SPACES}[+-]?\d{1,9}-\d{1,2}-\d{1,2}${SPACES}`,
  // A zone counts for nothing.
  timestamp: String.raw`${SPACES}[+-]?\d{4,9}-\d{1,2}-\d{1,2}( (${CLOCK})?(\s*(Z|UTC|GMT|${OFFSET}|${NAMED}))?)?${SPACES}`,
  'timestamp with time zone': String.raw`${SPACES}[+-]?\d{4,9}-\d{1,2}-\d{1,2}( (${CLOCK})?)?( ?(UTC|Z|[+]00:00))?${SPACES}`,
};

/** Rounded to milliseconds. A text that names another zone than UTC is refused, as the type does not say which. */
function textToTimestamp(text: string, pattern: string, type: SqlType, keyword: string): Typed {
  const digits = momentText(text, pattern, type);
  const moment = `date_trunc('millisecond', ${keyword}(${digits} AS ${duckType(type)}) + to_microseconds(500))`;
  if (type.name === 'timestamp') return { sql: outsideOfGaps(text, moment), type };
  const zones = String.raw`${SPACES}[+-]?\d{4,9}-\d{1,2}-\d{1,2}( (${CLOCK})?)?\s*(${OFFSET}|${NAMED})${SPACES}`;
  const other = `regexp_full_match(${text}, '${zones}') AND NOT regexp_full_match(${text}, '${pattern}')`;
  const fault = `trino_refuse('NOT_SUPPORTED: A text with a time zone other than UTC is not supported by local AWS', ${text})`;
  return { sql: `CASE WHEN ${other} THEN ${fault} ELSE ${moment} END`, type };
}

/** Versions of Trino differ in what a time is that the clocks of the zone in its text skipped. */
function outsideOfGaps(text: string, moment: string): string {
  const zone = `coalesce(nullif(regexp_extract(${text}, '${NAMED}'), ''), 'UTC')`;
  const fault =
    "trino_fail('NOT_SUPPORTED: A time that its time zone skipped is not supported by local AWS')";
  const checked = `CASE WHEN timezone(${zone}, timezone(${zone}, ${moment})) = ${moment} THEN ${moment} ELSE ${fault} END`;
  return `CASE WHEN contains(${text}, '/') THEN ${checked} ELSE ${moment} END`;
}

/** The text of a moment as DuckDB reads it: without spaces, a plus, a zone and more digits than it has. */
function momentText(text: string, pattern: string, type: SqlType): string {
  const plain = String.raw`\d{4}-\d{1,2}-\d{1,2}( ([01]?\d|2[0-3]):\d{1,2}(:\d{1,2}(\.\d{1,6})?)?)?`;
  const needed = String.raw`^${SPACES}[+]?(-?\d+-\d+-\d+( \d+:\d+(:\d+(\.\d{1,6})?)?)?)`;
  return `CASE WHEN regexp_full_match(${text}, '${plain}') THEN ${text}
    WHEN regexp_full_match(${text}, '${pattern}') THEN regexp_extract(${text}, '${needed}', 1)
    ELSE ${markedWrong(text, type)} END`;
}

function cannotCast(from: SqlType, to: SqlType, at: number): SqlFault {
  return new SqlFault('TYPE_MISMATCH', `Cannot cast ${typeText(from)} to ${typeText(to)}`, at);
}

/**
 * The text, or where Trino would not take it, one that no cast takes: the text and the type's name, before each of which
 * CAST_MARK stands for run-fault.ts to find. Not error(), which is volatile: DuckDB would prune no file by such a
 * predicate.
 */
function checked(text: string, pattern: string, type: SqlType): string {
  return `CASE WHEN regexp_full_match(${text}, '${pattern}') THEN ${text} ELSE ${markedWrong(text, type)} END`;
}

function markedWrong(text: string, type: SqlType): string {
  return `chr(${CAST_MARK}) || ${text} || chr(${CAST_MARK}) || ${quoteText(typeText(type))}`;
}

/** Trino writes seven digits of a real, and all that tell a double from others. */
const digitsOf = ({ sql, type }: Typed) =>
  type.name === 'real' ? `format('{:.6e}', CAST(${sql} AS DOUBLE))` : `CAST(${sql} AS VARCHAR)`;

function toVarchar(value: Typed, type: SqlType & { name: 'varchar' }, at: number): Typed {
  const from = value.type;
  if (from.name === 'varbinary') throw cannotCast(from, type, at);
  const text = isFloat(from) ? `trino_scientific(${digitsOf(value)})` : textOf(value);
  if (type.length === undefined) return { sql: text, type };
  if (from.name === 'varchar' || from.name === 'char') return { sql: `left(${text}, ${type.length})`, type };
  const shown = isFloat(from) ? `${textOf(value)} || ' (' || ${text} || ')'` : text;
  const fault = `trino_fail('INVALID_CAST_ARGUMENT: Value ' || ${shown} || ' cannot be represented as varchar(${type.length})')`;
  return { sql: `CASE WHEN length(${text}) > ${type.length} THEN ${fault} ELSE ${text} END`, type };
}
