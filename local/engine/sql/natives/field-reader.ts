import { isoWeekDay, ordinalDay, utcDay } from './iso8601.js';
import { TrinoError } from './native.js';

export type Field =
  | ('year' | 'month' | 'day' | 'hour' | 'twelve' | 'minute' | 'second' | 'millis' | 'offset')
  | ('dayOfYear' | 'weekYear' | 'week' | 'weekday' | 'pm');

/** Numbers of at most so many digits, without a sign and with one. */
const [NUMBERS, SIGNED] = [numbers(''), numbers('[+-]?')];

function numbers(sign: string): readonly RegExp[] {
  return Array.from({ length: 10 }, (_, width) => new RegExp(`${sign}\\d{1,${Math.max(width, 1)}}`, 'y'));
}

/** Of any other width. */
const NUMBER = /\d+/y;

/** Reads the fields of a time one after the other from a text, and makes the time of them. */
export class FieldReader {
  private at = 0;
  private readonly fields = new Map<Field, number>();

  constructor(private readonly text: string) {}

  /** Letters may be large or small. */
  exactly(expected: string): void {
    const found = this.text.slice(this.at, this.at + expected.length);
    if (found.toLowerCase() !== expected.toLowerCase()) throw this.malformed();
    this.at += expected.length;
  }

  /** A number of at most so many digits. */
  number(field: Field, width: number): void {
    this.fields.set(field, Number(this.take(NUMBERS[width] ?? NUMBER)));
  }

  /** The same with a sign, as years have. */
  signed(field: Field, width: number): void {
    this.fields.set(field, Number(this.take(SIGNED[width] ?? NUMBER)));
  }

  /** Two digits, of the hundred years from 50 before the pivot on. */
  shortYear(pivot: number): void {
    const year = Number(this.take(/\d{2}/y));
    const first = pivot - 50;
    this.fields.set('year', first + ((((year - first) % 100) + 100) % 100));
  }

  /** A year by two digits, or any other number of digits as it is. */
  lenientYear(pivot: number): void {
    const rest = this.text.slice(this.at);
    if (/^\d\d(?!\d)/.test(rest)) this.shortYear(pivot);
    else this.signed('year', 9);
  }

  /** Digits behind the point, of which the first three count; there may be none. */
  fraction(width: number): void {
    const digits = this.take(new RegExp(`\\d{0,${width}}`, 'y'));
    this.fields.set('millis', Number(digits.padEnd(3, '0').slice(0, 3)));
  }

  /** The hour of the day from 1 to 24, or of its half from 0 to 11. */
  otherHour(field: 'hour' | 'twelve'): void {
    this.number(field, 2);
    const hour = this.fields.get(field) ?? 0;
    if (field === 'hour' ? hour < 1 || hour > 24 : hour > 11) throw this.malformed();
    this.fields.set(field, field === 'hour' ? hour % 24 : hour || 12);
  }

  half(): void {
    this.fields.set('pm', /p/i.test(this.take(/[ap]m/iy)) ? 1 : 0);
  }

  /** A name or its first three letters, as they are written, or all large or small. */
  name(names: readonly string[], field: Field): void {
    for (const form of [(name: string) => name, (name: string) => name.slice(0, 3)]) {
      const index = names.findIndex((name) => {
        const found = this.text.slice(this.at, this.at + form(name).length);
        return [form(name), form(name).toLowerCase(), form(name).toUpperCase()].includes(found);
      });
      if (index < 0) continue;
      this.at += form(names[index] ?? '').length;
      this.fields.set(field, index + 1);
      return;
    }
    throw this.malformed();
  }

  /** The name of a zone, such as `Europe/Paris`. */
  zone(): string {
    return this.take(/[A-Za-z][\w+-]*(?:\/[A-Za-z][\w+-]*)*/y);
  }

  /** `Z`, `+05:30`, `-0800`. */
  offset(): void {
    const text = this.take(/Z|[+-]\d\d:?\d\d/y);
    const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(text) ?? [];
    this.fields.set('offset', sign ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) : 0);
  }

  /** The zone's offset in minutes. */
  get offsetMinutes(): number {
    return this.fields.get('offset') ?? 0;
  }

  /** Milliseconds since 1970 of the time as it is written, whatever its zone. */
  finish(): number {
    if (this.at < this.text.length) throw this.malformed(`" is malformed at "${this.text.slice(this.at)}`);
    const get = (field: Field, otherwise: number) => this.fields.get(field) ?? otherwise;
    const day = this.day(get);
    const twelve = this.fields.get('twelve');
    const hour = twelve === undefined ? get('hour', 0) : (twelve % 12) + 12 * get('pm', 0);
    const [minute, second] = [get('minute', 0), get('second', 0)];
    const wrong =
      hour > 23 || minute > 59 || second > 59 || (twelve !== undefined && (twelve < 1 || twelve > 12));
    if (day === undefined || wrong) throw this.malformed();
    return day + hour * 3_600_000 + minute * 60_000 + second * 1000 + get('millis', 0);
  }

  private day(get: (field: Field, otherwise: number) => number): number | undefined {
    // Joda-Time's: a day without a year is of 2000, which has a 29th of February, a time without a day of 1970.
    const undated = !(['month', 'day', 'dayOfYear', 'week', 'weekday'] as const).some((field) =>
      this.fields.has(field),
    );
    const year = get('year', undated ? 1970 : 2000);
    if (this.fields.has('week') || this.fields.has('weekYear'))
      return isoWeekDay(get('weekYear', year), get('week', 1), get('weekday', 1));
    const day = this.fields.has('dayOfYear')
      ? ordinalDay(year, get('dayOfYear', 1))
      : utcDay(year, get('month', 1), get('day', 1));
    // A day of the week is that of the week which the others say.
    const written = this.fields.get('weekday');
    if (day === undefined || written === undefined) return day;
    return written < 1 || written > 7
      ? undefined
      : day + (written - 1 - ((new Date(day).getUTCDay() + 6) % 7)) * 86_400_000;
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [];
    if (found === undefined) throw this.malformed();
    this.at += found.length;
    return found;
  }

  private malformed(where = ''): TrinoError {
    return new TrinoError('INVALID_FUNCTION_ARGUMENT', `Invalid format: "${this.text}${where}"`);
  }
}
