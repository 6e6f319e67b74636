import { duckType, quoteText, type SqlType } from '../../sql-type.js';
import { cast } from '../casts.js';
import { coerce, commonType, type Typed } from '../coercion.js';
import { isMoment } from '../intervals.js';
import { bound } from '../nested-values.js';
import { SqlFault } from '../sql-fault.js';
import { instantOf, localTime, zoned, zoneOf } from '../time-zones.js';
import type { CallSite, FunctionGroup } from './call-site.js';
import { formattedDate } from './date-format.js';
import { ofTime } from './times.js';
import { ZONED_SPECIALS } from './zoned-times.js';

const NOW = "date_trunc('millisecond', current_timestamp)";

export const DATE_FUNCTIONS: FunctionGroup = {
  title: 'Dates and times',
  scalars: `
current_date(): date = CAST(current_timestamp AS DATE)
current_timestamp(): timestamp with time zone = ${NOW}
now(): timestamp with time zone = ${NOW}
localtimestamp(): timestamp = CAST(${NOW} AS TIMESTAMP)
localtime(): time = CAST(CAST(${NOW} AS TIMESTAMP) AS TIME)
current_timezone(): varchar = 'UTC'
date(M): date = CAST(@1 AS DATE)
year(M): bigint = year(@1)
quarter(M): bigint = quarter(@1)
month(M): bigint = month(@1)
week(M): bigint = weekofyear(@1)
week_of_year(M): bigint = weekofyear(@1)
year_of_week(M): bigint = isoyear(@1)
yow(M): bigint = isoyear(@1)
day(M): bigint = day(@1)
day_of_month(M): bigint = day(@1)
day_of_week(M): bigint = isodow(@1)
dow(M): bigint = isodow(@1)
day_of_year(M): bigint = dayofyear(@1)
doy(M): bigint = dayofyear(@1)
hour(time): bigint = hour($1)
hour(timestamp): bigint = hour($1)
hour(timestamp with time zone): bigint = hour(@1)
minute(time): bigint = minute($1)
minute(timestamp): bigint = minute($1)
minute(timestamp with time zone): bigint = minute(@1)
second(time): bigint = second($1)
second(timestamp): bigint = second($1)
second(timestamp with time zone): bigint = second(@1)
millisecond(time): bigint = millisecond($1) % 1000
millisecond(timestamp): bigint = millisecond($1) % 1000
millisecond(timestamp with time zone): bigint = millisecond(@1) % 1000
year(interval year to month): bigint = trino_quotient($1, 12)
month(interval year to month): bigint = $1 % 12
day(interval day to second): bigint = trino_quotient($1, 86400000)
hour(interval day to second): bigint = trino_quotient($1 % 86400000, 3600000)
minute(interval day to second): bigint = trino_quotient($1 % 3600000, 60000)
second(interval day to second): bigint = trino_quotient($1 % 60000, 1000)
millisecond(interval day to second): bigint = $1 % 1000
to_milliseconds(interval day to second): bigint = $1
timezone_hour(timestamp with time zone): bigint = trino_quotient(epoch_ms(@1) - epoch_ms(CAST($1 AS TIMESTAMP)), 3600000)
timezone_minute(timestamp with time zone): bigint = trino_quotient((epoch_ms(@1) - epoch_ms(CAST($1 AS TIMESTAMP))) % 3600000, 60000)
last_day_of_month(M): date = last_day(@1)
to_unixtime(timestamp): double = epoch_ms($1) / CAST(1000 AS DOUBLE)
to_unixtime(timestamp with time zone): double = epoch_ms($1) / CAST(1000 AS DOUBLE)
from_unixtime(double): timestamp with time zone = to_timestamp(floor($1 * 1000 + 0.5) / 1000)
date_format(timestamp, varchar): varchar = trino_date_format(epoch_ms($1), $2)
date_format(timestamp with time zone, varchar): varchar = trino_date_format(epoch_ms(@1), $2)
date_parse(varchar, varchar): timestamp = make_timestamp_ms(trino_date_parse($1, $2))
from_iso8601_date(varchar): date = CAST(make_timestamp_ms(trino_from_iso8601_date($1)) AS DATE)
to_iso8601(date): varchar(16) = trino_date_text($1, '')
to_iso8601(timestamp): varchar(26) = trino_timestamp_text($1, 'T')
to_iso8601(timestamp with time zone): varchar(32) = trino_timestamp_text(@1, 'T') || trino_offset(CAST(epoch_ms(@1) - epoch_ms(CAST($1 AS TIMESTAMP)) AS BIGINT), 'Z')
parse_duration(varchar): interval day to second = trino_parse_duration($1)
`,
  specials: {
    date_trunc: (call) => ofTime(call) ?? truncation(call),
    date_add: (call) => ofTime(call) ?? addition(call),
    date_diff: (call) => ofTime(call) ?? difference(call),
    date: ofText,
    date_format: formattedDate,
    ...ZONED_SPECIALS,
  },
  refused: {
    'It has the type time with time zone, or more digits than milliseconds':
      'current_time from_iso8601_timestamp_nanos from_unixtime_nanos',
    'It is of a session that is not here':
      'current_user current_catalog current_schema current_groups current_path current_role',
  },
};

