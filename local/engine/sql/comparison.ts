import { type SqlType, typeText } from '../sql-type.js';
import { compareAsChars, isChar } from './chars.js';
import { coerce, commonType, isFloat, isNested, type Typed } from './coercion.js';
import { nestedComparison } from './nested-comparison.js';
import { boundAll, isVolatile } from './nested-values.js';
import { SqlFault } from './sql-fault.js';
import type { BinaryOperator } from './syntax.js';

const BOOLEAN: SqlType = { name: 'boolean' };

export function cannotApply(operator: string, left: SqlType, right: SqlType, at: number): SqlFault {
  return new SqlFault(
    'TYPE_MISMATCH',
    `Cannot apply operator: ${typeText(left)} ${operator} ${typeText(right)}`,
    at,
  );
}

/** Both sides as the type that Trino compares them in; a text and a number have none. */
export function comparable(operator: string, left: Typed, right: Typed, at: number): [Typed, Typed] {
  const type = commonType(left.type, right.type);
  if (!type) throw cannotApply(operator, left.type, right.type, at);
  return [coerce(left, type), coerce(right, type)];
}

/** A comparison with Trino's meaning. */
export function comparison(operator: BinaryOperator, left: Typed, right: Typed, at: number): Typed {
  const type = commonType(left.type, right.type);
  if (type && isLongChar(type)) return { sql: compareAsChars(operator, left.sql, right.sql), type: BOOLEAN };
  const [a, b] = comparable(operator, left, right, at);
  if (a.type.name === 'json' && /^[<>]=?$/.test(operator))
    throw cannotApply(operator, left.type, right.type, at);
  if (isNested(a.type)) return { sql: nestedComparison(operator, a, b, at), type: BOOLEAN };
  const compared = ([x = '', y = '']: readonly string[]) => {
    const sql = `(${x} ${operator} ${y})`;
    return isFloat(a.type)
      ? withoutNaN(operator, sql, [left, { ...a, sql: x }], [right, { ...b, sql: y }])
      : sql;
  };
  // Joins are hashed by no comparison that is within a lambda, as long ones and volatile ones are.
  const sides = [a.sql, b.sql];
  const isBound = isFloat(a.type) && (sides.join('').length > 500 || sides.some(isVolatile));
  return { sql: isBound ? boundAll(sides, compared) : compared(sides), type: BOOLEAN };
}

/** Of a list of booleans: false if one is, else NULL if one is, else true; and the same for true. */
export const ALL_AND_ANY_MACROS = [
  // What is told of several times is computed once, be it of random().
  `CREATE MACRO trino_all(list) AS list_extract(list_transform([list], lambda b:
    CASE WHEN list_contains(b, false) THEN false WHEN list_count(b) < len(b) THEN NULL WHEN b IS NOT NULL THEN true END), 1)`,
  `CREATE MACRO trino_any(list) AS list_extract(list_transform([list], lambda b:
    CASE WHEN list_contains(b, true) THEN true WHEN list_count(b) < len(b) THEN NULL WHEN b IS NOT NULL THEN false END), 1)`,
];

/** What was no floating-point number before it was coerced to one is none that is NaN, nor is a number written out. */
function neverNaN({ type, sql }: Typed): boolean {
  return !isFloat(type) || /^(?:\(- )*CAST\('[\d.eE+-]+' AS DOUBLE\)\)*$/.test(sql);
}

/**
 * DuckDB has NaN equal to itself and greater than any number; to Trino it is neither, but for IS DISTINCT FROM and
 * sorting. DuckDB's comparison stays a term of its own, by which files are pruned and joins hashed. Each term added is
 * NULL, or does not matter, where a side is NULL.
 */
function withoutNaN(
  operator: BinaryOperator,
  sql: string,
  [left, a]: readonly [Typed, Typed],
  [right, b]: readonly [Typed, Typed],
): string {
  const [known, knownRight] = [neverNaN(left), neverNaN(right)];
  const both = `(isnan(${a.sql}) AND isnan(${b.sql}))`;
  switch (operator) {
    case '=':
      return known || knownRight ? sql : `(${sql} AND NOT ${both})`;
    case '<>':
      return known || knownRight ? sql : `(${sql} OR ${both})`;
    case '<':
    case '<=':
      return knownRight ? sql : `(${sql} AND NOT (isnan(${b.sql}) AND ${a.sql} IS NOT NULL))`;
    case '>':
    case '>=':
      return known ? sql : `(${sql} AND NOT (isnan(${a.sql}) AND ${b.sql} IS NOT NULL))`;
    default:
      return sql;
  }
}

/** Whether DuckDB's own IN and BETWEEN do where a value is compared as the type with these: none can be NaN or hold NULL. */
export function membershipIsPlain(type: SqlType, values: readonly Typed[]): boolean {
  return !isNested(type) && !isLongChar(type) && (!isFloat(type) || values.every(neverNaN));
}

/** Whether it is longer than any column: what a char(n) and a text without a length have in common. */
function isLongChar(type: SqlType): boolean {
  return isChar(type) && type.length > 255;
}
