import { quoteText, type SqlType } from '../sql-type.js';
import type { Typed } from './coercion.js';
import { notSupported, SqlFault } from './sql-fault.js';

export type ZonedType = SqlType & { readonly name: 'timestamp with time zone' };

/** Stands for values of different zones, of which only the instants can be told. */
export const MIXED_ZONES = 'mixed';

export function zoned(zone: string): ZonedType {
  return { name: 'timestamp with time zone', zone };
}

/**
 * The zone's name as Trino writes it, such as `Europe/Paris` or `+05:30` (TimeZoneKey). Letters count as they are written.
 * @throws SqlFault if there is no such zone.
 */
export function knownZone(name: string, at: number): string {
  const zone = UTC_NAMES.has(name) ? 'UTC' : (offsetZone(name) ?? (isNamedZone(name) ? name : undefined));
  if (zone === undefined)
    throw new SqlFault('INVALID_FUNCTION_ARGUMENT', `'${name}' is not a valid time zone`, at);
  return zone;
}

const UTC_NAMES = new Set(
  'Z Zulu UT UCT UTC Universal GMT GMT0 Greenwich Etc/UT Etc/UCT Etc/UTC Etc/Universal Etc/GMT Etc/GMT0'.split(
    ' ',
  ),
);

/** `+05:30` for `+0530`, `UTC+5:30` and the like; of `Etc/GMT+7`, where POSIX counts to the west, `-07:00`. */
function offsetZone(name: string): string | undefined {
  const [, prefix = '', east, hours, minutes = '0'] =
    /^((?:Etc\/)?(?:GMT|UTC|UT))([+-])(\d{1,2})(?::(\d{1,2}))?$/.exec(name) ??
    /^()([+-])(\d{1,2}|\d\d(?=:?\d))(?::?(\d\d))?$/.exec(name) ??
    [];
  if (!east) return undefined;
  const total = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || total > MOST_OFFSET) return undefined;
  if (total === 0) return 'UTC';
  const sign = prefix === 'Etc/GMT' ? (east === '+' ? '-' : '+') : east;
  return `${sign}${[Math.floor(total / 60), total % 60].map((n) => String(n).padStart(2, '0')).join(':')}`;
}

/** Minutes. */
const MOST_OFFSET = 14 * 60;

/** Whether there is such a zone: Intl does not mind the case of letters, and knows short names that Trino does not. */
function isNamedZone(name: string): boolean {
  if (!SHORT_NAMES.has(name) && !LONG_NAME.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return false;
  }
}

const WORD = '(?:[A-Z]{1,3}|(?:[A-Z]{1,2}[a-z]+)+)';
const PART = `${WORD}(?:[_-](?:of|es|au|${WORD}))*`;
const LONG_NAME = new RegExp(`^${PART}(?:/${PART})+$`);
const SHORT_NAMES = new Set(
  'CET CST6CDT Cuba EET EST5EDT Egypt Eire GB GB-Eire Hongkong Iceland Iran Israel Jamaica Japan Kwajalein Libya MET MST7MDT NZ NZ-CHAT Navajo PRC PST8PDT Poland Portugal ROK Singapore Turkey W-SU WET'.split(
    ' ',
  ),
);

export function zoneOf(type: SqlType): string {
  const zone = type.name === 'timestamp with time zone' ? (type.zone ?? 'UTC') : 'UTC';
  if (zone === MIXED_ZONES) throw notSupported('A column of timestamps with different time zones');
  return zone;
}

/** The moment as a date or timestamp of its own zone. */
export function localTime({ sql, type }: Typed): string {
  if (type.name === 'unknown') return `CAST(${sql} AS TIMESTAMP)`;
  if (type.name !== 'timestamp with time zone') return sql;
  const zone = zoneOf(type);
  if (zone === 'UTC') return `CAST(${sql} AS TIMESTAMP)`;
  const offset = offsetMinutes(zone);
  return offset === undefined
    ? `timezone(${quoteText(zone)}, ${sql})`
    : `(CAST(${sql} AS TIMESTAMP) + to_minutes(${offset}))`;
}

/** The instant at which it is that time in the zone; the earlier of two, where its clocks were set back. */
export function instantOf(local: string, zone: string): string {
  if (zone === 'UTC') return `CAST(${local} AS TIMESTAMPTZ)`;
  const offset = offsetMinutes(zone);
  return offset === undefined
    ? `trino_instant(${quoteText(zone)}, ${local})`
    : `CAST((${local} - to_minutes(${offset})) AS TIMESTAMPTZ)`;
}

/** DuckDB takes the later instant. Clocks are set back by an hour, or by half of one. */
export const INSTANT_MACRO = `CREATE MACRO trino_instant(zone, local) AS list_extract(list_transform([local], lambda t: CASE
  WHEN timezone(zone, timezone(zone, t) - to_minutes(60)) = t THEN timezone(zone, t) - to_minutes(60)
  WHEN timezone(zone, timezone(zone, t) - to_minutes(30)) = t THEN timezone(zone, t) - to_minutes(30)
  ELSE timezone(zone, t) END), 1)`;

function offsetMinutes(zone: string): string | undefined {
  const [, sign, hours = '', minutes = ''] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
  return sign && `(${sign}${Number(hours) * 60 + Number(minutes)})`;
}