export const DATE_MACROS = [
  'CREATE MACRO trino_quotient(a, b) AS CASE WHEN a < 0 THEN -(-a // b) ELSE a // b END',
  `CREATE MACRO trino_offset(ms, zero) AS CASE WHEN ms = 0 THEN zero ELSE
    CASE WHEN ms < 0 THEN '-' ELSE '+' END || lpad(CAST(abs(ms) // 3600000 AS VARCHAR), 2, '0')
    || ':' || lpad(CAST(abs(ms) // 60000 % 60 AS VARCHAR), 2, '0') END`,
];

const DATE_UNITS = ['day', 'week', 'month', 'quarter', 'year'];
const TIME_UNITS = ['millisecond', 'second', 'minute', 'hour'];

/** @throws SqlFault for a unit that values of the type do not have. */
function checkUnit(call: CallSite, type: SqlType): string {
  const unit = call.literal(0);
  const lower = unit.toLowerCase();
  if (!isMoment(type)) throw call.unexpected();
  if (DATE_UNITS.includes(lower) || (type.name !== 'date' && TIME_UNITS.includes(lower))) return lower;
  const kind = type.name === 'date' ? 'DATE' : 'TIMESTAMP';
  throw new SqlFault('INVALID_FUNCTION_ARGUMENT', `'${unit}' is not a valid ${kind} field`, call.at);
}

/** What `change` makes of the time in its own zone, as the type that the value has. */
function inOwnZone(value: Typed, change: (local: string) => string): Typed {
  const { type } = value;
  const local = change(localTime(value));
  const sql =
    type.name === 'timestamp with time zone'
      ? instantOf(`CAST(${local} AS TIMESTAMP)`, zoneOf(type))
      : `CAST(${local} AS ${duckType(type)})`;
  return { sql, type };
}

function truncation(call: CallSite): Typed {
  const value = call.value(1);
  if (!value || call.args.length !== 2) throw call.unexpected();
  const unit = checkUnit(call, value.type);
  // The hour that comes twice in a night has two beginnings.
  if (value.type.name === 'timestamp with time zone' && !DATE_UNITS.includes(unit))
    return { sql: bound(value.sql, (sql) => sinceLocal(unit, { sql, type: value.type })), type: value.type };
  return inOwnZone(value, (local) => `date_trunc('${unit}', ${local})`);
}

/** The instant less what has gone by of the unit on the clocks of its zone. */
function sinceLocal(unit: string, value: Typed): string {
  const local = localTime(value);
  return `(${value.sql} - (${local} - date_trunc('${unit}', ${local})))`;
}

const STEPS: Readonly<Record<string, readonly [number, string]>> = {
  millisecond: [1000, 'to_microseconds'],
  second: [1_000_000, 'to_microseconds'],
  minute: [60_000_000, 'to_microseconds'],
  hour: [3_600_000_000, 'to_microseconds'],
  day: [1, 'to_days'],
  week: [7, 'to_days'],
  month: [1, 'to_months'],
  quarter: [3, 'to_months'],
  year: [12, 'to_months'],
};

function addition(call: CallSite): Typed {
  const value = call.value(2);
  if (!value || call.args.length !== 3) throw call.unexpected();
  const unit = checkUnit(call, value.type);
  const amount = call.as(1, { name: 'bigint' }).sql;
  const [factor, make] = STEPS[unit] ?? [1, 'to_days'];
  const count =
    make === 'to_microseconds' ? `(${amount} * ${factor})` : `CAST(${amount} * ${factor} AS INTEGER)`;
  if (make === 'to_microseconds') return { sql: `(${value.sql} + ${make}(${count}))`, type: value.type };
  return inOwnZone(value, (local) => `(${local} + ${make}(${count}))`);
}

/** DuckDB's date_diff counts the boundaries crossed, its date_sub whole units, as Trino does. */
function difference(call: CallSite): Typed {
  const [from, to] = [call.value(1), call.value(2)];
  const type = from && to && commonType(from.type, to.type);
  if (!from || !to || !type || call.args.length !== 3) throw call.unexpected();
  const unit = checkUnit(call, type);
  const calendar = DATE_UNITS.includes(unit);
  // Both are taken for times of the first one's zone.
  const local = (value: Typed) => localTime({ ...value, type: zoned(zoneOf(from.type)) });
  const [a, b] = [from, to].map((side) => {
    const value = side.type.name === type.name ? side : coerce(side, type);
    if (type.name !== 'timestamp with time zone') return value.sql;
    return calendar ? local(value) : `CAST(${value.sql} AS TIMESTAMP)`;
  });
  return { sql: `date_sub(${quoteText(unit)}, ${a}, ${b})`, type: { name: 'bigint' } };
}

/** date(text) is a cast. */
function ofText(call: CallSite): Typed | undefined {
  const value = call.value(0);
  if (value?.type.name !== 'varchar' || call.args.length !== 1) return undefined;
  return cast(value, { name: 'date' }, false, call.at);
}
