import { duckType, type SqlType } from '../sql-type.js';
import type { Arithmetic } from './arithmetic.js';
import { coerce, isInteger, isNumeric, type Typed } from './coercion.js';
import { cannotApply } from './comparison.js';
import { DAY_TO_SECOND, YEAR_TO_MONTH } from './interval-literal.js';
import { instantOf, localTime, zoneOf } from './time-zones.js';

export function isInterval({ name }: SqlType): boolean {
  return name.startsWith('interval');
}

export function isMoment({ name }: SqlType): boolean {
  return name === 'date' || name.startsWith('timestamp');
}

/** Where one of the sides is an interval, a date or a timestamp. */
export function intervalArithmetic(operator: Arithmetic, left: Typed, right: Typed, at: number): Typed {
  const [a, b] = [left.type, right.type];
  if (isInterval(a) && a.name === b.name && (operator === '+' || operator === '-'))
    return { sql: `CAST((${left.sql} ${operator} ${right.sql}) AS ${duckType(a)})`, type: a };
  if (isInterval(a) && isNumeric(b) && (operator === '*' || operator === '/'))
    return scaled(operator, left, right);
  if (isInterval(b) && isNumeric(a) && operator === '*') return scaled(operator, right, left);
  if (isMoment(a) && isInterval(b) && (operator === '+' || operator === '-'))
    return moved(left, operator, right);
  if (isInterval(a) && isMoment(b) && operator === '+') return moved(right, operator, left);
  if (isMoment(a) && isMoment(b) && operator === '-') {
    const millis = ({ sql }: Typed) => `epoch_ms(CAST(${sql} AS TIMESTAMP))`;
    return { sql: `(${millis(left)} - ${millis(right)})`, type: DAY_TO_SECOND };
  }
  throw cannotApply(operator, a, b, at);
}

/** By a whole number exactly, by another as a double, of which the fraction is cut off. */
function scaled(operator: '*' | '/', interval: Typed, factor: Typed): Typed {
  const { type } = interval;
  if (operator === '*' && isInteger(factor.type))
    return { sql: `CAST((${interval.sql} * ${factor.sql}) AS ${duckType(type)})`, type };
  const macro = operator === '*' ? 'trino_interval_times' : 'trino_interval_divided';
  const number = coerce(factor, { name: 'double' }).sql;
  return { sql: `CAST(${macro}(${interval.sql}, ${number}) AS ${duckType(type)})`, type };
}

/** A moment some time later or earlier: months by its own zone's calendar, milliseconds on the clock of the world. */
function moved(moment: Typed, operator: '+' | '-', interval: Typed): Typed {
  const { type } = moment;
  if (interval.type.name === YEAR_TO_MONTH.name) {
    const sum = `(${localTime(moment)} ${operator} to_months(${interval.sql}))`;
    const sql =
      type.name === 'timestamp with time zone'
        ? instantOf(sum, zoneOf(type))
        : `CAST(${sum} AS ${duckType(type)})`;
    return { sql, type };
  }
  if (type.name !== 'date')
    return { sql: `(${moment.sql} ${operator} to_microseconds(${interval.sql} * 1000))`, type };
  const fault = "trino_fail('INVALID_FUNCTION_ARGUMENT: Cannot add hour, minutes or seconds to a date')";
  const days = `CAST(${interval.sql} // 86400000 AS INTEGER)`;
  return {
    sql: `CASE WHEN ${interval.sql} % 86400000 <> 0 THEN ${fault} ELSE (${moment.sql} ${operator} ${days}) END`,
    type,
  };
}

/** An interval in Trino's form: `2 03:04:05.678`, `1-2`. */
export function intervalText({ sql, type }: Typed): string {
  return type.name === YEAR_TO_MONTH.name ? `trino_months_text(${sql})` : `trino_millis_text(${sql})`;
}

export const INTERVAL_MACROS = [
  `CREATE MACRO trino_interval_times(i, x) AS CASE
    WHEN isnan(x) THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Cannot multiply by double NaN') ELSE trunc(i * x) END`,
  `CREATE MACRO trino_interval_divided(i, x) AS CASE WHEN isnan(x) OR x = 0
    THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Cannot divide by double ' || trino_float_text(x)) ELSE trunc(i / x) END`,
  `CREATE MACRO trino_months_text(m) AS
    CASE WHEN m < 0 THEN '-' ELSE '' END || CAST(abs(m) // 12 AS VARCHAR) || '-' || CAST(abs(m) % 12 AS VARCHAR)`,
  `CREATE MACRO trino_millis_text(m) AS CASE WHEN m < 0 THEN '-' ELSE '' END
    || CAST(abs(m) // 86400000 AS VARCHAR) || ' '
    || lpad(CAST(abs(m) // 3600000 % 24 AS VARCHAR), 2, '0') || ':'
    || lpad(CAST(abs(m) // 60000 % 60 AS VARCHAR), 2, '0') || ':'
    || lpad(CAST(abs(m) // 1000 % 60 AS VARCHAR), 2, '0') || '.' || lpad(CAST(abs(m) % 1000 AS VARCHAR), 3, '0')`,
];
