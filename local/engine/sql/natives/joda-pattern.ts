import { type Field, FieldReader } from './field-reader.js';
import { DAYS, dayOfYear, digits, MONTHS, weekdayOf, weekOf } from './mysql-pattern.js';
import { TrinoError } from './native.js';

/** Runs of one letter, quoted texts, and other characters. */
const ITEM = /([a-zA-Z])\1*|'(?:[^']|'')*'|[^a-zA-Z']/gs;

/** A time by Joda-Time's letters, as format_datetime writes it; the offset of its zone is in minutes. */
export function formatJoda(date: Date, offset: number, zone: string, pattern: string): string {
  checkNotEmpty(pattern);
  return pattern.replace(ITEM, (item, letter?: string) => {
    if (letter === undefined) return item.startsWith("'") ? unquoted(item) : item;
    return written(date, offset, zone, letter, item.length);
  });
}

function unquoted(item: string): string {
  return item === "''" ? "'" : item.slice(1, -1).replaceAll("''", "'");
}

function checkNotEmpty(pattern: string): void {
  if (pattern === '') throw new TrinoError('INVALID_FUNCTION_ARGUMENT', 'Invalid pattern specification');
}

function unknown(letter: string): TrinoError {
  return new TrinoError('INVALID_FUNCTION_ARGUMENT', `Illegal pattern component: ${letter}`);
}

function written(date: Date, offset: number, zone: string, letter: string, count: number): string {
  const [month, hour] = [date.getUTCMonth(), date.getUTCHours()];
  const week = weekOf(date);
  const name = (names: readonly string[], index: number) =>
    count >= 4 ? (names[index] ?? '') : (names[index] ?? '').slice(0, 3);
  const full = date.getUTCFullYear();
  // Of its era: there was no year 0.
  const ofEra = full > 0 ? full : 1 - full;
  const year = (value: number) => (count === 2 ? digits(Math.abs(value) % 100, 2) : digits(value, count));
  switch (letter) {
    case 'G':
      return full > 0 ? 'AD' : 'BC';
    case 'C':
      return digits(Math.floor(ofEra / 100), count);
    case 'Y':
      return count === 2 ? year(full) : year(ofEra);
    case 'y':
      return year(full);
    case 'x':
      return year(week.year);
    case 'w':
      return digits(week.week, count);
    case 'e':
      return digits(weekdayOf(date), count);
    case 'E':
      return name(DAYS, weekdayOf(date) - 1);
    case 'D':
      return digits(dayOfYear(date), count);
    case 'M':
      return count >= 3 ? name(MONTHS, month) : digits(month + 1, count);
    case 'd':
      return digits(date.getUTCDate(), count);
    case 'a':
      return hour < 12 ? 'AM' : 'PM';
    case 'K':
      return digits(hour % 12, count);
    case 'h':
      return digits(hour % 12 === 0 ? 12 : hour % 12, count);
    case 'H':
      return digits(hour, count);
    case 'k':
      return digits(hour === 0 ? 24 : hour, count);
    case 'm':
      return digits(date.getUTCMinutes(), count);
    case 's':
      return digits(date.getUTCSeconds(), count);
    case 'S':
      return digits(date.getUTCMilliseconds(), 3).padEnd(count, '0').slice(0, count);
    case 'Z': {
      if (count >= 3) return zone;
      const size = Math.abs(offset);
      const hours = digits(Math.floor(size / 60), 2);
      return `${offset < 0 ? '-' : '+'}${hours}${count === 2 ? ':' : ''}${digits(size % 60, 2)}`;
    }
    case 'z':
      if (zone !== 'UTC')
        throw new TrinoError('NOT_SUPPORTED', "A time zone's short name (z) is not supported by local AWS");
      return count >= 4 ? 'Coordinated Universal Time' : 'UTC';
    default:
      throw unknown(letter);
  }
}

/** What parse_datetime reads: milliseconds of a time as written, the minutes of its zone, and the zone's name if it has one. */
export function parseJoda(
  text: string,
  pattern: string,
): { readonly millis: number; readonly offset: number; readonly zone?: string } {
  checkNotEmpty(pattern);
  const reader = new FieldReader(text);
  const items = [...pattern.matchAll(ITEM)];
  let zone: string | undefined;
  for (const [i, [item, letter]] of items.entries()) {
    // A year takes all digits there are, unless another number stands right behind it.
    const [next = '', nextLetter = ''] = items[i + 1] ?? [];
    const isNumberNext = /[CxyYdhHmsSeDwkK]/.test(nextLetter) || /^MM?$/.test(next);
    if (letter === undefined) reader.exactly(item.startsWith("'") ? unquoted(item) : item);
    else if (letter === 'Z' && item.length >= 3) zone = reader.zone();
    else read(reader, letter, item.length, isNumberNext);
  }
  return { millis: reader.finish(), offset: reader.offsetMinutes, ...(zone !== undefined && { zone }) };
}

const NUMBERS: Readonly<Record<string, Field>> = {
  w: 'week',
  e: 'weekday',
  D: 'dayOfYear',
  d: 'day',
  h: 'twelve',
  H: 'hour',
  m: 'minute',
  s: 'second',
};

/** The greatest numbers' digits, where not two. */
const WIDTHS: Readonly<Record<string, number>> = { D: 3, e: 1 };

function read(reader: FieldReader, letter: string, count: number, isNumberNext: boolean): void {
  const field = Object.hasOwn(NUMBERS, letter) ? NUMBERS[letter] : undefined;
  const width = isNumberNext ? count : 9;
  if (field) reader.number(field, WIDTHS[letter] ?? 2);
  else if (letter === 'k') reader.otherHour('hour');
  else if (letter === 'K') reader.otherHour('twelve');
  else if (letter === 'Y' || letter === 'y') {
    // Joda-Time's, of which the years to come are fewer.
    const pivot = new Date().getFullYear() - 30;
    if (count !== 2) reader.signed('year', width);
    else if (isNumberNext) reader.shortYear(pivot);
    else reader.lenientYear(pivot);
  } else if (letter === 'x') reader.signed('weekYear', width);
  else if (letter === 'M') {
    if (count >= 3) reader.name(MONTHS, 'month');
    else reader.number('month', 2);
  } else if (letter === 'E') reader.name(DAYS, 'weekday');
  else if (letter === 'a') reader.half();
  else if (letter === 'S') reader.fraction(count);
  else if (letter === 'Z') reader.offset();
  else if (letter === 'z')
    throw new TrinoError(
      'NOT_SUPPORTED',
      "A time zone's name in parse_datetime is not supported by local AWS",
    );
  else throw unknown(letter);
}
