import type { SqlType } from '../sql-type.js';
import { decimalText, plainNumber } from './number-text.js';
import { timestampText } from './timestamp-text.js';

/** A JSON value that is neither null nor nested: its kind and its text (of a string, the characters in it). */
export interface JsonScalar {
  readonly kind: 'string' | 'number' | 'boolean';
  readonly text: string;
}

/**
 * What DuckDB has to read so that a column of the type gets the value by the OpenX JSON SerDe's rules, or nothing
 * where the value does not fit. A number that would have to lose digits does not fit.
 */
export function scalarText(type: SqlType, value: JsonScalar): string | undefined {
  switch (type.name) {
    case 'varchar':
      return type.length !== undefined && value.text.length > type.length ? undefined : value.text;
    case 'boolean':
      return value.kind !== 'number' && /^(true|false)$/i.test(value.text) ? value.text : undefined;
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
      return value.kind === 'boolean' ? undefined : integerText(value.text, INTEGER_BITS[type.name]);
    case 'real':
    case 'double':
      return value.kind === 'boolean' ? undefined : floatText(value.text, type.name === 'real');
    case 'decimal':
      return value.kind === 'boolean' ? undefined : decimalText(value.text, type.precision, type.scale);
    case 'date':
      return value.kind === 'string' ? dateText(value.text) : undefined;
    case 'timestamp':
      return value.kind === 'boolean' ? undefined : timestampText(value.text);
    default:
      return undefined;
  }
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
