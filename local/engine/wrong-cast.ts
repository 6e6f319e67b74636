import { QueryFault } from './engine.js';

/**
 * A text that Trino casts to no value of a type, in its words.
 * @param type as in SQL: `integer`, `decimal(10,2)`.
 * @see https://github.com/trinodb/trino/blob/master/core/trino-main/src/main/java/io/trino/type/VarcharOperators.java
 * @see https://github.com/trinodb/trino/blob/master/core/trino-main/src/main/java/io/trino/type/DecimalCasts.java
 */
export function wrongCast(text: string, type: string): QueryFault {
  return new QueryFault('INVALID_CAST_ARGUMENT', words(text, type));
}

function words(text: string, type: string): string {
  if (type === 'date') return `Value cannot be cast to date: ${text}`;
  if (type.startsWith('timestamp')) return `Value cannot be cast to timestamp: ${text}`;
  if (type.startsWith('time')) return `Value cannot be cast to time: ${text}`;
  const [, precision, scale] = /^decimal\((\d+),\s*(\d+)\)$/.exec(type) ?? [];
  if (precision === undefined) return `Cannot cast '${text}' to ${NAMES[type] ?? type.toUpperCase()}`;
  const why = NUMBER.test(text) ? 'Value too large' : 'Value is not a number';
  return `Cannot cast VARCHAR '${text}' to DECIMAL(${precision}, ${scale}). ${why}.`;
}

/** Where Trino's name, or DuckDB's, is not what Trino says. */
const NAMES: Readonly<Record<string, string>> = {
  integer: 'INT',
  int8: 'TINYINT',
  int16: 'SMALLINT',
  int32: 'INT',
  int64: 'BIGINT',
  float: 'REAL',
};

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
