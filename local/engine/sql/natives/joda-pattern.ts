import { type Field, FieldReader } from './field-reader.js';
import { DAYS, dayOfYear, digits, MONTHS, weekdayOf, weekOf } from './mysql-pattern.js';
import { TrinoError } from './native.js';

/** Runs of one letter, quoted texts, and other characters. */
const ITEM = /([a-zA-Z])\1*|'(?:[^']|'')*'|[^a-zA-Z']/gs;

/** A time by Joda-Time's letters, as format_datetime writes it; the offset of its zone is in minutes. */
export function formatJoda(date: Date, offset: number, zone: string, pattern: string): string {
  return pattern.replace(ITEM, (item, letter?: string) => {
    if (letter === undefined) return item.startsWith("'") ? unquoted(item) : item;
    return written(date, offset, zone, letter, item.length);
  });
}

function unquoted(item: string): string {
  return item === "''" ? "'" : item.slice(1, -1).replaceAll("''", "'");
}

function unknown(letter: string): TrinoError {
  return new TrinoError('INVALID_FUNCTION_ARGUMENT', `Illegal pattern component: ${letter}`);
}

function written(date: Date, offset: number, zone: string, letter: string, count: number): string {
  const [month, hour] = [date.getUTCMonth(), date.getUTCHours()];
  const week = weekOf(date);
  const name = (names: readonly string[], index: number) =>
    count >= 4 ? (names[index] ?? '') : (names[index] ?? '').slice(0, 3);
  const year = (value: number) => (count === 2 ? digits(value % 100, 2) : digits(value, count));
  switch (letter) {
    case 'G':
      return date.getUTCFullYear() > 0 ? 'AD' : 'BC';
    case 'C':
      return digits(Math.floor(date.getUTCFullYear() / 100), count);
    case 'Y':
    case 'y':
      return year(date.getUTCFullYear());
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

/** Milliseconds of a time as written, and the minutes of its zone, as parse_datetime reads it. */
export function parseJoda(
  text: string,
  pattern: string,
): { readonly millis: number; readonly offset: number } {
  const reader = new FieldReader(text);
  const items = [...pattern.matchAll(ITEM)];
  for (const [i, [item, letter]] of items.entries()) {
    // A number takes all digits there are, unless another number stands right behind it.
    const width = /[YyxwedDhHKkmsSM]/.test(items[i + 1]?.[1] ?? '') ? item.length : undefined;
    if (letter === undefined) reader.exactly(item.startsWith("'") ? unquoted(item) : item);
    else read(reader, letter, item.length, width);
  }
  return { millis: reader.finish(), offset: reader.offsetMinutes };
}

const NUMBERS: Readonly<Record<string, Field>> = {
  w: 'week',
  e: 'weekday',
  D: 'dayOfYear',
  d: 'day',
  h: 'twelve',
  K: 'twelve',
  H: 'hour',
  k: 'hour',
  m: 'minute',
  s: 'second',
};

function read(reader: FieldReader, letter: string, count: number, width: number | undefined): void {
  const field = Object.hasOwn(NUMBERS, letter) ? NUMBERS[letter] : undefined;
  if (field) reader.number(field, width ?? (letter === 'D' ? 3 : 2));
  else if (letter === 'Y' || letter === 'y') {
    if (count === 2) reader.shortYear();
    else reader.number('year', width ?? 9);
  } else if (letter === 'x') reader.number('weekYear', width ?? 9);
  else if (letter === 'M') {
    if (count >= 3) reader.name(MONTHS, 'month');
    else reader.number('month', 2);
  } else if (letter === 'E') reader.name(DAYS, 'weekday');
  else if (letter === 'a') reader.half();
  else if (letter === 'S') reader.fraction(count);
  else if (letter === 'Z' && count < 3) reader.offset();
  else if (letter === 'Z' || letter === 'z')
    throw new TrinoError(
      'NOT_SUPPORTED',
      "A time zone's name in parse_datetime is not supported by local AWS",
    );
  else throw unknown(letter);
}
