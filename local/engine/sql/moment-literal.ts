import { quoteText } from '../sql-type.js';
import type { Typed } from './coercion.js';
import { utcDay } from './natives/iso8601.js';
import { notSupported, SqlFault } from './sql-fault.js';
import { instantOf, knownZone, localTime, zoned } from './time-zones.js';

/** `DATE '2026-02-04'`: any year, white space around it. */
export function dateLiteral(text: string, at: number): Typed {
  const [, ...parts] = DATE.exec(text) ?? [];
  const day = dayOf(parts);
  if (day === undefined) throw invalid('DATE', text, at);
  return { sql: `CAST('${day}' AS DATE)`, type: { name: 'date' } };
}

/** `TIMESTAMP '2026-02-04 21:35:54.759'`, with a zone after it or without. */
export function timestampLiteral(text: string, at: number): Typed {
  const [, year, month, dayOfMonth, hour = '0', minute = '0', second = '0', fraction = '', later, offset] =
    TIMESTAMP.exec(text) ?? [];
  const day = dayOf([year, month, dayOfMonth]);
  if (day === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    throw invalid('TIMESTAMP', text, at);
  if (fraction.length > 12) {
    const message = `TIMESTAMP precision must be in range [0, 12]: ${fraction.length}`;
    throw new SqlFault('NUMERIC_VALUE_OUT_OF_RANGE', message, at);
  }
  if (fraction.length > 3) throw notSupported('A timestamp of more than three digits', at);
  const sql = `CAST('${day} ${hour}:${minute}:${second}.${fraction || '0'}' AS TIMESTAMP)`;
  const name = later ?? offset;
  if (name === undefined) return { sql, type: { name: 'timestamp' } };
  const zone = knownZone(name, at);
  if (Math.abs(utcDay(Number(year), Number(month), Number(dayOfMonth)) ?? 0) > MOST_ZONED)
    throw invalid('TIMESTAMP', text, at);
  const instant: Typed = { sql: instantOf(sql, zone), type: zoned(zone) };
  if (/^(?:UTC|[+-].*)$/.test(zone)) return instant;
  // A time that the zone's clocks skipped is none.
  const fault = `trino_fail('INVALID_LITERAL: ' || ${quoteText(`'${text}' is not a valid TIMESTAMP literal`)})`;
  return {
    ...instant,
    sql: `CASE WHEN ${localTime(instant)} <> ${sql} THEN ${fault} ELSE ${instant.sql} END`,
  };
}

/** Milliseconds: Trino keeps those of a timestamp with a zone in 52 bits. */
const MOST_ZONED = 2 ** 51;

/** What Java takes for white space, of ASCII, as a set of a regular expression, RE2's too. */
export const SPACE = String.raw`[\t-\r\x1c- ]`;

const DATE = new RegExp(`^${SPACE}*([+-]?\\d{1,9})-(\\d{1,2})-(\\d{1,2})${SPACE}*$`);
const TIMESTAMP =
  /^([+-]?\d{4,9})-(\d{1,2})-(\d{1,2})(?: (?:(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?)?\s*(.+)?|([+-]\d\d:\d\d))?$/;

/** The day as DuckDB reads it, if there is such a day. */
function dayOf([year, month, day]: readonly (string | undefined)[]): string | undefined {
  if (year === undefined || utcDay(Number(year), Number(month), Number(day)) === undefined) return undefined;
  return `${year.replace('+', '')}-${month}-${day}`;
}

function invalid(type: string, text: string, at: number): SqlFault {
  return new SqlFault('INVALID_LITERAL', `'${text}' is not a valid ${type} literal`, at);
}
