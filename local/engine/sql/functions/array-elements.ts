import { type SqlType, typeText } from '../../sql-type.js';
import { coerce, coercible, commonType, isFloat, isInteger, isNested, type Typed } from '../coercion.js';
import { comparison } from '../comparison.js';
import { bound, boundAll, fieldSql, forEach } from '../nested-values.js';
import { textOf } from '../result-text.js';
import { SqlFault } from '../sql-fault.js';
import type { CallSite } from './call-site.js';

/** `array[i]` and `map[key]`; out of range is an error. */
export function subscript(value: Typed, index: Typed, at: number): Typed {
  const { type } = value;
  if (type.name === 'map') {
    const key = mapKey(type, index, at);
    const sql = boundAll([value.sql, key.sql], ([map, k = '']) => {
      return `trino_map_value(${map}, ${k}, ${textOf({ ...key, sql: k })})`;
    });
    return { sql, type: type.value };
  }
  if (type.name === 'row') {
    const position = Number(index.sql) - 1;
    const field = type.fields[position];
    if (!field) throw new SqlFault('INVALID_FUNCTION_ARGUMENT', 'ROW index out of bounds', at);
    return { sql: fieldSql(value.sql, type, position), type: field.type };
  }
  if (type.name !== 'array' || !(isInteger(index.type) || index.type.name === 'unknown')) {
    throw new SqlFault(
      'TYPE_MISMATCH',
      `Cannot use ${typeText(index.type)} for subscript of ${typeText(type)}`,
      at,
    );
  }
  const place = coerce(index, { name: 'bigint' }).sql;
  const sql = boundAll([value.sql, place], ([list, i]) => `trino_subscript(${list}, ${i})`);
  return { sql, type: type.element };
}

function mapKey(type: SqlType & { name: 'map' }, index: Typed, at: number): Typed {
  if (coercible(index.type, type.key)) return coerce(index, type.key);
  throw new SqlFault(
    'TYPE_MISMATCH',
    `Cannot use ${typeText(index.type)} for subscript of ${typeText(type)}`,
    at,
  );
}

export function elementAt(call: CallSite): Typed {
  const [value, index] = [call.value(0), call.value(1)];
  if (!value || !index || call.args.length !== 2) throw call.unexpected();
  if (value.type.name === 'map')
    return {
      sql: `map_extract_value(${value.sql}, ${mapKey(value.type, index, call.at).sql})`,
      type: value.type.value,
    };
  if (value.type.name !== 'array') throw call.unexpected();
  const place = call.as(1, { name: 'bigint' }).sql;
  const fault = "trino_fail('INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1')";
  const sql = boundAll([value.sql, place], ([list, i]) => {
    return `CASE WHEN ${i} = 0 THEN ${fault} ELSE list_extract(${list}, ${i}) END`;
  });
  return { sql, type: value.type.element };
}

/**
 * `contains`, `array_position` and `array_remove` where DuckDB has elements equal that Trino has not, NaN and what holds
 * a NULL: each element's comparison is 1 where it is true, 0 where it is false, 2 where it is not known, and 3 where the
 * element is NULL itself.
 */
export function equalElements(call: CallSite): Typed | undefined {
  const [list, value] = [call.value(0), call.value(1)];
  if (call.args.length !== 2 || list?.type.name !== 'array' || !value) return undefined;
  const element = commonType(list.type.element, value.type);
  if (!element || !(isFloat(element) || isNested(element))) return undefined;
  const array: SqlType = { name: 'array', element };
  const sql = boundAll([coerce(list, array).sql, coerce(value, element).sql], ([l = '', v = '']) => {
    const codes = forEach(
      l,
      (item) => {
        const equal = comparison('=', { sql: item, type: element }, { sql: v, type: element }, call.at).sql;
        return `CASE WHEN ${item} IS NULL THEN 3 ELSE coalesce(CAST(${equal} AS INTEGER), 2) END`;
      },
      v,
    );
    const answer = bound(codes, (found) => equalAnswer(call.name, l, found));
    return `CASE WHEN ${l} IS NOT NULL AND ${v} IS NOT NULL THEN ${answer} END`;
  });
  if (call.name === 'array_remove') return { sql, type: array };
  return { sql, type: { name: call.name === 'contains' ? 'boolean' : 'bigint' } };
}

function equalAnswer(name: string, list: string, codes: string): string {
  if (name === 'array_remove') {
    const others = `list_filter(${list}, lambda x, i: list_extract(${codes}, i) <> 1)`;
    return `CASE WHEN list_contains(${codes}, 2) THEN ${unknownEquality(codes)} ELSE ${others} END`;
  }
  const first = `trino_first_equal(${codes})`;
  if (name === 'array_position') return first;
  return `CASE WHEN ${first} > 0 THEN true WHEN list_contains(${codes}, 3) THEN NULL ELSE false END`;
}

const unknownEquality = (codes: string) =>
  `trino_refuse('NOT_SUPPORTED: Comparison not supported for elements that are null or contain null', ${codes})`;

export const ELEMENT_MACROS = [
  `CREATE MACRO trino_first_equal(codes) AS CASE
    WHEN list_position(codes, 2) < coalesce(list_position(codes, 1), len(codes) + 1) THEN ${unknownEquality('codes')}
    ELSE coalesce(list_position(codes, 1), 0) END`,
  `CREATE MACRO trino_subscript(list, i) AS CASE
    WHEN i = 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1')
    WHEN i < 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Array subscript is negative: ' || CAST(i AS VARCHAR))
    WHEN i > len(list) THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Array subscript must be less than or equal to array length: '
      || CAST(i AS VARCHAR) || ' > ' || CAST(len(list) AS VARCHAR))
    ELSE list_extract(list, i) END`,
  `CREATE MACRO trino_map_value(m, k, shown) AS CASE
    WHEN map_contains(m, k) THEN map_extract_value(m, k)
    WHEN m IS NOT NULL AND k IS NOT NULL
      THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Key not present in map: ' || shown) END`,
];
