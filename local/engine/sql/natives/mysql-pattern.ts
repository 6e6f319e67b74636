import { type Field, FieldReader } from './field-reader.js';
import { utcDay } from './iso8601.js';
import { TrinoError } from './native.js';

export const MONTHS =
  'January February March April May June July August September October November December'.split(' ');
export const DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');

export function digits(value: number, width: number): string {
  return `${value < 0 ? '-' : ''}${String(Math.abs(value)).padStart(width, '0')}`;
}

/** Day of the week, Monday as 1. */
export function weekdayOf(date: Date): number {
  return ((date.getUTCDay() + 6) % 7) + 1;
}

export function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - (utcDay(date.getUTCFullYear(), 1, 1) ?? 0)) / 86_400_000) + 1;
}

/** ISO 8601's year and week. */
export function weekOf(date: Date): { readonly year: number; readonly week: number } {
  const thursday = new Date(date.getTime() + (4 - weekdayOf(date)) * 86_400_000);
  return { year: thursday.getUTCFullYear(), week: Math.ceil(dayOfYear(thursday) / 7) };
}

/** A time by MySQL's letters, as date_format writes it. */
export function formatMysql(date: Date, pattern: string): string {
  return complete(pattern).replace(/%(.)/gs, (_, letter: string) => letterOf(date, letter));
}

/** Without a last % that no letter follows, which Trino ignores. */
function complete(pattern: string): string {
  const items = (pattern.match(/%.|[^%]/gs) ?? []).join('');
  if (items !== '') return items;
  throw new TrinoError('INVALID_FUNCTION_ARGUMENT', 'Both printing and parsing not supported');
}

function letterOf(date: Date, letter: string): string {
  const [month, hour] = [date.getUTCMonth(), date.getUTCHours()];
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  const time = (h: number) =>
    [h, date.getUTCMinutes(), date.getUTCSeconds()].map((n) => digits(n, 2)).join(':');
  const half = hour < 12 ? 'AM' : 'PM';
  switch (letter) {
    case 'a':
      return (DAYS[weekdayOf(date) - 1] ?? '').slice(0, 3);
    case 'b':
      return (MONTHS[month] ?? '').slice(0, 3);
    case 'c':
      return String(month + 1);
    case 'd':
      return digits(date.getUTCDate(), 2);
    case 'e':
      return String(date.getUTCDate());
    case 'f':
      return `${digits(date.getUTCMilliseconds(), 3)}000`;
    case 'H':
      return digits(hour, 2);
    case 'h':
    case 'I':
      return digits(twelve, 2);
    case 'i':
      return digits(date.getUTCMinutes(), 2);
    case 'j':
      return digits(dayOfYear(date), 3);
    case 'k':
      return String(hour);
    case 'l':
      return String(twelve);
    case 'M':
      return MONTHS[month] ?? '';
    case 'm':
      return digits(month + 1, 2);
    case 'p':
      return half;
    case 'r':
      return `${time(twelve)} ${half}`;
    case 'S':
    case 's':
      return digits(date.getUTCSeconds(), 2);
    case 'T':
      return time(hour);
    case 'v':
      return digits(weekOf(date).week, 2);
    case 'W':
      return DAYS[weekdayOf(date) - 1] ?? '';
    case 'x':
      return digits(weekOf(date).year, 4);
    case 'Y':
      return digits(date.getUTCFullYear(), 4);
    case 'y':
      return digits(Math.abs(date.getUTCFullYear()) % 100, 2);
    default:
      checkLetter(letter);
      return letter;
  }
}

function checkLetter(letter: string): void {
  if ('DUuVwX'.includes(letter))
    throw new TrinoError('INVALID_FUNCTION_ARGUMENT', `%${letter} not supported in date format string`);
}

/** Milliseconds of a time that is written by MySQL's letters, as date_parse reads it. */
export function parseMysql(text: string, pattern: string): number {
  const reader = new FieldReader(text);
  const expanded = complete(pattern).replaceAll('%r', '%I:%i:%S %p').replaceAll('%T', '%H:%i:%S');
  for (const [item, letter] of expanded.matchAll(/%(.)|[^%]/gs)) {
    if (letter === undefined) reader.exactly(item);
    else readLetter(reader, letter);
  }
  return reader.finish();
}

function readLetter(reader: FieldReader, letter: string): void {
  const field = Object.hasOwn(TWO_DIGITS, letter) ? TWO_DIGITS[letter] : undefined;
  if (field) reader.number(field, 2);
  else if (letter === 'Y') reader.signed('year', 4);
  else if (letter === 'x') reader.signed('weekYear', 4);
  else if (letter === 'j') reader.number('dayOfYear', 3);
  else if (letter === 'y') reader.shortYear(PIVOT);
  else if (letter === 'f') reader.fraction(9);
  else if (letter === 'p') reader.half();
  else if (letter === 'a' || letter === 'W') reader.name(DAYS, 'weekday');
  else if (letter === 'b' || letter === 'M') reader.name(MONTHS, 'month');
  else {
    checkLetter(letter);
    reader.exactly(letter);
  }
}

/** Two digits of a year are of the hundred years around it, as in Trino's date_parse. */
const PIVOT = 2020;

const TWO_DIGITS: Readonly<Record<string, Field>> = {
  d: 'day',
  e: 'day',
  c: 'month',
  m: 'month',
  H: 'hour',
  k: 'hour',
  h: 'twelve',
  I: 'twelve',
  l: 'twelve',
  i: 'minute',
  S: 'second',
  s: 'second',
  v: 'week',
};
