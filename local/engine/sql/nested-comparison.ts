import { type SqlType, typeText } from '../sql-type.js';
import { isFloat, isNested, type Typed } from './coercion.js';
import { cannotApply, comparison } from './comparison.js';
import { isOrderable } from './functions/type-pattern.js';
import { boundAll, fieldSql, forEach, holds } from './nested-values.js';
import { notSupported } from './sql-fault.js';
import type { BinaryOperator } from './syntax.js';

/**
 * A comparison of arrays, maps or rows of one type. DuckDB has two NULLs in them equal; to Trino it is not known whether
 * they are, and it does not order what holds one.
 */
export function nestedComparison(operator: BinaryOperator, a: Typed, b: Typed, at: number): string {
  switch (operator) {
    case '=':
      return equality(a, b, at);
    case '<>':
      return `(NOT ${equality(a, b, at)})`;
    case 'IS DISTINCT FROM':
    case 'IS NOT DISTINCT FROM':
      return `(${inOrderOfKeys(a, at)} ${operator} ${inOrderOfKeys(b, at)})`;
    default:
      return ordering(operator, a, b, at);
  }
}

function equality(a: Typed, b: Typed, at: number): string {
  const { type } = a;
  return boundAll([a.sql, b.sql], ([x = '', y = '']) => {
    const same = (left: string, right: string, item: SqlType) =>
      comparison('=', { sql: left, type: item }, { sql: right, type: item }, at).sql;
    if (type.name === 'row') {
      const fields = type.fields.map((field, i) =>
        same(fieldSql(x, type, i), fieldSql(y, type, i), field.type),
      );
      return `(${fields.join(' AND ')})`;
    }
    // DuckDB computes a lambda only for the rows that its CASE chooses.
    const known = (length: string, pairs: string) =>
      `CASE WHEN ${x} IS NULL OR ${y} IS NULL THEN NULL WHEN ${length}(${x}) <> ${length}(${y}) THEN false ELSE trino_all(${pairs}) END`;
    if (type.name === 'map') {
      const pairs = forEach(
        `map_entries(${x})`,
        (entry) =>
          `CASE WHEN map_contains(${y}, ${entry}.key) THEN ${same(`${entry}.value`, `map_extract_value(${y}, ${entry}.key)`, type.value)} ELSE false END`,
        y,
      );
      return known('cardinality', pairs);
    }
    if (type.name !== 'array') throw notSupported(`= of ${typeText(type)}`, at);
    return known(
      'len',
      boundPairs(x, y, (p, q) => same(p, q, type.element)),
    );
  });
}

function boundPairs(x: string, y: string, body: (p: string, q: string) => string): string {
  let depth = 0;
  for (const [, digits] of `${x} ${y}`.matchAll(/\bp(\d+)\b/g)) depth = Math.max(depth, Number(digits) + 1);
  const pair = `p${depth}`;
  return `list_transform(list_zip(${x}, ${y}), lambda ${pair}: ${body(`struct_extract(${pair}, 1)`, `struct_extract(${pair}, 2)`)})`;
}

/** A value that DuckDB has equal to another where Trino does: to DuckDB a map is the list of its entries. */
function inOrderOfKeys({ sql, type }: Typed, at: number): string {
  if (!holdsMap(type)) return sql;
  if (type.name !== 'map' || holdsMap(type.key) || holdsMap(type.value))
    throw notSupported(`IS DISTINCT FROM of ${typeText(type)}`, at);
  return `list_sort(map_entries(${sql}))`;
}

/** Whether values of the type are, or hold, maps. */
export function holdsMap(type: SqlType): boolean {
  return holds(type, ({ name }) => name === 'map');
}

/** Refuses what goes by whether values are distinct where they are, or hold, maps. */
export function refuseMaps(what: string, type: SqlType, at: number | undefined): void {
  if (holdsMap(type)) throw notSupported(`${what} of ${typeText(type)}`, at);
}

function ordering(operator: BinaryOperator, a: Typed, b: Typed, at: number): string {
  if (!isOrderable(a.type)) throw cannotApply(operator, a.type, b.type, at);
  return boundAll([a.sql, b.sql], ([x = '', y = '']) => {
    const unknown = `${isIndeterminate(x, a.type)} OR ${isIndeterminate(y, b.type)}`;
    return `CASE WHEN ${x} IS NULL OR ${y} IS NULL THEN NULL WHEN ${unknown} THEN ${noOrder(x)} ELSE ${x} ${operator} ${y} END`;
  });
}

/** Fails for a value that there is no order of. */
export const noOrder = (value: string) =>
  `trino_refuse('NOT_SUPPORTED: Comparison not supported for arrays and rows with null elements', ${value})`;

/** Whether a value is NULL or holds one. */
export function isIndeterminate(sql: string, type: SqlType): string {
  return somewhere(sql, type, (value) => `${value} IS NULL`);
}

/** Whether a value holds a NaN. */
export function holdsNaN(sql: string, type: SqlType): string {
  return somewhere(sql, type, (value, item) =>
    isFloat(item) ? `coalesce(isnan(${value}), false)` : 'false',
  );
}

/** Whether something is so of a value or of one within it. */
function somewhere(sql: string, type: SqlType, is: (value: string, type: SqlType) => string): string {
  const within = (list: string, item: SqlType) => {
    const found = isNested(item) ? forEach(list, (name) => somewhere(name, item, is)) : undefined;
    return `coalesce(list_contains(${found ?? forEach(list, (name) => is(name, item))}, true), false)`;
  };
  switch (type.name) {
    case 'array':
      return `(${is(sql, type)} OR ${within(sql, type.element)})`;
    case 'map':
      return `(${is(sql, type)} OR ${within(`map_values(${sql})`, type.value)})`;
    case 'row': {
      const fields = type.fields.map((field, i) => somewhere(fieldSql(sql, type, i), field.type, is));
      return `(${[is(sql, type), ...fields].join(' OR ')})`;
    }
    default:
      return is(sql, type);
  }
}
