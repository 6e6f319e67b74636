import { duckType } from '../sql-type.js';
import { analyzeExpression, type Place } from './analyze-expression.js';
import type { Typed } from './coercion.js';
import { callFunction, functionFault, functionKind } from './functions.js';
import { requireBoolean } from './operators.js';
import { specialCall } from './special-functions.js';
import { SqlFault } from './sql-fault.js';
import type { Call, SortItem, Window } from './syntax.js';

/** A call of a scalar function, an aggregate or a window function. */
export function analyzeCall(call: Call & { readonly at: number }, place: Place): Typed {
  const { name, at } = call;
  const kind = functionKind(name);
  const isAggregate = kind === 'aggregate' && !call.over;
  if ((kind === 'aggregate' || kind === 'window') && place.noAggregates) {
    const message = `${place.noAggregates} cannot contain aggregations, window functions or grouping operations: [${name}]`;
    throw new SqlFault('EXPRESSION_NOT_SCALAR', message, at);
  }
  if (kind === 'window' && !call.over)
    throw new SqlFault('MISSING_OVER', `Window function ${name} requires an OVER clause`, at);
  const inner: Place = isAggregate
    ? { ...place, noAggregates: `Arguments of the aggregation ${name}` }
    : place;
  const args = call.args.map((arg) => analyzeExpression(arg, inner));
  if (!kind || !(kind === 'aggregate' || kind === 'window')) {
    if (call.over || call.distinct || call.filter || call.star || call.orderBy.length > 0) {
      throw new SqlFault('FUNCTION_NOT_AGGREGATE', `Function '${name}' is not an aggregation`, at);
    }
    const special = specialCall(name, args, call.args, at);
    if (special) return special;
    const unknown = functionFault(name, at);
    if (unknown) throw unknown;
    const { sql, type } = callFunction('scalar', name, args, at);
    return { sql: `CAST(${sql} AS ${duckType(type)})`, type };
  }
  if (call.star && name !== 'count')
    throw new SqlFault('FUNCTION_NOT_FOUND', `Unexpected parameters (*) for function ${name}`, at);
  const bound = callFunction(kind, name, args, at);
  const sql = withClauses(bound.sql, call, inner);
  return { sql: `CAST(${sql} AS ${duckType(bound.type)})`, type: bound.type };
}

/** The call with DISTINCT, ORDER BY, IGNORE NULLS, FILTER and OVER where DuckDB wants them. */
function withClauses(sql: string, call: Call, place: Place): string {
  const open = sql.indexOf('(') + 1;
  const order = call.orderBy.length > 0 ? ` ORDER BY ${sortList(call.orderBy, place)}` : '';
  const inside = `${call.distinct ? 'DISTINCT ' : ''}${sql.slice(open, -1)}${order}${call.ignoreNulls ? ' IGNORE NULLS' : ''}`;
  const filter = call.filter && analyzeExpression(call.filter, place);
  if (filter && call.filter) requireBoolean(filter, 'FILTER clause', call.filter.at);
  const over = call.over ? ` OVER (${windowOf(call.over, place)})` : '';
  return `${sql.slice(0, open)}${inside})${filter ? ` FILTER (WHERE ${filter.sql})` : ''}${over}`;
}

function sortList(items: readonly SortItem[], place: Place): string {
  return items.map((item) => `${analyzeExpression(item.value, place).sql}${direction(item)}`).join(', ');
}

export function direction({ descending, nullsFirst }: SortItem): string {
  return `${descending ? ' DESC' : ' ASC'} NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
}

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
    const bound = (frame: typeof start) =>
      typeof frame === 'string' ? frame : `${analyzeExpression(frame.distance, place).sql} ${frame.side}`;
    parts.push(end ? `${unit} BETWEEN ${bound(start)} AND ${bound(end)}` : `${unit} ${bound(start)}`);
  }
  return parts.filter(Boolean).join(' ');
}
