import type { SqlType } from '../../sql-type.js';
import { isFloat, isNested, type Typed } from '../coercion.js';
import { holdsNaN, isIndeterminate, noOrder } from '../nested-comparison.js';
import { bound, forEach, holds } from '../nested-values.js';
import type { CallSite } from './call-site.js';
import { isOrderable } from './type-pattern.js';

/** `array_sort` without a lambda: NULL last, NaN before it. */
export function ordered(call: CallSite): Typed {
  const { sql, type } = arrayOf(call);
  const sorted = bound(sql, (list) => checked(list, type.element, `list_sort(${list}, 'ASC', 'NULLS LAST')`));
  return { sql: sorted, type };
}

/** `array_max` and `array_min`, which are NULL where an element is; NaN is one of both only if there is nothing else. */
export function extremeElement(call: CallSite): Typed {
  const { sql, type } = arrayOf(call);
  const { element } = type;
  const extreme = bound(sql, (list) => {
    const found = `list_${call.name.slice('array_'.length)}(${list})`;
    if (call.name === 'array_min' || !holds(element, isFloat))
      return checked(list, element, complete(list, found));
    if (!isNested(element))
      return complete(list, `coalesce(list_max(list_filter(${list}, lambda x: NOT isnan(x))), ${found})`);
    const nan = `list_contains(${forEach(list, (item) => holdsNaN(item, element))}, true)`;
    const fault = `trino_refuse('NOT_SUPPORTED: array_max of elements that hold NaN is not supported by local AWS', ${list})`;
    return checked(list, element, complete(list, `CASE WHEN ${nan} THEN ${fault} ELSE ${found} END`));
  });
  return { sql: extreme, type: element };
}

function complete(list: string, sql: string): string {
  return `CASE WHEN list_count(${list}) = len(${list}) THEN ${sql} END`;
}

/** Trino compares no element that holds a NULL. */
function checked(list: string, element: SqlType, sql: string): string {
  if (!isNested(element)) return sql;
  const unknown = forEach(list, (item) => `${item} IS NOT NULL AND ${isIndeterminate(item, element)}`);
  return `CASE WHEN len(${list}) > 1 AND list_contains(${unknown}, true) THEN ${noOrder(list)} ELSE ${sql} END`;
}

function arrayOf(call: CallSite): Typed & { readonly type: SqlType & { readonly name: 'array' } } {
  const list = call.value(0);
  if (call.args.length !== 1 || list?.type.name !== 'array' || !isOrderable(list.type.element))
    throw call.unexpected();
  return { sql: list.sql, type: list.type };
}
