import { PARTITIONS } from '../../settings/index.js';
import { type Sql, verbatim } from '../sql/sql.js';

/**
 * The condition that is true of the folders, of year, month, day and hour, in which a time range has a part, and of no
 * other: a folder that a query does not name is one that it need not read. The columns are text.
 *
 * @example
 * sql`SELECT count(*) FROM customers WHERE ${arrivedBetween(from, to)}`
 *
 * @param from included.
 * @param to not included.
 * @returns SQL in parentheses, such as `(year = '2026' AND month = '02' AND day = '04' AND hour BETWEEN '21' AND '23')`.
 * @throws RangeError where the range holds nothing, or has no beginning or end in the years 0 to 9999.
 */
export function arrivedBetween(from: Date, to: Date): Sql {
  const [first, last] = [Math.floor(from.getTime() / HOUR), Math.ceil(to.getTime() / HOUR) - 1];
  if (!(from.getTime() < to.getTime()))
    throw new RangeError(`There is no time from ${shown(from)} to before ${shown(to)}.`);
  if (!(first >= FIRST_HOUR && last <= LAST_HOUR))
    throw new RangeError(`${shown(from)} to ${shown(to)} is not in the years 0 to 9999.`);
  return verbatim(`(${between(hourOf(first), hourOf(last), 0)})`);
}

/** Milliseconds. */
const HOUR = 3_600_000;
const FIRST_HOUR = Date.parse('0000-01-01T00:00:00Z') / HOUR;
const LAST_HOUR = Date.UTC(9999, 11, 31, 23) / HOUR;

/** An hour as its partition values, the year first. */
type Hour = readonly [year: string, month: string, day: string, hour: string];

function hourOf(hour: number): Hour {
  const [year = '', month = '', day = '', time = ''] = new Date(hour * HOUR).toISOString().split(/[-T:]/);
  return [year, month, day, time];
}

const NAMES = PARTITIONS.map(({ name }) => name);

/**
 * The hours from the first to the last, which are the same in all columns before `depth`: the folders between them
 * whole, and those at either end as far as they reach.
 */
function between(first: Hour, last: Hour, depth: number): string {
  const name = NAMES[depth] ?? '';
  const [low = '', high = ''] = [first[depth], last[depth]];
  const [fromStart, toEnd] = [isStart(first, depth), isEnd(last, depth)];
  if (fromStart && toEnd) return range(name, low, high);
  if (low === high) return `${range(name, low, high)} AND ${inner(between(first, last, depth + 1))}`;
  const [middleLow, middleHigh] = [fromStart ? low : stepped(low, 1), toEnd ? high : stepped(high, -1)];
  return [
    ...(fromStart
      ? []
      : [`${range(name, low, low)} AND ${inner(between(first, endOf(first, depth), depth + 1))}`]),
    ...(middleLow <= middleHigh ? [range(name, middleLow, middleHigh)] : []),
    ...(toEnd
      ? []
      : [`${range(name, high, high)} AND ${inner(between(startOf(last, depth), last, depth + 1))}`]),
  ].join(' OR ');
}

const inner = (condition: string) => (condition.includes(' OR ') ? `(${condition})` : condition);

const range = (name: string, low: string, high: string) =>
  low === high ? `${name} = '${low}'` : `${name} BETWEEN '${low}' AND '${high}'`;

const stepped = (value: string, step: number) => String(Number(value) + step).padStart(value.length, '0');

/** Whether it is the first hour of its folder at this depth. */
const isStart = (hour: Hour, depth: number) => same(hour, startOf(hour, depth));
const isEnd = (hour: Hour, depth: number) => same(hour, endOf(hour, depth));

const same = (one: Hour, other: Hour) => one.every((value, index) => value === other[index]);

/** The first hour of the folder that an hour is in, at this depth. */
function startOf([year, month, day, hour]: Hour, depth: number): Hour {
  return [year, depth < 1 ? '01' : month, depth < 2 ? '01' : day, depth < 3 ? '00' : hour];
}

/** The last one. */
function endOf([year, month, day, hour]: Hour, depth: number): Hour {
  const lastMonth = depth < 1 ? '12' : month;
  const lastDay = new Date(Date.UTC(2000 + (Number(year) % 400), Number(lastMonth), 0)).getUTCDate();
  return [year, lastMonth, depth < 2 ? String(lastDay) : day, depth < 3 ? '23' : hour];
}

const shown = (moment: Date) => (Number.isNaN(moment.getTime()) ? 'no moment' : moment.toISOString());
