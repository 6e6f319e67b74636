import type { SqlType } from '../../sql-type.js';
import { coerce, type Typed } from '../coercion.js';
import { intervalLength } from '../interval-literal.js';
import { parseIsoTimestamp } from '../natives/iso8601.js';
import { parseJoda } from '../natives/joda-pattern.js';
import { TrinoError } from '../natives/native.js';
import { boundAll } from '../nested-values.js';
import { notSupported, SqlFault } from '../sql-fault.js';
import type { Expression } from '../syntax.js';
import { instantOf, knownZone, localTime, zoned } from '../time-zones.js';
import type { CallSite, SpecialFunction } from './call-site.js';

const VARCHAR: SqlType = { name: 'varchar' };

/** Functions that say the zone of what they give. It has to be known before the query runs, so it has to be a literal. */
export const ZONED_SPECIALS: Readonly<Record<string, SpecialFunction>> = {
  at_timezone: (call) => {
    const value = call.value(0);
    if (!value || call.args.length !== 2) throw call.unexpected();
    return atTimeZone(value, call.written[1], call.at);
  },
  with_timezone: (call) => {
    if (call.args.length !== 2) throw call.unexpected();
    const zone = knownZone(call.literal(1), call.at);
    return { sql: instantOf(call.as(0, { name: 'timestamp' }).sql, zone), type: zoned(zone) };
  },
  from_unixtime: (call) => {
    if (call.args.length < 2) return undefined;
    const seconds = call.as(0, { name: 'double' }).sql;
    const zone = knownZone(call.args.length === 2 ? call.literal(1) : writtenOffset(call), call.at);
    return { sql: `to_timestamp(floor(${seconds} * 1000 + 0.5) / 1000)`, type: zoned(zone) };
  },
  timezone: (call) => {
    const value = call.value(0);
    if (value?.type.name !== 'timestamp with time zone') throw call.unexpected();
    return { sql: `'${value.type.zone ?? 'UTC'}'`, type: VARCHAR };
  },
  from_iso8601_timestamp: (call) => {
    if (call.args.length !== 1) throw call.unexpected();
    const parsed = call.hasLiteral(0) ? parseIsoTimestamp(call.literal(0)) : undefined;
    if (parsed)
      return { sql: `to_timestamp(${parsed.millis} / 1000e0)`, type: zoned(knownZone(parsed.zone, call.at)) };
    const millis = `trino_from_iso8601_timestamp(${call.as(0, VARCHAR).sql})`;
    return { sql: `CAST(make_timestamp_ms(${millis}) AS TIMESTAMPTZ)`, type: zoned('UTC') };
  },
  parse_datetime: (call) => {
    if (call.args.length !== 2) throw call.unexpected();
    const [text, pattern] = [call.as(0, VARCHAR).sql, call.as(1, VARCHAR).sql];
    const parsed = call.hasLiteral(0) && call.hasLiteral(1) ? parsedLiterals(call) : undefined;
    if (parsed) return parsed;
    const sql = `CAST(make_timestamp_ms(trino_parse_datetime(${text}, ${pattern})) AS TIMESTAMPTZ)`;
    return { sql, type: zoned('UTC') };
  },
  format_datetime: (call) => {
    const value = call.value(0);
    if (!value || call.args.length !== 2) throw call.unexpected();
    const moment = value.type.name === 'date' ? coerce(value, { name: 'timestamp' }) : value;
    if (!moment.type.name.startsWith('timestamp')) throw call.unexpected();
    const zone = moment.type.name === 'timestamp with time zone' ? (moment.type.zone ?? 'UTC') : 'UTC';
    const sql = boundAll([moment.sql, call.as(1, VARCHAR).sql], ([time = '', pattern]) => {
      const [local, utc] = [localTime({ ...moment, sql: time }), `CAST(${time} AS TIMESTAMP)`];
      return `trino_format_datetime(epoch_ms(${local}), epoch_ms(${local}) - epoch_ms(${utc}), '${zone}', ${pattern})`;
    });
    return { sql, type: VARCHAR };
  },
};

/** AT TIME ZONE: the same instant in another zone; a timestamp without one is of UTC, which the session's is. */
export function atTimeZone(value: Typed, zone: Expression | undefined, at: number): Typed {
  if (value.type.name === 'time') throw notSupported('The type time with time zone', at);
  if (!value.type.name.startsWith('timestamp') && value.type.name !== 'unknown')
    throw new SqlFault(
      'TYPE_MISMATCH',
      'Type of value must be a time or timestamp with or without time zone',
      at,
    );
  const type = zoned(knownZone(writtenZone(zone, at), at));
  return { sql: `CAST(${value.sql} AS TIMESTAMPTZ)`, type };
}

function writtenZone(zone: Expression | undefined, at: number): string {
  if (zone?.kind === 'literal' && zone.type === 'string') return zone.text;
  if (zone?.kind !== 'interval' || /^(?:YEAR|MONTH)$/.test(zone.from))
    throw notSupported('A computed time zone', at);
  const minutes = intervalLength(zone, at) / 60_000;
  if (Number.isInteger(minutes)) return writtenMinutes(minutes);
  throw new SqlFault(
    'INVALID_FUNCTION_ARGUMENT',
    'Invalid time zone offset interval: interval contains seconds',
    at,
  );
}

/** parse_datetime of two literals, which say the zone; nothing where it will fail, as TRY may catch that. */
function parsedLiterals(call: CallSite): Typed | undefined {
  try {
    const { millis, offset, zone: name } = parseJoda(call.literal(0), call.literal(1));
    const zone = knownZone(name ?? writtenMinutes(offset), call.at);
    return { sql: instantOf(`make_timestamp_ms(${millis})`, zone), type: zoned(zone) };
  } catch (error) {
    if (error instanceof TrinoError) return undefined;
    throw error;
  }
}

/** from_unixtime(seconds, hours, minutes) */
function writtenOffset(call: CallSite): string {
  const [hours, minutes] = [1, 2].map((i) => {
    const expression = call.written[i];
    if (expression?.kind !== 'literal' || expression.type !== 'integer')
      throw notSupported('A computed time zone', call.at);
    return Number(expression.text);
  });
  return writtenMinutes((hours ?? 0) * 60 + (minutes ?? 0));
}

/** `+05:30` for 330. */
function writtenMinutes(total: number): string {
  const digits = (value: number) => String(value).padStart(2, '0');
  return `${total < 0 ? '-' : '+'}${digits(Math.floor(Math.abs(total) / 60))}:${digits(Math.abs(total) % 60)}`;
}
