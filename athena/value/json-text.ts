import { randomUUID } from 'node:crypto';
import type { JsonValue } from './value.js';

/**
 * What a JSON text says, no digit lost; undefined where it is none. A whole number beyond the integers that a JavaScript
 * number holds exactly is a bigint. Any other number that a double cannot hold, as of too many digits or too large,
 * stays its text.
 */
export function parseJson(text: string): JsonValue | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return MAY_LOSE.test(text) ? parseExactly(text) : value;
  } catch {
    return undefined;
  }
}

/** Whether a text is JSON, a number that stays text included. */
export function isJson(text: string): boolean {
  return parseJson(text) !== undefined;
}

/** What a number that a double does not hold has somewhere: fifteen digits between 1E-99 and 1E99 always survive. */
const MAY_LOSE = /[\d.]{16}|[eE][+-]?\d{3}/;

/** Stands before a number's text while it is a string; no text of a result can know it. */
const MARK = `${randomUUID()}:`;

/** JSON.parse shows no number's text, so that those it would change go through it as strings. */
function parseExactly(text: string): JsonValue {
  let inString = false;
  const marked = text.replaceAll(/\\.|"|-?\d[\d.eE+-]*/g, (token) => {
    if (token === '"') inString = !inString;
    return inString || token === '"' || isKept(token) ? token : `"${MARK}${token}"`;
  });
  return JSON.parse(marked, (_, value: JsonValue) =>
    typeof value === 'string' && value.startsWith(MARK) ? exact(value.slice(MARK.length)) : value,
  );
}

const WHOLE = /^-?\d+$/;

const exact = (number: string) => (WHOLE.test(number) ? BigInt(number) : number);

/** Whether a number of JSON is the same once it is a double. */
function isKept(number: string): boolean {
  const value = Number(number);
  if (WHOLE.test(number)) return Number.isSafeInteger(value);
  if (!Number.isFinite(value)) return false;
  const decimal = normal(number);
  if (decimal === normal(String(value))) return true;
  // Java writes some doubles with a digit more than they need, and only doubles with an exponent: 4.9E-324.
  const digits = decimal.indexOf('e');
  return /e/i.test(number) && digits <= 17 && normal(value.toPrecision(Math.max(1, digits))) === decimal;
}

/** A number's digits, without zeros at either end, and its exponent; its sign, which a double keeps, is left out. */
function normal(number: string): string {
  const [, whole = '', fraction = '', exponent = '0'] = /^-?(\d+)\.?(\d*)(?:e(.+))?$/i.exec(number) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  // Not /0+$/, which takes long for many zeros inside.
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  if (end === 0) return '0e0';
  return `${digits.slice(0, end)}e${Number(exponent) - fraction.length + digits.length - end}`;
}
