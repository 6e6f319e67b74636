import { duckType, type SqlType, typeText } from '../sql-type.js';
import {
  asDecimal,
  coerce,
  commonType,
  type DecimalType,
  isInteger,
  isNumeric,
  type Typed,
} from './coercion.js';
import { notSupported, SqlFault } from './sql-fault.js';
import type { BinaryOperator } from './syntax.js';

const BOOLEAN: SqlType = { name: 'boolean' };

/** A binary operator with Trino's meaning and type rules. */
export function applyOperator(operator: BinaryOperator, left: Typed, right: Typed, at: number): Typed {
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(operator, left, right, at);
    case '||':
      return concatenation(left, right, at);
    default:
      return comparison(operator, left, right, at);
  }
}

/** @throws SqlFault if the value is not a boolean. */
export function requireBoolean({ type }: Typed, what: string, at: number): void {
  if (type.name === 'boolean' || type.name === 'unknown') return;
  throw new SqlFault(
    'TYPE_MISMATCH',
    `${what} must evaluate to a boolean: actual type ${typeText(type)}`,
    at,
  );
}

function isFloat({ name }: SqlType): boolean {
  return name === 'double' || name === 'real';
}

/** What was no floating-point number before it was coerced to one is none that is NaN, nor is a number written out. */
function neverNaN({ type, sql }: Typed): boolean {
  return !isFloat(type) || /^(?:\(- )*CAST\('[\d.eE+-]+' AS DOUBLE\)\)*$/.test(sql);
}

export function cannotApply(operator: string, left: SqlType, right: SqlType, at: number): SqlFault {
  return new SqlFault(
    'TYPE_MISMATCH',
    `Cannot apply operator: ${typeText(left)} ${operator} ${typeText(right)}`,
    at,
  );
}

/** Both sides as the type that Trino compares them in; a text and a number have none. */
export function comparable(operator: string, left: Typed, right: Typed, at: number): [Typed, Typed] {
  const type = commonType(left.type, right.type);
  if (!type) throw cannotApply(operator, left.type, right.type, at);
  if (['array', 'map', 'row', 'interval day to second', 'interval year to month'].includes(type.name)) {
    throw notSupported(`Comparison of ${typeText(type)}`, at);
  }
  return [coerce(left, type), coerce(right, type)];
}

/** A comparison with Trino's meaning. */
export function comparison(operator: BinaryOperator, left: Typed, right: Typed, at: number): Typed {
  const [a, b] = comparable(operator, left, right, at);
  const sql = `(${a.sql} ${operator} ${b.sql})`;
  return { sql: isFloat(a.type) ? withoutNaN(operator, sql, [left, a], [right, b]) : sql, type: BOOLEAN };
}

/**
 * DuckDB has NaN equal to itself and greater than any number; to Trino it is neither, but for IS DISTINCT FROM and
 * sorting. DuckDB's comparison stays a term of its own, by which files are pruned and joins hashed. Each term added is
 * NULL, or does not matter, where a side is NULL.
 */
function withoutNaN(
  operator: BinaryOperator,
  sql: string,
  [left, a]: readonly [Typed, Typed],
  [right, b]: readonly [Typed, Typed],
): string {
  const [known, knownRight] = [neverNaN(left), neverNaN(right)];
  const both = `(isnan(${a.sql}) AND isnan(${b.sql}))`;
  switch (operator) {
    case '=':
      return known || knownRight ? sql : `(${sql} AND NOT ${both})`;
    case '<>':
      return known || knownRight ? sql : `(${sql} OR ${both})`;
    case '<':
    case '<=':
      return knownRight ? sql : `(${sql} AND NOT (isnan(${b.sql}) AND ${a.sql} IS NOT NULL))`;
    case '>':
    case '>=':
      return known ? sql : `(${sql} AND NOT (isnan(${a.sql}) AND ${b.sql} IS NOT NULL))`;
    default:
      return sql;
  }
}

/** Whether DuckDB's own IN and BETWEEN do where a value is compared as the type with these: none can be NaN. */
export function membershipIsPlain(type: SqlType, values: readonly Typed[]): boolean {
  return !isFloat(type) || values.every(neverNaN);
}

/**
 * The rows of a subquery's column that a comparison with `= ANY` or `<> ALL` needs: NaN equals nothing and so does not
 * count. Other comparisons with all rows of floating-point numbers are refused.
 */
export function comparedRows(
  operator: BinaryOperator,
  quantifier: 'ANY' | 'ALL',
  column: Typed,
  at: number,
): string {
  if (!isFloat(column.type)) return '';
  if (!((operator === '=' && quantifier === 'ANY') || (operator === '<>' && quantifier === 'ALL')))
    throw notSupported(`${operator} ${quantifier} of ${typeText(column.type)}`, at);
  return ` WHERE NOT coalesce(isnan(${column.sql}), false)`;
}

function concatenation(left: Typed, right: Typed, at: number): Typed {
  const texts = [left, right].every(({ type }) => type.name === 'varchar' || type.name === 'unknown');
  if (left.type.name === 'array' || right.type.name === 'array') throw notSupported('|| of arrays', at);
  if (!texts) throw cannotApply('||', left.type, right.type, at);
  const type: SqlType = { name: 'varchar' };
  return { sql: `(${coerce(left, type).sql} || ${coerce(right, type).sql})`, type };
}

type Arithmetic = '+' | '-' | '*' | '/' | '%';

