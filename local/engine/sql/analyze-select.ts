import type { Analysis, AnalyzedQuery, OutputColumn } from './analysis.js';
import { analyzeExpression, type Place } from './analyze-expression.js';
import { analyzeGroupBy } from './analyze-group-by.js';
import { ordinalColumn } from './analyze-query.js';
import { analyzeRelations } from './analyze-relation.js';
import { sortKey } from './analyze-window.js';
import type { Typed } from './coercion.js';
import { refuseMaps } from './nested-comparison.js';
import { requireBoolean } from './operators.js';
import type { Scope, ScopeColumn } from './scope.js';
import { SqlFault } from './sql-fault.js';
import type { Expression, Select, SelectItem, SortItem } from './syntax.js';

/** A SELECT with the ORDER BY that belongs to it. */
export function analyzeSelect(
  select: Select,
  orderBy: readonly SortItem[],
  analysis: Analysis,
  outer: Scope | undefined,
): AnalyzedQuery {
  const from = analyzeRelations(select.from, analysis, outer);
  const scope: Scope = { columns: from.columns, ...(outer && { outer }) };
  const windows = new Map(select.windows.map(({ name, window }) => [name.name, window]));
  const place: Place = { analysis, scope, windows };
  const items = select.items.flatMap((item) => selectItems(item, place));
  if (select.distinct) for (const { type } of items) refuseMaps('DISTINCT', type, select.at);
  const clauses = [
    `SELECT ${select.distinct ? 'DISTINCT ' : ''}${items.map(({ sql, id }) => `${sql} AS ${id}`).join(', ')}`,
    from.sql && `FROM ${from.sql}`,
    select.where &&
      `WHERE ${condition(select.where, 'WHERE clause', { ...place, noAggregates: 'WHERE clause', condition: select.where })}`,
    select.groupBy &&
      `GROUP BY ${analyzeGroupBy(select.groupBy, items, { ...place, noAggregates: 'GROUP BY clause' })}`,
    select.having && `HAVING ${condition(select.having, 'HAVING clause', place)}`,
    orderBy.length > 0 &&
      `ORDER BY ${orderBy.map((item) => order(item, items, select.distinct, place)).join(', ')}`,
  ];
  return { sql: clauses.filter(Boolean).join(' '), columns: items };
}

type Item = OutputColumn & Typed;

function selectItems(item: SelectItem, place: Place): Item[] {
  const { analysis, scope } = place;
  if (item.kind === 'item') {
    const typed = analyzeExpression(item.value, place);
    const name = item.alias?.name ?? impliedName(item.value);
    return [{ ...typed, id: analysis.fresh('c'), ...(name !== undefined && { name }) }];
  }
  const { qualifier, at } = item;
  const columns = scope.columns.filter(
    ({ hidden, relation }) => !hidden && (!qualifier || relation === qualifier.name),
  );
  if (columns.length === 0) {
    if (qualifier) throw new SqlFault('TABLE_NOT_FOUND', `Unable to resolve reference ${qualifier.name}`, at);
    throw new SqlFault('COLUMN_NOT_FOUND', 'SELECT * not allowed in queries without FROM clause', at);
  }
  return columns.map(({ sql, type, name }) => {
    if (name !== undefined) analysis.used(sql, name, at);
    return { sql, type, id: analysis.fresh('c'), ...(name !== undefined && { name }) };
  });
}

function impliedName(value: Expression): string | undefined {
  if (value.kind === 'name') return value.parts.at(-1)?.name;
  return value.kind === 'field' ? value.name.name : undefined;
}

function condition(expression: Expression, what: string, place: Place): string {
  const typed = analyzeExpression(expression, place);
  requireBoolean(typed, what, expression.at);
  return typed.sql;
}

/** ORDER BY sees the columns of the result before those of the tables. */
function order(item: SortItem, items: readonly Item[], distinct: boolean, place: Place): string {
  const { value } = item;
  const ordinal = ordinalColumn(value, items);
  if (ordinal) return sortKey(item, { sql: ordinal.id, type: ordinal.type });
  const seen = orderScope(items, place.scope);
  const { sql, type } = analyzeExpression(value, { ...place, scope: seen });
  const output = items.find((column) => column.sql === sql);
  // Within an expression the name of a result's column is not what the result's own expressions mean by it.
  const mixed = value.kind !== 'name' && namesAny(value, seen.columns);
  if (distinct && (!output || mixed)) {
    const message = 'For SELECT DISTINCT, ORDER BY expressions must appear in select list';
    throw new SqlFault('EXPRESSION_NOT_IN_DISTINCT', message, value.at);
  }
  return sortKey(item, { sql: output?.id ?? sql, type });
}

/** A column of the tables gives way to a result's of the same name, unless it is named with its table. */
function orderScope(items: readonly Item[], tables: Scope): Scope {
  const results = items.flatMap(({ sql, type, name }, i) => {
    // `SELECT a, a` has one `a` to order by.
    const again = items.slice(0, i).some((other) => other.name === name && other.sql === sql);
    return name === undefined || again ? [] : [{ sql, type, name }];
  });
  return { columns: results, outer: tables };
}

/** Whether an expression names one of the columns, without a table's name. */
function namesAny(node: unknown, columns: readonly ScopeColumn[]): boolean {
  if (Array.isArray(node)) return node.some((item) => namesAny(item, columns));
  if (typeof node !== 'object' || node === null) return false;
  if ('kind' in node && node.kind === 'name' && 'parts' in node && Array.isArray(node.parts)) {
    const [only, more] = node.parts;
    return !more && columns.some(({ name }) => name === only?.name);
  }
  return Object.values(node).some((value) => namesAny(value, columns));
}
