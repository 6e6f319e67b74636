import { decimalText } from './number-text.js';

/**
 * A timestamp by the OpenX JSON SerDe's rules as DuckDB reads it, or nothing: ISO 8601 with `Z` and no
 * other offset, the form with a space, or an epoch number (below 1e12 seconds, from there on milliseconds). Digits
 * beyond the microsecond are cut, as the Parquet file keeps microseconds.
 */
export function openXTimestamp(text: string): string | undefined {
  const iso = ISO.exec(text);
  return iso ? checked(iso) : (sqlTimestamp(text) ?? epochText(text));
}

/** A timestamp in the form that java.sql.Timestamp has, with a space, as DuckDB reads it, or nothing. */
export function sqlTimestamp(text: string): string | undefined {
  const parts = SPACED.exec(text);
  return parts ? checked(parts) : undefined;
}

function checked(parts: RegExpExecArray): string | undefined {
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = ''] = parts;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (Number(month) > 12 || Number(day) < 1 || Number(day) > daysIn(Number(year), Number(month)))
    return undefined;
  const date = `${year}-${two(month)}-${two(day)}`;
  return `${date} ${two(hour)}:${two(minute)}:${two(second)}.${fraction.slice(0, 6).padEnd(6, '0')}`;
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/;
const SPACED = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9}))?$/;
const MILLISECONDS_FROM = 1e12;

function two(text: string): string {
  return text.length === 1 ? `0${text}` : text;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : month === 0 ? 0 : 31;
}

function epochText(text: string): string | undefined {
  // Twenty digits after the point are more than any clock writes; a number with more of them does not fit.
  const plain = decimalText(text, 38, 20);
  if (plain === undefined) return undefined;
  const [whole = '0', fraction = '0'] = plain.replace('-', '').split('.');
  const milliseconds = Number(plain) >= MILLISECONDS_FROM;
  const places = milliseconds ? 3 : 6;
  const size = BigInt(whole + fraction.padEnd(places, '0').slice(0, places));
  const micros = plain.startsWith('-') ? -size : size;
  const second = micros >= 0n ? micros / 1_000_000n : (micros - 999_999n) / 1_000_000n;
  const instant = new Date(Number(second) * 1000);
  if (Number.isNaN(instant.getTime())) return undefined;
  const iso = instant.toISOString();
  // Years outside 0000 to 9999 have a sign and six digits.
  if (iso.length !== 24) return undefined;
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}.${String(micros - second * 1_000_000n).padStart(6, '0')}`;
}
