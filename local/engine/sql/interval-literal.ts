import { duckType, type SqlType } from '../sql-type.js';
import type { Typed } from './coercion.js';
import { SqlFault } from './sql-fault.js';

export const DAY_TO_SECOND: SqlType = { name: 'interval day to second' };
export const YEAR_TO_MONTH: SqlType = { name: 'interval year to month' };

/** An interval as it is written: `INTERVAL '1-2' YEAR TO MONTH` is of the text `1-2`, from YEAR to MONTH. */
export interface WrittenInterval {
  readonly text: string;
  readonly negative: boolean;
  readonly from: string;
  readonly to: string;
}

/** Such as `INTERVAL '2' DAY` or `INTERVAL '1-2' YEAR TO MONTH`, in months or milliseconds as Trino keeps them. */
export function intervalLiteral(interval: WrittenInterval, at: number): Typed {
  const length = intervalLength(interval, at);
  const type = isOfMonths(interval) ? YEAR_TO_MONTH : DAY_TO_SECOND;
  return { sql: `CAST(${length < 0 ? `(${length})` : length} AS ${duckType(type)})`, type };
}

/** Its months or milliseconds. @throws SqlFault if the text is not of its units. */
export function intervalLength({ text, negative, from, to }: WrittenInterval, at: number): number {
  const units = UNITS.slice(UNITS.indexOf(from), UNITS.indexOf(to) + 1);
  const months = isOfMonths({ from });
  if (units.length === 0 || isOfMonths({ from: to }) !== months)
    throw new SqlFault('INVALID_LITERAL', `Invalid interval qualifier: ${from} to ${to}`, at);
  const [matched, sign, ...numbers] = formOf(units).exec(text) ?? [];
  let length = 0;
  for (const [i, unit] of units.entries()) {
    // Of a second's digits the first three count.
    const number = Number(numbers[i]?.replace(/(\.\d{3})\d+$/, '$1') ?? 0);
    if (
      matched === undefined ||
      number > MOST ||
      length > Number.MAX_SAFE_INTEGER ||
      (months && length > MOST)
    )
      throw new SqlFault('INVALID_LITERAL', `Invalid INTERVAL ${qualifier(from, to)} value: ${text}`, at);
    length += Math.round(number * (SIZES[unit] ?? 0));
  }
  return length !== 0 && negative !== (sign === '-') ? -length : length;
}

const UNITS = ['YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND'];

/** In months, and in milliseconds. */
const SIZES: Readonly<Record<string, number>> = {
  YEAR: 12,
  MONTH: 1,
  DAY: 86_400_000,
  HOUR: 3_600_000,
  MINUTE: 60_000,
  SECOND: 1000,
};

/** What stands in front of a unit's number, if it is not the first. */
const SEPARATORS: Readonly<Record<string, string>> = { MONTH: '-', HOUR: ' ', MINUTE: ':', SECOND: ':' };

/** The greatest number of a unit, and the most months: Java's greatest int. */
const MOST = 2_147_483_647;

function isOfMonths({ from }: Pick<WrittenInterval, 'from'>): boolean {
  return from === 'YEAR' || from === 'MONTH';
}

function qualifier(from: string, to: string): string {
  return from === to ? from : `${from} TO ${to}`;
}

/** The numbers of the units one after the other, of which the last may be missing. */
function formOf(units: readonly string[]): RegExp {
  const inner = units.reduceRight((rest, unit, i) => {
    const number = unit === 'SECOND' ? String.raw`(\d+(?:\.\d+)?)` : String.raw`(\d+)`;
    const own = `${i === 0 ? '' : SEPARATORS[unit]}${number}${rest}`;
    return i === 0 ? own : `(?:${own})?`;
  }, '');
  return new RegExp(`^([+-]?)${inner}$`);
}