function arithmetic(operator: Arithmetic, left: Typed, right: Typed, at: number): Typed {
  if (isInterval(left.type) || isInterval(right.type)) return intervalArithmetic(operator, left, right, at);
  const type = commonType(left.type, right.type);
  if (!type || !(isNumeric(type) || type.name === 'unknown'))
    throw cannotApply(operator, left.type, right.type, at);
  if (type.name === 'unknown') return { sql: 'NULL', type };
  if (type.name === 'decimal') return decimalArithmetic(operator, left, right);
  const [a, b] = [coerce(left, type).sql, coerce(right, type).sql];
  if (isInteger(type) && (operator === '/' || operator === '%')) {
    return {
      sql: `CAST(${notZero(b, `(${a} ${operator === '/' ? '//' : '%'} ${b})`)} AS ${duckType(type)})`,
      type,
    };
  }
  if (operator === '%')
    return { sql: `CASE WHEN ${b} = 0 THEN CAST('NaN' AS ${duckType(type)}) ELSE (${a} % ${b}) END`, type };
  return { sql: `CAST((${a} ${operator} ${b}) AS ${duckType(type)})`, type };
}

function notZero(divisor: string, quotient: string): string {
  if (/^(?:[1-9]\d*|\(-[1-9]\d*\))$/.test(divisor)) return quotient;
  return `CASE WHEN ${divisor} = 0 THEN error('DIVISION_BY_ZERO: Division by zero') ELSE ${quotient} END`;
}

/** Precision and scale by Trino's rules (docs: decimal functions and operators). */
function decimalArithmetic(operator: Arithmetic, left: Typed, right: Typed): Typed {
  const [l, r] = [asDecimal(left.type), asDecimal(right.type)];
  const [a, b] = [coerce(left, l).sql, coerce(right, r).sql];
  const scale = Math.max(l.scale, r.scale);
  const whole = Math.max(l.precision - l.scale, r.precision - r.scale);
  if (operator === '/') return decimalDivision(a, l, b, r);
  const type: DecimalType =
    operator === '*'
      ? decimal(l.precision + r.precision, l.scale + r.scale)
      : operator === '%'
        ? decimal(Math.min(l.precision - l.scale, r.precision - r.scale) + scale, scale)
        : decimal(whole + scale + 1, scale);
  // The operands have the result's width, as DuckDB fails where the result of its own rule is wider than 18 digits.
  const wide =
    operator === '*'
      ? undefined
      : duckType({ name: 'decimal', precision: Math.min(38, whole + scale + 1), scale });
  const [x, y] = wide ? [`CAST(${a} AS ${wide})`, `CAST(${b} AS ${wide})`] : [a, b];
  const sql = `CAST((${x} ${operator} ${y}) AS ${duckType(type)})`;
  return { sql: operator === '%' ? notZero(b, sql) : sql, type };
}

function decimal(precision: number, scale: number): DecimalType {
  return { name: 'decimal', precision: Math.min(38, precision), scale: Math.min(38, scale) };
}

/** DuckDB divides decimals as doubles; here the digits are divided as whole numbers, half rounded away from zero. */
function decimalDivision(a: string, l: DecimalType, b: string, r: DecimalType): Typed {
  const type = decimal(l.precision + r.scale + Math.max(0, r.scale - l.scale), Math.max(l.scale, r.scale));
  const digits = (value: string) => `CAST(replace(CAST(${value} AS VARCHAR), '.', '') AS HUGEINT)`;
  const power = `CAST('1${'0'.repeat(type.scale - l.scale + r.scale)}' AS HUGEINT)`;
  const quotient = `trino_round_div(${digits(a)} * ${power}, ${digits(b)})`;
  const point =
    type.scale === 0
      ? '1'
      : `CAST('0.${'0'.repeat(type.scale - 1)}1' AS DECIMAL(${type.scale + 1},${type.scale}))`;
  const value = `CAST(CAST(${quotient} AS DECIMAL(${38 - type.scale},0)) * ${point} AS ${duckType(type)})`;
  return { sql: notZero(b, value), type };
}

export const ROUND_DIV_MACRO =
  'CREATE MACRO trino_round_div(n, d) AS (2 * abs(n) + abs(d)) // (2 * abs(d)) * CASE WHEN (n < 0) = (d < 0) THEN 1 ELSE -1 END';

function isInterval({ name }: SqlType): boolean {
  return name.startsWith('interval');
}

function intervalArithmetic(operator: Arithmetic, left: Typed, right: Typed, at: number): Typed {
  const [moment, interval] = isInterval(right.type) ? [left, right] : [right, left];
  const temporal = moment.type.name === 'date' || moment.type.name.startsWith('timestamp');
  if (!temporal || (operator !== '+' && !(operator === '-' && interval === right))) {
    if (isInterval(left.type) && (isInterval(right.type) || isNumeric(right.type))) {
      throw notSupported('Arithmetic of intervals', at);
    }
    throw cannotApply(operator, left.type, right.type, at);
  }
  const sum = `(${moment.sql} ${operator} ${interval.sql})`;
  if (moment.type.name !== 'date') return { sql: sum, type: moment.type };
  const fault = "error('INVALID_FUNCTION_ARGUMENT: Cannot add hour, minutes or seconds to a date')";
  return {
    sql: `CASE WHEN CAST(${sum} AS DATE) = ${sum} THEN CAST(${sum} AS DATE) WHEN ${sum} IS NULL THEN NULL ELSE ${fault} END`,
    type: moment.type,
  };
}
