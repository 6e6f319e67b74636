import { duckType, type SqlType } from '../sql-type.js';
import {
  asDecimal,
  coerce,
  commonType,
  type DecimalType,
  isInteger,
  isNumeric,
  type Typed,
} from './coercion.js';
import { cannotApply } from './comparison.js';
import { intervalArithmetic, isInterval, isMoment } from './intervals.js';
import { boundAll } from './nested-values.js';
import { timeArithmetic } from './times.js';

export type Arithmetic = '+' | '-' | '*' | '/' | '%';

/** `+`, `-`, `*`, `/` and `%` with Trino's meaning and type rules. */
export function arithmetic(operator: Arithmetic, left: Typed, right: Typed, at: number): Typed {
  const time = timeArithmetic(operator, left, right);
  if (time) return time;
  if ([left, right].some(({ type }) => isInterval(type) || isMoment(type)))
    return intervalArithmetic(operator, left, right, at);
  const type = commonType(left.type, right.type);
  if (!type || !(isNumeric(type) || type.name === 'unknown'))
    throw cannotApply(operator, left.type, right.type, at);
  if (type.name === 'unknown') return { sql: 'CAST(NULL AS INTEGER)', type: { name: 'integer' } };
  const result = (x: string, y: string) => {
    const [a, b] = [
      { ...left, sql: x },
      { ...right, sql: y },
    ];
    return type.name === 'decimal'
      ? decimalArithmetic(operator, a, b)
      : plainArithmetic(operator, a, b, type);
  };
  if (operator !== '/' && operator !== '%') return result(left.sql, right.sql);
  const sql = boundAll([left.sql, right.sql], ([a = '', b = '']) => result(a, b).sql);
  return { sql, type: result(left.sql, right.sql).type };
}

/** Of integers or of floating-point numbers. */
function plainArithmetic(operator: Arithmetic, left: Typed, right: Typed, type: SqlType): Typed {
  const [a, b] = [coerce(left, type).sql, coerce(right, type).sql];
  if (isInteger(type) && (operator === '/' || operator === '%')) {
    const sql = operator === '/' ? `(${a} // ${b})` : `(${a} % ${notMinusOne(b)})`;
    return { sql: `CAST(${notZero(b, sql)} AS ${duckType(type)})`, type };
  }
  if (operator === '%')
    return { sql: `CASE WHEN ${b} = 0 THEN CAST('NaN' AS ${duckType(type)}) ELSE (${a} % ${b}) END`, type };
  return { sql: `CAST((${a} ${operator} ${b}) AS ${duckType(type)})`, type };
}

/** A remainder by -1 is 0, which DuckDB does not find for the smallest number of a type. */
function notMinusOne(divisor: string): string {
  return /^[1-9]\d*$/.test(divisor) ? divisor : `CASE WHEN ${divisor} = -1 THEN 1 ELSE ${divisor} END`;
}

function notZero(divisor: string, quotient: string): string {
  if (/^(?:[1-9]\d*|\(-[1-9]\d*\))$/.test(divisor)) return quotient;
  return `CASE WHEN ${divisor} = 0 THEN trino_fail('DIVISION_BY_ZERO: Division by zero') ELSE ${quotient} END`;
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
  if (operator === '%' && whole + scale > 38) {
    // An operand with the other's scale may have more digits than a decimal can.
    const remainder = `trino_remainder(CAST(${a} AS VARCHAR), CAST(${b} AS VARCHAR), ${scale})`;
    return { sql: notZero(b, `CAST(${remainder} AS ${duckType(type)})`), type };
  }
  // The operands have the result's width, as DuckDB fails where the result of its own rule is wider than 18 digits.
  const wide =
    operator === '*'
      ? undefined
      : duckType({ name: 'decimal', precision: Math.min(38, whole + scale + 1), scale });
  // Nor does it multiply two of up to 18 digits where the product has more.
  const long = l.precision < 19 && r.precision < 19 && l.precision + r.precision > 18;
  const first = long ? `CAST(${a} AS DECIMAL(${Math.min(38, 19 + l.scale)},${l.scale}))` : a;
  const [x, y] = wide ? [`CAST(${a} AS ${wide})`, `CAST(${b} AS ${wide})`] : [first, b];
  const sql = `CAST((${x} ${operator} ${y}) AS ${duckType(type)})`;
  return { sql: operator === '%' ? notZero(b, sql) : sql, type };
}

function decimal(precision: number, scale: number): DecimalType {
  return { name: 'decimal', precision: Math.min(38, precision), scale: Math.min(38, scale) };
}

/**
 * DuckDB divides decimals as doubles; here the digits are divided as whole numbers, half rounded away from zero. Where
 * 128 bits may not hold them it is done outside of DuckDB, which takes longer.
 */
function decimalDivision(a: string, l: DecimalType, b: string, r: DecimalType): Typed {
  const type = decimal(l.precision + r.scale + Math.max(0, r.scale - l.scale), Math.max(l.scale, r.scale));
  const shift = type.scale - l.scale + r.scale;
  if (l.precision + shift > 37 || r.precision > 37 || type.scale > 37) {
    const quotient = `TRY_CAST(trino_divided(CAST(${a} AS VARCHAR), CAST(${b} AS VARCHAR), ${shift}, ${type.scale}) AS ${duckType(type)})`;
    const fault = "trino_fail('NUMERIC_VALUE_OUT_OF_RANGE: Decimal overflow')";
    const value = `coalesce(${quotient}, CASE WHEN ${a} IS NOT NULL AND ${b} IS NOT NULL THEN ${fault} END)`;
    return { sql: notZero(b, value), type };
  }
  const digits = (value: string) => `CAST(replace(CAST(${value} AS VARCHAR), '.', '') AS HUGEINT)`;
  const power = `CAST('1${'0'.repeat(shift)}' AS HUGEINT)`;
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
