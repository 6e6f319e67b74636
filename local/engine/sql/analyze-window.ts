import { typeText } from '../sql-type.js';
import { analyzeExpression, type Place } from './analyze-expression.js';
import { frameOf } from './analyze-frame.js';
import type { Typed } from './coercion.js';
import type { Clauses } from './functions/bind-call.js';
import { isOrderable } from './functions/type-pattern.js';
import { refuseMaps } from './nested-comparison.js';
import { requireBoolean } from './operators.js';
import { SqlFault } from './sql-fault.js';
import type { Call, SortItem, Window } from './syntax.js';

/** What DISTINCT, ORDER BY, IGNORE NULLS, FILTER and OVER of a call are to DuckDB; signature.ts says where each goes. */
export function clausesOf(call: Call, place: Place, windowPlace: Place): Clauses {
  const filter = call.filter && analyzeExpression(call.filter, place);
  if (filter && call.filter) requireBoolean(filter, 'FILTER clause', call.filter.at);
  if (call.distinct && !call.over) checkDistinct(call, place);
  const order = call.orderBy.length > 0 ? ` ORDER BY ${sortList(call.orderBy, place)}` : '';
  return {
    D: call.distinct ? 'DISTINCT ' : '',
    O: `${order}${call.ignoreNulls ? ' IGNORE NULLS' : ''}`,
    F: filter ? ` FILTER (WHERE ${filter.sql})` : '',
    A: filter ? `${filter.sql} AND ` : '',
    V: call.over ? ` OVER (${windowOf(call.over, windowPlace)})` : '',
  };
}

/** Of what is distinct only the arguments are left to sort by; and a map's equal is not found by DuckDB. */
function checkDistinct(call: Call, place: Place): void {
  const args = call.args.map((arg) => analyzeExpression(arg, place));
  for (const { type } of args) refuseMaps('DISTINCT', type, call.args[0]?.at);
  for (const { value } of call.orderBy) {
    const { sql } = analyzeExpression(value, place);
    if (args.some((arg) => arg.sql === sql)) continue;
    const message = 'For aggregate function with DISTINCT, ORDER BY expressions must appear in arguments';
    throw new SqlFault('EXPRESSION_NOT_IN_DISTINCT', message, value.at);
  }
}

function sortList(items: readonly SortItem[], place: Place): string {
  return items.map((item) => sortKey(item, analyzeExpression(item.value, place))).join(', ');
}

/** What stands in an ORDER BY. @throws SqlFault for values that have no order. */
export function sortKey(item: SortItem, { sql, type }: Typed): string {
  if (isOrderable(type)) return `${sql}${direction(item)}`;
  const message = `Type ${typeText(type)} is not orderable, and therefore cannot be used in ORDER BY`;
  throw new SqlFault('TYPE_MISMATCH', message, item.value.at);
}

function direction({ descending, nullsFirst }: SortItem): string {
  return `${descending ? ' DESC' : ' ASC'} NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
}

/** What stands in the parentheses of OVER. */
function windowOf(window: Window, place: Place): string {
  const { base } = window;
  const named = base && place.windows?.get(base.name);
  if (base && !named)
    throw new SqlFault('INVALID_WINDOW_REFERENCE', `Cannot resolve WINDOW name ${base.name}`, base.at);
  const inherited = named ? [windowOf(named, place)] : [];
  const keys = window.partitionBy.map((key) => {
    const { sql, type } = analyzeExpression(key, place);
    refuseMaps('PARTITION BY', type, key.at);
    return sql;
  });
  const parts = [...inherited, keys.length > 0 && `PARTITION BY ${keys.join(', ')}`];
  if (window.orderBy.length > 0) parts.push(`ORDER BY ${sortList(window.orderBy, place)}`);
  if (window.frame) parts.push(frameOf(window.frame, orderOf(window, place), place));
  return parts.filter(Boolean).join(' ');
}

/** By what the rows of a window are ordered, if it is one that another stands on that says so. */
function orderOf({ base, orderBy }: Window, place: Place): readonly SortItem[] {
  const named = base && place.windows?.get(base.name);
  return orderBy.length > 0 || !named ? orderBy : orderOf(named, place);
}
