import { parseIsoDate, parseIsoTimestamp } from './iso8601.js';
import { formatJoda, parseJoda } from './joda-pattern.js';
import { formatMysql, parseMysql } from './mysql-pattern.js';
import { type Native, native, TrinoError } from './native.js';

/** What Trino's functions of dates and texts do; moments are milliseconds since 1970, in the time of their zone. */
export const DATE_NATIVES: readonly Native[] = [
  native('trino_date_format', ['bigint', 'text'], 'text', (millis, pattern) =>
    formatMysql(dateOf(millis), pattern),
  ),
  native('trino_date_parse', ['text', 'text'], 'bigint', (text, pattern) =>
    BigInt(parseMysql(text, pattern)),
  ),
  native(
    'trino_format_datetime',
    ['bigint', 'bigint', 'text', 'text'],
    'text',
    (millis, offset, zone, pattern) => formatJoda(dateOf(millis), Number(offset) / 60_000, zone, pattern),
  ),
  native('trino_parse_datetime', ['text', 'text'], 'bigint', (text, pattern) => {
    const { millis, offset, zone } = parseJoda(text, pattern);
    if (offset !== 0 || zone !== undefined) throw zonePerValue('parse_datetime');
    return BigInt(millis);
  }),
  native('trino_from_iso8601_timestamp', ['text'], 'bigint', (text) => {
    const parsed = parseIsoTimestamp(text);
    if (!parsed) throw new TrinoError('INVALID_FUNCTION_ARGUMENT', `Invalid format: "${text}"`);
    if (!/^(?:Z|[+-]00(?::?00)?)$/.test(parsed.zone)) throw zonePerValue('from_iso8601_timestamp');
    return BigInt(parsed.millis);
  }),
  native('trino_from_iso8601_date', ['text'], 'bigint', (text) => {
    const millis = parseIsoDate(text);
    if (millis === undefined) throw new TrinoError('INVALID_FUNCTION_ARGUMENT', `Invalid format: "${text}"`);
    return BigInt(millis);
  }),
  native('trino_parse_duration', ['text'], 'bigint', (text) => {
    const [, number = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/.exec(text) ?? [];
    const size = Object.hasOwn(DURATIONS, unit) ? DURATIONS[unit] : undefined;
    if (number === '' || size === undefined)
      throw new TrinoError(
        'INVALID_FUNCTION_ARGUMENT',
        `duration is not a valid data duration string: ${text}`,
      );
    return BigInt(Math.round(Number(number) * size));
  }),
];

/** @throws TrinoError for a year of which JavaScript has no date. */
function dateOf(millis: bigint): Date {
  const date = new Date(Number(millis));
  if (Number.isNaN(date.getTime()))
    throw new TrinoError('NOT_SUPPORTED', 'A year beyond 275760 is not supported by local AWS');
  return date;
}

/** Milliseconds. */
const DURATIONS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

function zonePerValue(name: string): TrinoError {
  return new TrinoError(
    'NOT_SUPPORTED',
    `${name} of a computed text with a time zone other than UTC is not supported by local AWS`,
  );
}
