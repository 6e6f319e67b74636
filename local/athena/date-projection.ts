import { QueryFault } from '../engine/engine.js';
import { formatTimestamp } from '../firehose/timestamp-pattern.js';
import { AwsError } from '../wire/aws-error.js';
import type { ColumnProjection } from './projection.js';

/**
 * The values of a partition column of dates: those from the range's start on, an interval apart, up to its end, each
 * as the format writes it. `NOW` is the present, with whole units added or taken away.
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html#partition-projection-date-type
 */
export function dateProjection(
  column: string,
  get: (property: string) => string | undefined,
  now: number,
): ColumnProjection {
  const format = get('format');
  if (format === undefined) throw invalid(`column '${column}' has no projection.${column}.format`);
  const write = (time: number) => formatted(column, format, time);
  const bounds = (get('range') ?? '').split(',').map((text) => text.trim());
  const unit = unitOf(column, get('interval.unit'), format);
  const interval = Number(get('interval') ?? 1);
  if (!Number.isInteger(interval) || interval < 1)
    throw invalid(`projection.${column}.interval is "${get('interval')}" and not a whole number`);
  const [from, to] = bounds.map((text) => momentOf(text, format, now));
  if (from === undefined || to === undefined || bounds.length !== 2)
    throw invalid(`projection.${column}.range is "${get('range') ?? ''}" and not two dates`);
  const known = new Set<string>();
  const first = /^NOW/i.test(bounds[0] ?? '') ? startOf(from, unit) : from;
  for (let step = 0; ; step += interval) {
    const time = plus(first, step, unit);
    if (time > to) break;
    if (known.size >= MOST_VALUES) throw invalid(`projection.${column}.range has over ${MOST_VALUES} values`);
    known.add(write(time));
  }
  return (value) => known.has(value);
}

/** Values that a column may have here: a bound for what is held in memory. */
const MOST_VALUES = 1_000_000;

type Unit = keyof typeof UNITS;

/** Milliseconds, or months, of a unit. */
const UNITS = {
  YEARS: { months: 12 },
  MONTHS: { months: 1 },
  WEEKS: { milliseconds: 7 * 86_400_000 },
  DAYS: { milliseconds: 86_400_000 },
  HOURS: { milliseconds: 3_600_000 },
  MINUTES: { milliseconds: 60_000 },
  SECONDS: { milliseconds: 1_000 },
  MILLISECONDS: { milliseconds: 1 },
} as const;

/** One day for a format of days, a month for one of months; a finer format has to say. */
function unitOf(column: string, text: string | undefined, format: string): Unit {
  if (text !== undefined) {
    const name = `${text.toUpperCase().replace(/S$/, '')}S`;
    if (name in UNITS) return name as Unit;
    throw invalid(`projection.${column}.interval.unit is "${text}"`);
  }
  const letters = format.replace(/'[^']*'/g, '');
  if (/[HhkKmsSAnN]/.test(letters))
    throw invalid(`column '${column}' has no projection.${column}.interval.unit`);
  if (/[dDe]/.test(letters)) return 'DAYS';
  return /[ML]/.test(letters) ? 'MONTHS' : 'YEARS';
}

function plus(time: number, count: number, unit: Unit): number {
  const size = UNITS[unit];
  if ('milliseconds' in size) return time + count * size.milliseconds;
  const date = new Date(time);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count * size.months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}

/** Where the unit that a moment is in begins: a range that starts from now has whole units. */
function startOf(time: number, unit: Unit): number {
  const date = new Date(time);
  if (unit === 'YEARS') return Date.UTC(date.getUTCFullYear(), 0);
  if (unit === 'MONTHS') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  const size = UNITS[unit === 'WEEKS' ? 'DAYS' : unit];
  return 'milliseconds' in size ? Math.floor(time / size.milliseconds) * size.milliseconds : time;
}

function momentOf(text: string, format: string, now: number): number | undefined {
  const relative = /^NOW(?:\s*([+-])\s*(\d+)\s*([A-Z]+?)S?)?$/i.exec(text);
  if (!relative) return parsed(text, format);
  const [, sign, count, unit] = relative;
  if (count === undefined || unit === undefined) return now;
  const name = `${unit.toUpperCase()}S`;
  if (!(name in UNITS)) return undefined;
  return plus(now, sign === '-' ? -Number(count) : Number(count), name as Unit);
}

/** Reads what the format writes: digits where it has letters, itself elsewhere. */
function parsed(text: string, format: string): number | undefined {
  const fields: string[] = [];
  const pattern = format.replace(/''|'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']/g, (token) => {
    if (token.startsWith("'")) return escaped(token === "''" ? "'" : token.slice(1, -1));
    if (!/[A-Za-z]/.test(token)) return escaped(token);
    fields.push(token.charAt(0));
    return token.length === 1 ? '(\\d+)' : `(\\d{${token.length}})`;
  });
  const match = new RegExp(`^${pattern}$`).exec(text);
  if (!match) return undefined;
  const value = (letters: string, otherwise: number) => {
    const index = fields.findIndex((field) => letters.includes(field));
    return index === -1 ? otherwise : Number(match[index + 1]);
  };
  const month = value('ML', 1);
  return Date.UTC(
    value('yu', 1970),
    month - 1,
    value('d', 1),
    value('H', 0),
    value('m', 0),
    value('s', 0),
    value('S', 0),
  );
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

function formatted(column: string, format: string, time: number): string {
  try {
    return formatTimestamp(format, time, 'UTC');
  } catch (error) {
    if (error instanceof AwsError) throw invalid(`projection.${column}.format: ${error.message}`);
    throw error;
  }
}

const invalid = (problem: string) =>
  new QueryFault('INVALID_TABLE_PROPERTY', `Partition projection: ${problem}.`);
