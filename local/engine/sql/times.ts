import { duckType, type SqlType } from '../sql-type.js';
import type { Typed } from './coercion.js';
import { DAY_TO_SECOND } from './interval-literal.js';
import { notSupported, SqlFault } from './sql-fault.js';
import { localTime } from './time-zones.js';

export type TimeType = SqlType & { readonly name: 'time' };

export function isTime(type: SqlType): type is TimeType {
  return type.name === 'time';
}

/** Of seconds; local AWS keeps no more. */
const MOST_DIGITS = 3;

/** @throws SqlFault for digits that Trino, or local AWS, does not have. */
export function timeType(precision: number, at: number): TimeType {
  if (precision > 12) {
    const message = `TIME precision must be in range [0, 12]: ${precision}`;
    throw new SqlFault('NUMERIC_VALUE_OUT_OF_RANGE', message, at);
  }
  if (precision > MOST_DIGITS) throw notSupported(`time(${precision})`, at);
  return { name: 'time', precision };
}

/** `TIME '21:35:54.759'`, of as many digits as are written. */
export function timeLiteral(text: string, at: number): Typed {
  const [, hour, minute, second = '0', fraction = '', offset] =
    /^(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?(\s*[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    throw new SqlFault('INVALID_LITERAL', `'${text}' is not a valid time literal`, at);
  if (offset !== undefined) throw notSupported('time with time zone', at);
  const type = timeType(fraction.length, at);
  return { sql: `CAST('${hour}:${minute}:${second}.${fraction || '0'}' AS TIME)`, type };
}

/** A time of up to microseconds with the digits of its type, half of the last rounded up; after the last comes midnight. */
export function roundedTime(sql: string, type: TimeType): Typed {
  return { sql: `trino_time(trino_rounded_time(epoch_us(${sql}), ${10 ** (6 - type.precision)}))`, type };
}

/** A time of other digits, that of a timestamp in its own zone, or the timestamp of today's; nothing for other types. */
export function castTime(value: Typed, type: SqlType): Typed | undefined {
  const { sql, type: from } = value;
  if (isTime(from) && type.name.startsWith('timestamp'))
    return { sql: `CAST((current_date + ${sql}) AS ${duckType(type)})`, type };
  if (!isTime(type)) return undefined;
  if (isTime(from)) return from.precision <= type.precision ? { sql, type } : roundedTime(sql, type);
  return from.name.startsWith('timestamp')
    ? roundedTime(`CAST(${localTime(value)} AS TIME)`, type)
    : undefined;
}

/** With the digits of its type. */
export function timeText({ sql, type }: Typed): string {
  const digits = isTime(type) ? type.precision : MOST_DIGITS;
  return `left(trino_time_text(${sql}), ${digits === 0 ? 8 : 9 + digits})`;
}

/** A time moved by an interval of days to seconds, round the clock; or what lies between two. Nothing for another. */
export function timeArithmetic(operator: string, left: Typed, right: Typed): Typed | undefined {
  const [a, b] = [left.type, right.type];
  if (isTime(a) && isTime(b) && operator === '-')
    return { sql: `((epoch_us(${left.sql}) - epoch_us(${right.sql})) // 1000)`, type: DAY_TO_SECOND };
  if (isTime(b) && operator === '+') return isTime(a) ? undefined : timeArithmetic(operator, right, left);
  if (!isTime(a) || b.name !== DAY_TO_SECOND.name || !/^[+-]$/.test(operator)) return undefined;
  const moved = `epoch_us(${left.sql}) ${operator} (${right.sql}) % ${DAY / 1000} * 1000`;
  return { sql: `trino_time(${moved})`, type: { name: 'time', precision: MOST_DIGITS } };
}

/** Microseconds. */
const DAY = 86_400_000_000;
const UNITS = { millisecond: 1000, second: 1_000_000, minute: 60_000_000, hour: 3_600_000_000 } as const;

/** The microseconds of a unit that times have. @throws SqlFault for another. */
export function timeUnit(unit: string, at: number): number {
  const found = Object.entries(UNITS).find(([name]) => name === unit.toLowerCase());
  if (found) return found[1];
  throw new SqlFault('INVALID_FUNCTION_ARGUMENT', `'${unit}' is not a valid TIME field`, at);
}

/** A time of so many microseconds, before midnight or after it. */
export function timeOf(microseconds: string): string {
  return `trino_time(${microseconds})`;
}

export const TIME_MACROS = [
  // The digits behind the fourth change no rounding to the third.
  String.raw`CREATE MACRO trino_time_digits(t) AS regexp_replace(t, '([.]\d{4})\d+$', '\1')`,
  `CREATE MACRO trino_rounded_time(n, unit) AS (n + unit // 2) // unit * unit`,
  `CREATE MACRO trino_time(us) AS TIME '00:00:00' + to_microseconds(CAST((us % ${DAY} + ${DAY}) % ${DAY} AS BIGINT))`,
  `CREATE MACRO trino_time_text(t) AS strftime(DATE '2000-01-01' + t, '%H:%M:%S.%g')`,
];
