import { duckType, type SqlType } from '../sql-type.js';
import type { Arithmetic } from './arithmetic.js';
import { coerce, isFloat, isInteger, type Typed } from './coercion.js';
import { cannotApply } from './comparison.js';
import { notSupported, SqlFault } from './sql-fault.js';
import { instantOf, localTime, zoneOf } from './time-zones.js';

const DAY_TO_SECOND: SqlType = { name: 'interval day to second' };
const YEAR_TO_MONTH: SqlType = { name: 'interval year to month' };

export function isInterval({ name }: SqlType): boolean {
  return name.startsWith('interval');
}

export function isMoment({ name }: SqlType): boolean {
  return name === 'date' || name.startsWith('timestamp');
}

const UNITS = ['YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND'];
const MILLISECONDS: Readonly<Record<string, number>> = {
  DAY: 86_400_000,
  HOUR: 3_600_000,
  MINUTE: 60_000,
  SECOND: 1000,
};

/** What stands before a unit; a colon before the others. */
const SEPARATORS: Readonly<Record<string, string>> = { MONTH: '-', HOUR: ' ' };
const SEPARATED = /^\d{1,12}(?:[-: ]\d{1,12})*$/;

/**
 * Such as `INTERVAL '2' DAY` or `INTERVAL '1-2' YEAR TO MONTH`, in months or milliseconds as Trino keeps
 * them; the last units may be left out of the text.
 */
export function intervalLiteral(
  text: string,
  negative: boolean,
  from: string,
  to: string,
  at: number,
): Typed {
  const units = UNITS.slice(UNITS.indexOf(from), UNITS.indexOf(to) + 1);
  const months = UNITS.indexOf(to) < 2;
  const invalid = () => new SqlFault('INVALID_LITERAL', `'${text}' is not a valid INTERVAL literal`, at);
  if (units.length === 0 || UNITS.indexOf(from) < 2 !== months) throw invalid();
  const [, sign, body = ''] = /^([+-]?)(.*)$/.exec(text) ?? [];
  if (!SEPARATED.test(body.replace(/\.\d{1,3}$/, ''))) throw invalid();
  const separators = units.slice(1).map((unit) => SEPARATORS[unit] ?? ':');
  const parts = body.split(/[-: ]/);
  const written = body.replace(/[\d.]/g, '');
  if (!separators.join('').startsWith(written)) throw invalid();
  let value = 0;
  for (const [i, part] of parts.entries()) {
    const [unit = '', number] = [units[i], Number(part)];
    if (part.includes('.') && unit !== 'SECOND') throw invalid();
    value += months ? number * (unit === 'YEAR' ? 12 : 1) : Math.round(number * (MILLISECONDS[unit] ?? 0));
  }
  const signed = negative !== (sign === '-') ? -value : value;
  const type = months ? YEAR_TO_MONTH : DAY_TO_SECOND;
  return { sql: `CAST(${signed < 0 ? `(${signed})` : signed} AS ${duckType(type)})`, type };
}

/** Where one of the sides is an interval, a date or a timestamp. */
export function intervalArithmetic(operator: Arithmetic, left: Typed, right: Typed, at: number): Typed {
  const [a, b] = [left.type, right.type];
  if (isInterval(a) && a.name === b.name && (operator === '+' || operator === '-'))
    return { sql: `CAST((${left.sql} ${operator} ${right.sql}) AS ${duckType(a)})`, type: a };
  if (isInterval(a) && (isInteger(b) || isFloat(b)) && (operator === '*' || operator === '/'))
    return scaled(operator, left, right);
  if (isInterval(b) && (isInteger(a) || isFloat(a)) && operator === '*') return scaled(operator, right, left);
  if (isMoment(a) && isInterval(b) && (operator === '+' || operator === '-'))
    return moved(left, operator, right);
  if (isInterval(a) && isMoment(b) && operator === '+') return moved(right, operator, left);
  if (isMoment(a) && isMoment(b) && operator === '-') {
    const millis = ({ sql }: Typed) => `epoch_ms(CAST(${sql} AS TIMESTAMP))`;
    if ((a.name === 'date') !== (b.name === 'date')) throw notSupported('A date less a timestamp', at);
    return { sql: `(${millis(left)} - ${millis(right)})`, type: DAY_TO_SECOND };
  }
  throw cannotApply(operator, a, b, at);
}

function scaled(operator: '*' | '/', interval: Typed, factor: Typed): Typed {
  const { type } = interval;
  const number = coerce(factor, { name: 'double' }).sql;
  const product = `CAST(trunc(${interval.sql} ${operator} ${number}) AS ${duckType(type)})`;
  const [wrong, verb] =
    operator === '*' ? [`isnan(${number})`, 'multiply'] : [`isnan(${number}) OR ${number} = 0`, 'divide'];
  const fault = `trino_fail('INVALID_FUNCTION_ARGUMENT: Cannot ${verb} by double: ' || ${number})`;
  return { sql: `CASE WHEN ${wrong} THEN ${fault} ELSE ${product} END`, type };
}

/** A moment some time later or earlier: months by its own zone's calendar, milliseconds on the clock of the world. */
function moved(moment: Typed, operator: '+' | '-', interval: Typed): Typed {
  const { type } = moment;
  if (interval.type.name === YEAR_TO_MONTH.name) {
    const sum = `(${localTime(moment)} ${operator} to_months(${interval.sql}))`;
    const sql =
      type.name === 'timestamp with time zone'
        ? instantOf(sum, zoneOf(type))
        : `CAST(${sum} AS ${duckType(type)})`;
    return { sql, type };
  }
  if (type.name !== 'date')
    return { sql: `(${moment.sql} ${operator} to_microseconds(${interval.sql} * 1000))`, type };
  const fault = "trino_fail('INVALID_FUNCTION_ARGUMENT: Cannot add hour, minutes or seconds to a date')";
  const days = `CAST(${interval.sql} // 86400000 AS INTEGER)`;
  return {
    sql: `CASE WHEN ${interval.sql} % 86400000 <> 0 THEN ${fault} ELSE (${moment.sql} ${operator} ${days}) END`,
    type,
  };
}

/** An interval in Trino's form: `2 03:04:05.678`, `1-2`. */
export function intervalText({ sql, type }: Typed): string {
  return type.name === YEAR_TO_MONTH.name ? `trino_months_text(${sql})` : `trino_millis_text(${sql})`;
}

export const INTERVAL_TEXT_MACROS = [
  `CREATE MACRO trino_months_text(m) AS
    CASE WHEN m < 0 THEN '-' ELSE '' END || CAST(abs(m) // 12 AS VARCHAR) || '-' || CAST(abs(m) % 12 AS VARCHAR)`,
  `CREATE MACRO trino_millis_text(m) AS CASE WHEN m < 0 THEN '-' ELSE '' END
    || CAST(abs(m) // 86400000 AS VARCHAR) || ' '
    || lpad(CAST(abs(m) // 3600000 % 24 AS VARCHAR), 2, '0') || ':'
    || lpad(CAST(abs(m) // 60000 % 60 AS VARCHAR), 2, '0') || ':'
    || lpad(CAST(abs(m) // 1000 % 60 AS VARCHAR), 2, '0') || '.' || lpad(CAST(abs(m) % 1000 AS VARCHAR), 3, '0')`,
];
