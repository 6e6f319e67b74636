import type { SqlType } from '../sql-type.js';
import type { DeserializerRules } from './deserializer-rules.js';

/**
 * Whether DuckDB reads the bytes of a number, a word or the inside of a string rightly as they are, so that nothing
 * has to be made of them. Most values are such; what it says no to is looked at more closely (scalar-text.ts).
 */
export function isPlain(
  type: SqlType,
  kind: 'string' | 'bare',
  b: Buffer,
  start: number,
  end: number,
  rules: DeserializerRules,
): boolean {
  if (type.name === 'timestamp')
    return kind === 'string' && rules.takesIsoTimestamps && isPlainTimestamp(b, start, end);
  if (kind === 'string') return false;
  const digits = Object.hasOwn(SAFE_DIGITS, type.name) ? SAFE_DIGITS[type.name] : undefined;
  if (digits === undefined) return false;
  const first = b[start] === MINUS ? start + 1 : start;
  return end - first <= digits && areDigits(b, first, end);
}

/** So many digits are in the type's range whatever they are. */
const SAFE_DIGITS: Readonly<Record<string, number>> = {
  tinyint: 2,
  smallint: 4,
  integer: 9,
  bigint: 18,
  real: 18,
  double: 18,
};

const MINUS = 0x2d;
const ZERO = 0x30;
const POINT = 0x2e;
const Z = 0x5a;
/** `9` stands for any digit. */
const SECONDS = Buffer.from('9999-99-99T99:99:99');

/** ISO 8601 in UTC with at the most six digits behind the second, on a day that every month has. */
function isPlainTimestamp(b: Buffer, start: number, end: number): boolean {
  const point = start + SECONDS.length;
  if (end - point < 1 || end - point > 8 || b[end - 1] !== Z) return false;
  for (let i = 0; i < SECONDS.length; i++) {
    const wanted = SECONDS[i];
    const c = b[start + i] ?? 0;
    if (wanted === NINE ? c < ZERO || c > NINE : c !== wanted) return false;
  }
  if (end - point > 1 && (b[point] !== POINT || end - point < 3 || !areDigits(b, point + 1, end - 1)))
    return false;
  const month = pair(b, start + 5);
  const day = pair(b, start + 8);
  if (month < 1 || month > 12 || day < 1 || day > 28) return false;
  return pair(b, start + 11) < 24 && pair(b, start + 14) < 60 && pair(b, start + 17) < 60;
}

const NINE = 0x39;

const pair = (b: Buffer, at: number) => ((b[at] ?? 0) - ZERO) * 10 + (b[at + 1] ?? 0) - ZERO;

function areDigits(b: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const c = b[i] ?? 0;
    if (c < ZERO || c > NINE) return false;
  }
  return true;
}
