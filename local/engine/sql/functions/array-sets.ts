import type { SqlType } from '../../sql-type.js';
import { coerce, commonType, isFloat, isNested, type Typed } from '../coercion.js';
import { refuseMaps } from '../nested-comparison.js';
import { boundAll, holds } from '../nested-values.js';
import type { CallSite } from './call-site.js';

/** `array_distinct`, `array_union`, `array_intersect` and `array_except`, to which NULL is NULL's equal and NaN NaN's. */
export function distinctElements(call: CallSite): Typed {
  const lists = call.args.map((_, i) => call.value(i));
  let type: SqlType = { name: 'array', element: { name: 'unknown' } };
  for (const list of lists) {
    const common: SqlType | undefined = list && commonType(type, list.type);
    if (common?.name !== 'array') throw call.unexpected();
    type = common;
  }
  if (lists.length !== (call.name === 'array_distinct' ? 1 : 2)) throw call.unexpected();
  const { element } = type;
  refuseMaps(call.name, element, call.at);
  const distinct = !holds(element, isFloat)
    ? 'trino_distinct'
    : isNested(element)
      ? 'trino_distinct_by_place'
      : 'trino_distinct_floats';
  const sqls = lists.map((list) => (list ? coerce(list, type).sql : 'NULL'));
  return { sql: boundAll(sqls, ([a = '', b = '']) => elements(call.name, distinct, a, b)), type };
}

function elements(name: string, distinct: string, a: string, b: string): string {
  const known = (sql: string) => `CASE WHEN ${a} IS NOT NULL AND ${b} IS NOT NULL THEN ${sql} END`;
  switch (name) {
    case 'array_distinct':
      return `${distinct}(${a})`;
    case 'array_union':
      return known(`${distinct}(list_concat(${a}, ${b}))`);
    case 'array_except':
      return known(`${distinct}(list_filter(${a}, lambda x: NOT trino_has(${b}, x)))`);
    default: {
      // In the order of the longer array.
      const within = (list: string, other: string) =>
        `${distinct}(list_filter(${list}, lambda x: trino_has(${other}, x)))`;
      return known(`CASE WHEN len(${a}) >= len(${b}) THEN ${within(a, b)} ELSE ${within(b, a)} END`);
    }
  }
}

export const SET_MACROS = [
  'CREATE MACRO trino_first_places(list, items) AS list_sort(list_transform(items, lambda d: list_position(list, d)))',
  'CREATE MACRO trino_at(list, places) AS list_transform(places, lambda i: list_extract(list, i))',
  'CREATE MACRO trino_has(list, x) AS coalesce(list_position(list, x), 0) > 0',
  // list_distinct keeps neither the order nor NULL.
  `CREATE MACRO trino_distinct(list) AS CASE WHEN len(list_distinct(list)) = len(list) THEN list
    ELSE trino_at(list, trino_first_places(list, CASE WHEN list_count(list) < len(list)
      THEN list_append(list_distinct(list), NULL) ELSE list_distinct(list) END)) END`,
  // To list_distinct no NaN is another's equal.
  `CREATE MACRO trino_distinct_by_place(list) AS
    trino_at(list, list_filter(range(1, len(list) + 1), lambda i: list_position(list, list_extract(list, i)) = i))`,
  `CREATE MACRO trino_distinct_floats(list) AS CASE WHEN list_contains(list, CAST('NaN' AS FLOAT))
    THEN trino_distinct_by_place(list) ELSE trino_distinct(list) END`,
];
