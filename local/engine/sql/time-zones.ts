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
 * The zone's name as Trino writes it, such as `Europe/Paris` or `+05:30`.
 * @throws SqlFault if there is no such zone.
 */
export function knownZone(name: string, at: number): string {
  if (/^(?:UTC|Z|GMT|UT|[+-]00:?00|Etc\/UTC)$/i.test(name)) return 'UTC';
  const [, sign, hours = '', minutes = '00'] = /^([+-])(\d{1,2})(?::?(\d\d))?$/.exec(name) ?? [];
  if (sign && Number(hours) <= 14 && Number(minutes) < 60)
    return `${sign}${hours.padStart(2, '0')}:${minutes}`;
  try {
    if (/^[A-Za-z]+(?:\/[A-Za-z_+-]+\d*)+$/.test(name))
      return properCase(new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone, name);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new SqlFault('INVALID_FUNCTION_ARGUMENT', `'${name}' is not a valid time zone`, at);
}

/** The name as it was written, in the letters that the zone has: it may be an old one of a zone that was renamed. */
function properCase(resolved: string, name: string): string {
  return resolved.toLowerCase() === name.toLowerCase() ? resolved : name;
}

export function zoneOf(type: SqlType): string {
  const zone = type.name === 'timestamp with time zone' ? (type.zone ?? 'UTC') : 'UTC';
  if (zone === MIXED_ZONES) throw notSupported('A column of timestamps with different time zones');
  return zone;
}

/** The moment as a date or timestamp of its own zone. */
export function localTime({ sql, type }: Typed): string {
  if (type.name !== 'timestamp with time zone') return sql;
  const zone = zoneOf(type);
  if (zone === 'UTC') return `CAST(${sql} AS TIMESTAMP)`;
  const offset = offsetMinutes(zone);
  return offset === undefined
    ? `timezone(${quoteText(zone)}, ${sql})`
    : `(CAST(${sql} AS TIMESTAMP) + to_minutes(${offset}))`;
}

/** The instant at which it is that time in the zone. */
export function instantOf(local: string, zone: string): string {
  if (zone === 'UTC') return `CAST(${local} AS TIMESTAMPTZ)`;
  const offset = offsetMinutes(zone);
  return offset === undefined
    ? `timezone(${quoteText(zone)}, ${local})`
    : `CAST((${local} - to_minutes(${offset})) AS TIMESTAMPTZ)`;
}

function offsetMinutes(zone: string): string | undefined {
  const [, sign, hours = '', minutes = ''] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
  return sign && `(${sign}${Number(hours) * 60 + Number(minutes)})`;
}
