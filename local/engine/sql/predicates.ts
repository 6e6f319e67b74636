import { type SqlType, typeText } from '../sql-type.js';
import { isChar } from './chars.js';
import { coerce, commonType, type Typed } from './coercion.js';
import { comparison, membershipIsPlain } from './comparison.js';
import { boundAll } from './nested-values.js';
import { SqlFault } from './sql-fault.js';

const BOOLEAN: SqlType = { name: 'boolean' };

/** `value BETWEEN low AND high` */
export function between(value: Typed, low: Typed, high: Typed, at: number): Typed {
  const type = commonType(value.type, low.type);
  const common = type && commonType(type, high.type);
  if (!common) {
    const message = `Cannot check if ${typeText(value.type)} is BETWEEN ${typeText(low.type)} and ${typeText(high.type)}`;
    throw new SqlFault('TYPE_MISMATCH', message, at);
  }
  if (!membershipIsPlain(common, [value, low, high])) {
    const sql = boundAll([value.sql, low.sql, high.sql], ([v = '', l = '', h = '']) => {
      const named = { ...value, sql: v };
      const terms = [
        comparison('>=', named, { ...low, sql: l }, at),
        comparison('<=', named, { ...high, sql: h }, at),
      ];
      return `(${terms.map((term) => term.sql).join(' AND ')})`;
    });
    return { sql, type: BOOLEAN };
  }
  const [v, l, h] = [coerce(value, common).sql, coerce(low, common).sql, coerce(high, common).sql];
  return { sql: `(${v} BETWEEN ${l} AND ${h})`, type: BOOLEAN };
}

/** LIKE of a value, a pattern and perhaps an escape character. */
export function like(parts: readonly Typed[], at: number): Typed {
  for (const [i, { type }] of parts.entries()) {
    if (type.name === 'varchar' || type.name === 'unknown' || (i === 0 && isChar(type))) continue;
    const message = `Left and right side of LIKE must be varchar: actual type ${typeText(type)}`;
    throw new SqlFault('TYPE_MISMATCH', message, at);
  }
  const [value, pattern, escaped] = parts.map((part) => coerce(part, { name: 'varchar' }).sql);
  if (escaped === undefined) return { sql: `(${value} LIKE ${pattern})`, type: BOOLEAN };
  const sql = boundAll([value ?? '', pattern ?? '', escaped], ([v, p, e]) => {
    return `(${v} LIKE trino_like_pattern(${p}, ${e}) ESCAPE left(${e}, 1))`;
  });
  return { sql, type: BOOLEAN };
}

/** A pattern whose escape characters stand only where they may. DuckDB takes any other as the character behind it. */
export const LIKE_MACRO = `CREATE MACRO trino_like_pattern(p, e) AS CASE
  WHEN length(e) <> 1 OR strlen(e) > 3 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Escape string must be a single character')
  WHEN strlen(e) > 1 THEN trino_refuse('NOT_SUPPORTED: An escape character that is not ASCII is not supported by local AWS', e)
  WHEN contains(replace(replace(replace(p, e || e, ''), e || '%', ''), e || '_', ''), e)
    THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Escape character must be followed by ''%'', ''_'' or the escape character itself')
  WHEN e IS NOT NULL THEN p END`;

/** `value IN (items)` */
export function inList(value: Typed, items: readonly Typed[], at: number): Typed {
  const type = [value, ...items]
    .map((item) => item.type)
    .reduce<SqlType | undefined>((a, b) => a && commonType(a, b), value.type);
  if (!type) {
    const message = `IN value and list items must be the same type: ${typeText(value.type)}`;
    throw new SqlFault('TYPE_MISMATCH', message, at);
  }
  if (!membershipIsPlain(type, items)) {
    const sql = boundAll([value.sql, ...items.map((item) => item.sql)], ([v = '', ...names]) => {
      const named = { ...value, sql: v };
      const terms = items.map((item, i) => comparison('=', named, { ...item, sql: names[i] ?? '' }, at).sql);
      return `(${terms.join(' OR ')})`;
    });
    return { sql, type: BOOLEAN };
  }
  return {
    sql: `(${coerce(value, type).sql} IN (${items.map((item) => coerce(item, type).sql).join(', ')}))`,
    type: BOOLEAN,
  };
}
