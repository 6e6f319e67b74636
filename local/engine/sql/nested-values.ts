import { fieldKey, quoteText, type SqlType } from '../sql-type.js';
import type { Typed } from './coercion.js';

/** Turns a value of one type into another. */
export type Conversion = (value: Typed, type: SqlType) => Typed;

/**
 * An array, map or row with each of its values converted, those of rows by their position. Conversions that come out as
 * they went in cost nothing.
 */
export function convertItems(value: Typed, to: SqlType, convert: Conversion): Typed {
  const from = value.type;
  if (from.name === 'array' && to.name === 'array') {
    const sql = forEach(value.sql, (item) => convert({ sql: item, type: from.element }, to.element).sql);
    return { sql, type: to };
  }
  if (from.name === 'map' && to.name === 'map') {
    const key = (item: string) => convert({ sql: `${item}.key`, type: from.key }, to.key).sql;
    const mapped = (item: string) => convert({ sql: `${item}.value`, type: from.value }, to.value).sql;
    const entries = forEach(
      `map_entries(${value.sql})`,
      (item) => `struct_pack(k := ${key(item)}, v := ${mapped(item)})`,
    );
    return { sql: bound(entries, (name) => `trino_cast_map(${name})`), type: to };
  }
  if (from.name === 'row' && to.name === 'row') {
    const sql = bound(value.sql, (row) => {
      const fields = to.fields.map((field, i) => {
        const source = from.fields[i];
        const item = { sql: fieldSql(row, from, i), type: source?.type ?? field.type };
        return `${quoteText(fieldKey(field, i))}: ${convert(item, field.type).sql}`;
      });
      return `CASE WHEN ${row} IS NOT NULL THEN {${fields.join(', ')}} END`;
    });
    return { sql, type: to };
  }
  return value;
}

/** The field of a row at a position. */
export function fieldSql(row: string, type: SqlType & { name: 'row' }, index: number): string {
  const field = type.fields[index];
  return `struct_extract(${row}, ${quoteText(field ? fieldKey(field, index) : '')})`;
}

/** An array with something done to each of its items; what else the body names stands `beside` it. */
export function forEach(list: string, body: (item: string) => string, beside = ''): string {
  const name = freeName(`${list} ${beside}`);
  return `list_transform(${list}, lambda ${name}: ${body(name)})`;
}

/** An expression that names values more than once and yet has each computed once. No subquery can be in the body. */
export function bound(value: string, body: (name: string) => string): string {
  return boundAll([value], ([name = '']) => body(name));
}

/**
 * The same for several values. All that is not written out stands outside of the body, in which DuckDB takes no
 * aggregate, no window function, no subquery and no column of a group.
 */
export function boundAll(values: readonly string[], body: (names: readonly string[]) => string): string {
  if (values.every(isPlain)) return body(values);
  const name = freeName(values.join(' '));
  const packed = [...values.entries()].filter(([, value]) => !isConstant(value));
  const fields = packed.map(([i, value]) => `'v${i}': ${value}`).join(', ');
  const [[, only] = []] = packed;
  const item = packed.length === 1 ? only : `{${fields}}`;
  const names = values.map((value, i) => {
    if (isConstant(value)) return value;
    return packed.length === 1 ? name : `struct_extract(${name}, 'v${i}')`;
  });
  return `list_extract(list_transform([${item}], lambda ${name}: ${body(names)}), 1)`;
}

/**
 * Whether an expression may be written more than once: a column's name, a literal or an array of literals, or one of
 * them cast. By these DuckDB prunes files, and of an array of literals in a lambda's place it would compute only once what
 * the body has of `random()`.
 */
export function isPlain(sql: string): boolean {
  return /^(?:(?:TRY_)?CAST\(|\(- ?|struct_extract\()*(?:(?:[\w.]|"[^"]*"|'[^']*')+|\[(?:[\d., ]|'[^']*')*\])(?: AS [\w ]+(?:\([\d,]+\))?(?:\[\])*\)|, '\w+'\)|\))*$/.test(
    sql,
  );
}

function isConstant(sql: string): boolean {
  return isPlain(sql) && /^(?:(?:TRY_)?CAST\(|\(- ?)*(?:[['\d]|(?:NULL|true|false)\b)/.test(sql);
}

/** A lambda's parameter that nothing in the value is called, so that it hides nothing where it stands. */
function freeName(value: string): string {
  let depth = 0;
  for (const [, digits] of value.matchAll(/\be(\d+)\b/g)) depth = Math.max(depth, Number(digits) + 1);
  return `e${depth}`;
}

/** Whether a type is such, or a type within it. */
export function holds(type: SqlType, is: (type: SqlType) => boolean): boolean {
  if (is(type)) return true;
  if (type.name === 'array') return holds(type.element, is);
  if (type.name === 'map') return holds(type.key, is) || holds(type.value, is);
  return type.name === 'row' && type.fields.some((field) => holds(field.type, is));
}

/** Whether an expression is not the same each time it is computed. */
export function isVolatile(sql: string): boolean {
  return /\b(?:random|uuid)\(\)/.test(sql);
}
