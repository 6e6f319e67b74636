import type { SqlType } from '../sql-type.js';
import type { DeserializerRules } from './deserializer-rules.js';
import { decimalText, plainNumber } from './number-text.js';

/** A JSON value that is neither null nor nested, or a map's key: its text (of a string, the characters in it). */
export interface JsonScalar {
  readonly kind: 'string' | 'number' | 'boolean' | 'key';
  readonly text: string;
}

/**
 * What DuckDB has to read so that a column of the type gets the value by the rules, or nothing where the value does
 * not fit. A number that would have to lose digits does not fit.
 */
export function scalarText(
  type: SqlType,
  { kind, text }: JsonScalar,
  rules: DeserializerRules,
): string | undefined {
  switch (type.name) {
    case 'varchar':
      return type.length !== undefined && isLonger(text, type.length) ? undefined : text;
    case 'boolean':
      return kind !== 'number' && /^(true|false)$/i.test(text) ? text : undefined;
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
      return isNumeric(kind, rules) ? integerText(text, INTEGER_BITS[type.name]) : undefined;
    case 'real':
    case 'double':
      return isNumeric(kind, rules) ? floatText(text, type.name === 'real') : undefined;
    case 'decimal':
      // Hive's SerDe takes a decimal from its text, even in a string.
      return kind === 'boolean' ? undefined : decimalText(text, type.precision, type.scale);
    case 'date':
      return kind === 'string' || kind === 'key' ? dateText(text) : undefined;
    case 'timestamp':
      return kind === 'boolean' ? undefined : rules.timestamp(text);
    default:
      return undefined;
  }
}

/** Whether a text has more characters than that; one beyond the first 65,536 is one too, as Hive counts them. */
function isLonger(text: string, characters: number): boolean {
  return text.length > characters && [...text].length > characters;
}

/** A map's key is always a string, whatever its type. */
function isNumeric(kind: JsonScalar['kind'], rules: DeserializerRules): boolean {
  return kind === 'number' || kind === 'key' || (kind === 'string' && rules.fitsShapes);
}

const INTEGER_BITS = { tinyint: 8, smallint: 16, integer: 32, bigint: 64 } as const;

function integerText(text: string, bits: number): string | undefined {
  const whole = /^-?\d{1,15}$/.test(text) ? text : decimalText(text, 38, 0);
  if (whole === undefined) return undefined;
  const value = BigInt(whole);
  return BigInt.asIntN(bits, value) === value ? value.toString() : undefined;
}

function floatText(text: string, single: boolean): string | undefined {
  if (/^(NaN|[+-]?Infinity)$/.test(text)) return text;
  if (!plainNumber(text)) return undefined;
  const value = single ? Math.fround(Number(text)) : Number(text);
  return Number.isFinite(value) ? text : undefined;
}

function dateText(text: string): string | undefined {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const instant = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(iso) ? iso : undefined;
}
