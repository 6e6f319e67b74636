import type { HiveType } from '../../datasets/index.js';
import { isDecimal, isNumber } from './hive-decimal.js';
import { isDate, isTimestamp } from './hive-time.js';

/**
 * Whether Firehose's OpenX JSON SerDe makes a value of a column's type of a JSON value. Null fits everywhere.
 *
 * @param value as `JSON.parse` gives it.
 * @param exact the same value with numbers as their text; called only where a number has to be known to its last digit.
 */
export function fitsColumn(type: HiveType, value: unknown, exact: () => unknown): boolean {
  if (value === null) return true;
  const item = /^array<(.+)>$/.exec(type)?.[1] as HiveType | undefined;
  if (item !== undefined) {
    // What is no array becomes an array of one.
    if (!Array.isArray(value)) return fitsColumn(item, value, exact);
    return value.every((each, index) => fitsColumn(item, each, () => (exact() as readonly unknown[])[index]));
  }
  if (type === 'string') return true;
  if (typeof value === 'object') return false;
  if (type === 'boolean') return typeof value === 'boolean' || /^(true|false)$/i.test(String(value));
  if (typeof value === 'boolean') return false;
  if (type === 'date') return typeof value === 'string' && isDate(value);
  if (type === 'float' || type === 'double')
    return typeof value === 'number' ? isFiniteIn(type, value) : isFloat(String(value), type);
  const text = () => String(typeof value === 'string' || Number.isSafeInteger(value) ? value : exact());
  if (type === 'timestamp') return isTimestamp(text());
  const [, precision, scale] = /^decimal\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (precision !== undefined) return isDecimal(text(), Number(precision), Number(scale));
  return Number.isSafeInteger(value) ? isWithin(BigInt(Number(value)), type) : isInteger(text(), type);
}

/** Most digits of a Hive decimal. */
const MOST_DIGITS = 38;
const BITS: Readonly<Record<string, number>> = { tinyint: 8, smallint: 16, int: 32, bigint: 64 };

function isFloat(text: string, type: 'float' | 'double'): boolean {
  // Java's words for what JSON has no numbers for.
  if (/^(NaN|[+-]?Infinity)$/.test(text)) return true;
  return isNumber(text) && isFiniteIn(type, Number(text));
}

function isFiniteIn(type: 'float' | 'double', value: number): boolean {
  return Number.isFinite(type === 'float' ? Math.fround(value) : value);
}

function isInteger(text: string, type: string): boolean {
  if (!isDecimal(text, MOST_DIGITS, 0)) return false;
  const plain = /^[+-]?\d+/.exec(text)?.[0] ?? '';
  // With a fraction of zeros or an exponent it is a number that was written for its size.
  const value = /e/i.test(text) ? BigInt(Number(text)) : BigInt(plain.replace('+', ''));
  return isWithin(value, type);
}

function isWithin(value: bigint, type: string): boolean {
  return BigInt.asIntN(BITS[type] ?? 0, value) === value;
}
