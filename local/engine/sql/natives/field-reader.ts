import { isoWeekDay, utcDay } from './iso8601.js';
import { TrinoError } from './native.js';

export type Field =
  | ('year' | 'month' | 'day' | 'hour' | 'twelve' | 'minute' | 'second' | 'millis' | 'offset')
  | ('dayOfYear' | 'weekYear' | 'week' | 'weekday' | 'pm');

/** Numbers of at most so many digits. */
const NUMBERS = Array.from(
  { length: 10 },
  (_, width) => new RegExp(`[+-]?\\d{1,${Math.max(width, 1)}}`, 'y'),
);

/** Reads the fields of a time one after the other from a text, and makes the time of them. */
export class FieldReader {
  private at = 0;
  private readonly fields = new Map<Field, number>();

  constructor(private readonly text: string) {}

  exactly(expected: string): void {
    if (!this.text.startsWith(expected, this.at)) throw this.malformed();
    this.at += expected.length;
  }

  /** A number of at most so many digits; with a sign, where it is a year. */
  number(field: Field, width: number): void {
    this.fields.set(field, Number(this.take(NUMBERS[width] ?? NUMBERS[9] ?? /x/y)));
  }

  /** Two digits: 70 to 99 are of the last century. */
  shortYear(): void {
    const year = Number(this.take(/\d{2}/y));
    this.fields.set('year', year + (year >= 70 ? 1900 : 2000));
  }

  fraction(width: number): void {
    const digits = this.take(NUMBERS[width] ?? NUMBERS[9] ?? /x/y);
    this.fields.set('millis', Number(digits.padEnd(3, '0').slice(0, 3)));
  }

  half(): void {
    this.fields.set('pm', /p/i.test(this.take(/[ap]m/iy)) ? 1 : 0);
  }

  /** A name, or its first three letters. */
  name(names: readonly string[], field: Field): void {
    const rest = this.text.slice(this.at).toLowerCase();
    for (const form of [(name: string) => name, (name: string) => name.slice(0, 3)]) {
      const index = names.findIndex((name) => rest.startsWith(form(name).toLowerCase()));
      if (index < 0) continue;
      this.at += form(names[index] ?? '').length;
      this.fields.set(field, index + 1);
      return;
    }
    throw this.malformed();
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
    if (this.fields.has('week') || this.fields.has('weekYear'))
      return isoWeekDay(get('weekYear', get('year', 1970)), get('week', 1), get('weekday', 1));
    const year = get('year', 1970);
    if (!this.fields.has('dayOfYear')) return utcDay(year, get('month', 1), get('day', 1));
    const result = (utcDay(year, 1, 1) ?? 0) + (get('dayOfYear', 1) - 1) * 86_400_000;
    return new Date(result).getUTCFullYear() === year ? result : undefined;
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
