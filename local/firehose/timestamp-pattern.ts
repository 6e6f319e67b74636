import { AwsError } from '../wire/aws-error.js';

/**
 * Formats a moment by a pattern of Java's DateTimeFormatter, as Firehose does in `!{timestamp:…}`.
 * @param time milliseconds since 1970.
 * @param timeZone an IANA name; Firehose takes UTC unless the delivery stream says otherwise.
 * @throws AwsError `NotImplemented` for a letter that Java knows and local AWS does not.
 * @see https://docs.oracle.com/javase/8/docs/api/java/time/format/DateTimeFormatter.html
 */
export function formatTimestamp(pattern: string, time: number, timeZone: string): string {
  const fields = fieldsOf(time, timeZone);
  return pattern.replace(TOKEN, (token) => {
    if (token === "''") return "'";
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    // Optional sections, which formatting leaves nothing of out.
    if (token === '[' || token === ']') return '';
    const format = FORMATS[token.charAt(0)];
    if (!format) throw notImplemented(token);
    return format(fields, token.length);
  });
}

/** Whether local AWS formats a letter. */
export const isImplemented = (letter: string) => letter in FORMATS;

export const notImplemented = (letters: string) =>
  new AwsError('NotImplemented', `Local AWS does not implement "${letters}" in timestamps of a prefix.`, 501);

/** Quoted text, a bracket, or a run of one letter; whatever else stands in a pattern stands for itself. */
const TOKEN = /''|'(?:[^']|'')*'|[[\]]|([A-Za-z])\1*/g;

interface Fields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** Day of the week, 0 for Sunday. */
  readonly weekday: number;
  readonly dayOfYear: number;
}

const pad = (value: number, width: number) => String(value).padStart(width, '0');

/** Two letters of a year are its last two digits; more are the least width. */
const year = ({ year }: Fields, width: number) => (width === 2 ? pad(year % 100, 2) : pad(year, width));

const monthOfYear = ({ month }: Fields, width: number) =>
  width <= 2 ? pad(month, width) : name(MONTHS, month - 1, width);

const quarter = ({ month }: Fields, width: number) => {
  const number = Math.ceil(month / 3);
  if (width <= 2) return pad(number, width);
  if (width === 3) return `Q${number}`;
  return width === 4 ? (QUARTERS[number - 1] ?? '') : String(number);
};

/** Milliseconds of the day, and nanoseconds of the second. */
const milliOfDay = ({ hour, minute, second, millisecond }: Fields) =>
  ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
const NANOS = 1_000_000;

const FORMATS: Readonly<Record<string, (fields: Fields, width: number) => string>> = {
  y: year,
  u: year,
  M: monthOfYear,
  L: monthOfYear,
  Q: quarter,
  q: quarter,
  d: ({ day }, width) => pad(day, width),
  D: ({ dayOfYear }, width) => pad(dayOfYear, width),
  E: ({ weekday }, width) => name(WEEKDAYS, weekday, width),
  a: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  H: ({ hour }, width) => pad(hour, width),
  k: ({ hour }, width) => pad(hour === 0 ? 24 : hour, width),
  K: ({ hour }, width) => pad(hour % 12, width),
  h: ({ hour }, width) => pad(hour % 12 === 0 ? 12 : hour % 12, width),
  m: ({ minute }, width) => pad(minute, width),
  s: ({ second }, width) => pad(second, width),
  S: ({ millisecond }, width) => pad(millisecond, 3).padEnd(width, '0').slice(0, width),
  A: (fields, width) => pad(milliOfDay(fields), width),
  n: ({ millisecond }, width) => pad(millisecond * NANOS, width),
  N: (fields, width) => pad(milliOfDay(fields) * NANOS, width),
};

const QUARTERS = ['1st quarter', '2nd quarter', '3rd quarter', '4th quarter'];

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** Four letters ask for the whole name, five for its first letter, and fewer for the short one. */
const name = (names: readonly string[], index: number, width: number) =>
  (names[index] ?? '').slice(0, width === 4 ? undefined : width === 5 ? 1 : 3);

const formatters = new Map<string, Intl.DateTimeFormat>();

function fieldsOf(time: number, timeZone: string): Fields {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  const parts = new Map(formatter.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const [inYear, month, day] = [get('year'), get('month'), get('day')];
  const date = Date.UTC(inYear, month - 1, day);
  return {
    year: inYear,
    month,
    day,
    hour: get('hour'),
    minute: get('minute'),
    second: get('second'),
    millisecond: ((time % 1000) + 1000) % 1000,
    weekday: new Date(date).getUTCDay(),
    dayOfYear: (date - Date.UTC(inYear, 0, 1)) / 86_400_000 + 1,
  };
}
