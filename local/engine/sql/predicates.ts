import { type SqlType, typeText } from '../sql-type.js';
import { coerce, commonType, type Typed } from './coercion.js';
import { comparison, membershipIsPlain } from './comparison.js';
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
    const terms = [comparison('>=', value, low, at), comparison('<=', value, high, at)];
    return { sql: `(${terms.map(({ sql }) => sql).join(' AND ')})`, type: BOOLEAN };
  }
  const [v, l, h] = [coerce(value, common).sql, coerce(low, common).sql, coerce(high, common).sql];
  return { sql: `(${v} BETWEEN ${l} AND ${h})`, type: BOOLEAN };
}

/** LIKE of a value, a pattern and perhaps an escape character. */
export function like(parts: readonly Typed[], at: number): Typed {
  for (const { type } of parts) {
    if (type.name === 'varchar' || type.name === 'unknown') continue;
    const message = `Left and right side of LIKE must be varchar: actual type ${typeText(type)}`;
    throw new SqlFault('TYPE_MISMATCH', message, at);
  }
  const [value, pattern, escaped] = parts.map((part) => coerce(part, { name: 'varchar' }).sql);
  const sql = `(${value} LIKE ${pattern}${escaped === undefined ? '' : ` ESCAPE ${escaped}`})`;
  return { sql, type: BOOLEAN };
}

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
    const terms = items.map((item) => comparison('=', value, item, at).sql);
    return { sql: `(${terms.join(' OR ')})`, type: BOOLEAN };
  }
  return {
    sql: `(${coerce(value, type).sql} IN (${items.map((item) => coerce(item, type).sql).join(', ')}))`,
    type: BOOLEAN,
  };
}
