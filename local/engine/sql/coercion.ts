import { duckType, type SqlType } from '../sql-type.js';

/** An expression for DuckDB, complete in itself, with the type that Trino gives it. */
export interface Typed {
  readonly sql: string;
  readonly type: SqlType;
}

export type DecimalType = SqlType & { readonly name: 'decimal' };

const INTEGERS = ['tinyint', 'smallint', 'integer', 'bigint'];
const DECIMAL_DIGITS: Readonly<Record<string, number>> = { tinyint: 3, smallint: 5, integer: 10, bigint: 19 };
const TEMPORAL = ['date', 'timestamp', 'timestamp with time zone'];

export function isInteger({ name }: SqlType): boolean {
  return INTEGERS.includes(name);
}

export function isNumeric({ name }: SqlType): boolean {
  return INTEGERS.includes(name) || name === 'decimal' || name === 'real' || name === 'double';
}

/** The decimal that holds every value of an integer type. */
export function asDecimal(type: SqlType): DecimalType {
  return type.name === 'decimal'
    ? type
    : { name: 'decimal', precision: DECIMAL_DIGITS[type.name] ?? 38, scale: 0 };
}

/** The type that Trino coerces both to without being asked, if there is one. */
export function commonType(a: SqlType, b: SqlType): SqlType | undefined {
  if (a.name === 'unknown') return b;
  if (b.name === 'unknown') return a;
  if (isNumeric(a) && isNumeric(b)) return commonNumber(a, b);
  if (a.name === 'varchar' && b.name === 'varchar') {
    if (a.length === undefined || b.length === undefined) return { name: 'varchar' };
    return a.length >= b.length ? a : b;
  }
  if (TEMPORAL.includes(a.name) && TEMPORAL.includes(b.name)) {
    return TEMPORAL.indexOf(a.name) > TEMPORAL.indexOf(b.name) ? a : b;
  }
  if (a.name === 'array' && b.name === 'array') {
    const element = commonType(a.element, b.element);
    return element && { name: 'array', element };
  }
  return duckType(a) === duckType(b) ? a : undefined;
}

function commonNumber(a: SqlType, b: SqlType): SqlType {
  for (const name of ['double', 'real'] as const) if (a.name === name || b.name === name) return { name };
  if (a.name === 'decimal' || b.name === 'decimal') {
    const [left, right] = [asDecimal(a), asDecimal(b)];
    const scale = Math.max(left.scale, right.scale);
    const whole = Math.max(left.precision - left.scale, right.precision - right.scale);
    return { name: 'decimal', precision: Math.min(38, whole + scale), scale };
  }
  return INTEGERS.indexOf(a.name) > INTEGERS.indexOf(b.name) ? a : b;
}

/** The expression as the other type, to which it can be coerced. */
export function coerce(value: Typed, type: SqlType): Typed {
  const from = duckType(value.type);
  const to = duckType(type);
  if (from === to && value.type.name !== 'unknown') return { sql: value.sql, type };
  return { sql: `CAST(${value.sql} AS ${to})`, type };
}

/** Whether Trino coerces the one type to the other without being asked. */
export function coercible(from: SqlType, to: SqlType): boolean {
  const common = commonType(from, to);
  return common !== undefined && duckType(common) === duckType(to);
}
