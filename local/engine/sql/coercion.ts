import { duckType, fieldKey, type RowField, type SqlType, typeText } from '../sql-type.js';
import { commonChar, isChar, padded } from './chars.js';
import { convertItems, holds } from './nested-values.js';
import { MIXED_ZONES, zoned } from './time-zones.js';

/** An expression for DuckDB, complete in itself, with the type that Trino gives it. */
export interface Typed {
  readonly sql: string;
  readonly type: SqlType;
}

export type DecimalType = SqlType & { readonly name: 'decimal' };
export type ArrayType = SqlType & { readonly name: 'array' };
export type MapType = SqlType & { readonly name: 'map' };
export type RowType = SqlType & { readonly name: 'row' };

const INTEGERS = ['tinyint', 'smallint', 'integer', 'bigint'];
const DECIMAL_DIGITS: Readonly<Record<string, number>> = { tinyint: 3, smallint: 5, integer: 10, bigint: 19 };
const TEMPORAL = ['date', 'timestamp', 'timestamp with time zone'];

export function isInteger({ name }: SqlType): boolean {
  return INTEGERS.includes(name);
}

export function isFloat({ name }: SqlType): boolean {
  return name === 'double' || name === 'real';
}

export function isNumeric({ name }: SqlType): boolean {
  return INTEGERS.includes(name) || name === 'decimal' || name === 'real' || name === 'double';
}

export function isNested(type: SqlType): type is ArrayType | MapType | RowType {
  return type.name === 'array' || type.name === 'map' || type.name === 'row';
}

/** The decimal that holds every value of an integer type. */
export function asDecimal(type: SqlType): DecimalType {
  return type.name === 'decimal'
    ? type
    : { name: 'decimal', precision: DECIMAL_DIGITS[type.name] ?? 38, scale: 0 };
}

/** Whether the two are one type to Trino, zones apart. */
export function sameType(a: SqlType, b: SqlType): boolean {
  return typeText(a) === typeText(b);
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
  const char = commonChar(a, b);
  if (char) return char;
  if (a.name === 'time' && b.name === 'time') return a.precision >= b.precision ? a : b;
  if (TEMPORAL.includes(a.name) && TEMPORAL.includes(b.name)) {
    return commonMoment(a, b);
  }
  if (a.name === 'array' && b.name === 'array') {
    const element = commonType(a.element, b.element);
    return element && { name: 'array', element };
  }
  if (a.name === 'map' && b.name === 'map') {
    const [key, value] = [commonType(a.key, b.key), commonType(a.value, b.value)];
    return key && value && { name: 'map', key, value };
  }
  if (a.name === 'row' && b.name === 'row') return commonRow(a, b);
  return sameType(a, b) ? a : undefined;
}

/** A value without a zone is taken to be of the session's, which is UTC. */
function commonMoment(a: SqlType, b: SqlType): SqlType {
  const later = TEMPORAL.indexOf(a.name) > TEMPORAL.indexOf(b.name) ? a : b;
  if (later.name !== 'timestamp with time zone') return later;
  const [left, right] = [a, b].map((type) => ('zone' in type && type.zone) || 'UTC');
  return zoned(left === right && left ? left : MIXED_ZONES);
}

/** A field keeps its name where both rows have it. */
function commonRow(a: RowType, b: RowType): SqlType | undefined {
  if (a.fields.length !== b.fields.length) return undefined;
  const fields: RowField[] = [];
  for (const [i, left] of a.fields.entries()) {
    const right = b.fields[i];
    const type = right && commonType(left.type, right.type);
    if (!type) return undefined;
    fields.push({ type, ...(left.name !== undefined && left.name === right.name && { name: left.name }) });
  }
  return { name: 'row', fields };
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
  if (isChar(type) && value.type.name !== 'unknown')
    return sameType(value.type, type) ? value : padded(value.sql, type);
  const pads = holds(type, isChar) && !sameType(value.type, type);
  if (from === to && value.type.name !== 'unknown' && !pads) return { sql: value.sql, type };
  if (isNested(value.type) && (pads || renamesFields(value.type, type)))
    return convertItems(value, type, coerce);
  return { sql: `CAST(${value.sql} AS ${to})`, type };
}

/** Whether a row somewhere in the type has fields of other names: DuckDB casts rows by name, Trino by position. */
function renamesFields(from: SqlType, to: SqlType): boolean {
  if (from.name === 'array' && to.name === 'array') return renamesFields(from.element, to.element);
  if (from.name === 'map' && to.name === 'map')
    return renamesFields(from.key, to.key) || renamesFields(from.value, to.value);
  if (from.name !== 'row' || to.name !== 'row') return false;
  return from.fields.some((field, i) => {
    const other = to.fields[i];
    return !other || fieldKey(field, i) !== fieldKey(other, i) || renamesFields(field.type, other.type);
  });
}

/** Whether Trino coerces the one type to the other without being asked. */
export function coercible(from: SqlType, to: SqlType): boolean {
  const common = commonType(from, to);
  return common !== undefined && sameType(common, to);
}
