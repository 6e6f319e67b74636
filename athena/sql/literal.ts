import { InvalidValueError } from './invalid-value-error.js';
import { TypedValue } from './typed-value.js';

/** What can be given for a `?` in a statement. */
export type Parameter = null | boolean | number | bigint | string | Date | Uint8Array | TypedValue;

/**
 * The SQL literal of a value: Athena's execution parameters are literals, so a string has to be quoted all the same.
 * Quoted as Trino does: a quote is doubled, and nothing else means anything. A Date is a timestamp in UTC without a
 * zone, as Athena's own are.
 *
 * @throws InvalidValueError for what SQL has no literal for.
 */
export function literal(value: Parameter): string {
  if (value === null) return 'NULL';
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'boolean':
      return String(value);
    case 'number':
      return ofNumber(value);
    case 'bigint':
      return ofBigint(value);
  }
  if (value instanceof Date) return ofDate(value);
  if (value instanceof Uint8Array) return `X'${Buffer.from(value).toString('hex').toUpperCase()}'`;
  if (value instanceof TypedValue) return `${value.type} ${quoted(value.text)}`;
  throw new InvalidValueError(value, 'null, a boolean, a number, a bigint, a string, a Date or bytes');
}

function quoted(text: string): string {
  // What is half a character would become another on the wire.
  if (/\p{Surrogate}/u.test(text)) throw new InvalidValueError(text, 'text without half surrogate pairs');
  if (text.includes('\0')) throw new InvalidValueError(text, 'text without the character NUL');
  return `'${text.replaceAll("'", "''")}'`;
}

function ofNumber(value: number): string {
  if (!Number.isFinite(value)) return `DOUBLE '${value}'`;
  // With an exponent it is a double in Trino; without, one with a point would be a decimal.
  return Number.isSafeInteger(value) ? value.toFixed(0) : value.toExponential().toUpperCase();
}

/** Beyond a bigint of 64 bits there are decimals, up to 38 digits. */
function ofBigint(value: bigint): string {
  if (BigInt.asIntN(64, value) === value) return String(value);
  if (value > -MOST && value < MOST) return `DECIMAL '${value}'`;
  throw new InvalidValueError(value, 'a whole number of at most 38 digits');
}

const MOST = 10n ** 38n;

function ofDate(value: Date): string {
  const year = value.getUTCFullYear();
  if (!(year >= 1 && year <= 9_999)) throw new InvalidValueError(value, 'a Date in the years 1 to 9999');
  return `TIMESTAMP '${value.toISOString().replace('T', ' ').replace('Z', '')}'`;
}
