import { analyzeExpression, type Place } from './analyze-expression.js';
import type { Clauses } from './functions/bind-call.js';
import { isInterval } from './intervals.js';
import { requireBoolean } from './operators.js';
import { SqlFault } from './sql-fault.js';
import type { Call, Frame, SortItem, Window } from './syntax.js';

/** What DISTINCT, ORDER BY, IGNORE NULLS, FILTER and OVER of a call are to DuckDB; signature.ts says where each goes. */
export function clausesOf(call: Call, place: Place, windowPlace: Place): Clauses {
  const filter = call.filter && analyzeExpression(call.filter, place);
  if (filter && call.filter) requireBoolean(filter, 'FILTER clause', call.filter.at);
  const order = call.orderBy.length > 0 ? ` ORDER BY ${sortList(call.orderBy, place)}` : '';
  return {
    D: call.distinct ? 'DISTINCT ' : '',
    O: `${order}${call.ignoreNulls ? ' IGNORE NULLS' : ''}`,
    F: filter ? ` FILTER (WHERE ${filter.sql})` : '',
    A: filter ? `${filter.sql} AND ` : '',
    V: call.over ? ` OVER (${windowOf(call.over, windowPlace)})` : '',
  };
}

function sortList(items: readonly SortItem[], place: Place): string {
  return items.map((item) => `${analyzeExpression(item.value, place).sql}${direction(item)}`).join(', ');
}

export function direction({ descending, nullsFirst }: SortItem): string {
  return `${descending ? ' DESC' : ' ASC'} NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
}

/** What stands in the parentheses of OVER. */
function windowOf(window: Window, place: Place): string {
  const { base } = window;
  const named = base && place.windows?.get(base.name);
  if (base && !named)
    throw new SqlFault('INVALID_WINDOW_REFERENCE', `Cannot resolve WINDOW name ${base.name}`, base.at);
  const inherited = named ? [windowOf(named, place)] : [];
  const partition = window.partitionBy.map((key) => analyzeExpression(key, place).sql).join(', ');
  const parts = [...inherited, partition && `PARTITION BY ${partition}`];
  if (window.orderBy.length > 0) parts.push(`ORDER BY ${sortList(window.orderBy, place)}`);
  if (window.frame) {
    const { unit, start, end } = window.frame;
    const [from, to] = [start, end].map((frame) => frame && bound(frame, place));
    parts.push(end ? `${unit} BETWEEN ${from} AND ${to}` : `${unit} ${from}`);
  }
  return parts.filter(Boolean).join(' ');
}

function bound(frame: Frame, place: Place): string {
  if (typeof frame === 'string') return frame;
  const { sql, type } = analyzeExpression(frame.distance, place);
  if (!isInterval(type)) return `${sql} ${frame.side}`;
  const interval =
    type.name === 'interval year to month' ? `to_months(${sql})` : `to_microseconds(${sql} * 1000)`;
  return `${interval} ${frame.side}`;
}
