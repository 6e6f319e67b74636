import { type SqlType, typeText } from '../sql-type.js';
import type { Analysis, AnalyzedQuery, OutputColumn } from './analysis.js';

import { analyzeExpression } from './analyze-expression.js';
import { analyzeRecursive, isRecursive } from './analyze-recursion.js';
import { analyzeSelect } from './analyze-select.js';
import { sortKey } from './analyze-window.js';
import { coerce, commonType, type Typed } from './coercion.js';
import { refuseMaps } from './nested-comparison.js';
import { fieldSql } from './nested-values.js';
import type { Scope } from './scope.js';
import { notSupported, SqlFault } from './sql-fault.js';
import type { Expression, Query, QueryBody, SetOperation, SortItem, Values } from './syntax.js';

/** The query for DuckDB, each of its columns under a name of its own. */
export function analyzeQuery(query: Query, analysis: Analysis, outer?: Scope): AnalyzedQuery {
  return analysis.inner(() => analyzeWithCtes(query, analysis, outer));
}

function analyzeWithCtes(query: Query, analysis: Analysis, outer: Scope | undefined): AnalyzedQuery {
  const definitions = query.ctes.map((cte, i, all) => {
    if (all.slice(0, i).some(({ name }) => name.name === cte.name.name)) {
      const message = `WITH query name '${cte.name.name}' specified more than once`;
      throw new SqlFault('DUPLICATE_NAMED_QUERY', message, cte.name.at);
    }
    const names = cte.columns?.map(({ name }) => name);
    const analyzed = isRecursive(cte)
      ? analyzeRecursive(cte, analysis, outer)
      : renamed(analyzeQuery(cte.query, analysis, outer), names, cte.name.at);
    const id = analysis.fresh('q');
    analysis.ctes = new Map(analysis.ctes).set(cte.name.name, { id, columns: analyzed.columns });
    return { id, analyzed };
  });
  // Trino reads a CTE anew wherever it is named, and so counts what it scans.
  const ctes = definitions.map(({ id, analyzed }) => `${id} AS NOT MATERIALIZED (${analyzed.sql})`);
  const { sql, columns } = query.withTies
    ? analyzeTies(query, analysis, outer)
    : analyzeOrdered(query, analysis, outer);
  const limit = query.withTies ? undefined : query.limit;
  const { offset } = query;
  const rows = `${limit ? ` LIMIT ${count(limit, analysis)}` : ''}${offset ? ` OFFSET ${count(offset, analysis)}` : ''}`;
  return { sql: `${ctes.length > 0 ? `WITH ${ctes.join(', ')} ` : ''}${sql}${rows}`, columns };
}

/** With other names for its columns, as in `t (a, b)`. */
export function renamed(
  query: AnalyzedQuery,
  names: readonly string[] | undefined,
  at: number,
): AnalyzedQuery {
  if (!names) return query;
  if (names.length !== query.columns.length) {
    const message = `Column alias list has ${names.length} entries but relation has ${query.columns.length} columns`;
    throw new SqlFault('MISMATCHED_COLUMN_ALIASES', message, at);
  }
  return { sql: query.sql, columns: query.columns.map((column, i) => ({ ...column, name: names[i] ?? '' })) };
}

function count(expression: Expression, analysis: Analysis): string {
  return analyzeExpression(expression, { analysis, scope: { columns: [] } }).sql;
}

function analyzeOrdered(query: Query, analysis: Analysis, outer: Scope | undefined): AnalyzedQuery {
  if (query.body.kind === 'select') return analyzeSelect(query.body, query.orderBy, analysis, outer);
  const body = analyzeBody(query.body, analysis, outer);
  if (query.orderBy.length === 0) return body;
  const order = query.orderBy.map((item) => outputOrder(item, body.columns, analysis)).join(', ');
  return { sql: `SELECT * FROM (${body.sql}) ORDER BY ${order}`, columns: body.columns };
}

/** FETCH FIRST … WITH TIES: the rows whose rank is within the limit. */
function analyzeTies(query: Query, analysis: Analysis, outer: Scope | undefined): AnalyzedQuery {
  const { limit, orderBy } = query;
  const at = limit?.at;
  if (orderBy.length === 0 || !limit)
    throw new SqlFault('MISSING_ORDER_BY', 'FETCH FIRST WITH TIES clause requires ORDER BY', at);
  if (query.offset) throw notSupported('OFFSET with FETCH FIRST WITH TIES', at);
  const body = analyzeBody(query.body, analysis, outer);
  const order = orderBy.map((item) => outputOrder(item, body.columns, analysis)).join(', ');
  const rank = `rank() OVER (ORDER BY ${order}) <= ${count(limit, analysis)}`;
  return { sql: `SELECT * FROM (${body.sql}) QUALIFY ${rank} ORDER BY ${order}`, columns: body.columns };
}

function outputOrder(item: SortItem, columns: readonly OutputColumn[], analysis: Analysis): string {
  const scope = {
    columns: columns.map(({ id, name, type }) => ({ sql: id, type, ...(name !== undefined && { name }) })),
  };
  const ordinal = ordinalColumn(item.value, columns);
  return sortKey(
    item,
    ordinal ? { sql: ordinal.id, type: ordinal.type } : analyzeExpression(item.value, { analysis, scope }),
  );
}

/** The column that a whole number in ORDER BY or GROUP BY stands for. */
export function ordinalColumn<T>(expression: Expression, columns: readonly T[]): T | undefined {
  if (expression.kind !== 'literal' || expression.type !== 'integer') return undefined;
  const column = columns[Number(expression.text) - 1];
  if (!column)
    throw new SqlFault(
      'INVALID_COLUMN_REFERENCE',
      `Position ${expression.text} is not in select list`,
      expression.at,
    );
  return column;
}

export function analyzeBody(body: QueryBody, analysis: Analysis, outer: Scope | undefined): AnalyzedQuery {
  switch (body.kind) {
    case 'select':
      return analyzeSelect(body, [], analysis, outer);
    case 'query': {
      const inner = analyzeQuery(body.query, analysis, outer);
      return { sql: `SELECT * FROM (${inner.sql})`, columns: inner.columns };
    }
    case 'values':
      return analyzeValues(body, analysis, outer);
    case 'setOperation':
      return analyzeSetOperation(body, analysis, outer);
  }
}

function analyzeValues({ rows, at }: Values, analysis: Analysis, outer: Scope | undefined): AnalyzedQuery {
  const place = { analysis, scope: { columns: [], ...(outer && { outer }) }, noAggregates: 'VALUES' };
  const typed = rows.map((row) => {
    if ('kind' in row) return fieldsOf(analyzeExpression(row, place));
    return row.map((value) => analyzeExpression(value, place));
  });
  const columns = (typed[0] ?? []).map((first, i): OutputColumn => {
    const types = typed.map((row) => row[i]?.type);
    const type = types.reduce<SqlType | undefined>((a, b) => a && b && commonType(a, b), first.type);
    if (!type) throw new SqlFault('TYPE_MISMATCH', 'Values rows have mismatched types', at);
    return { id: analysis.fresh('c'), type };
  });
  if (typed.some((row) => row.length !== columns.length))
    throw new SqlFault('TYPE_MISMATCH', 'Values rows have mismatched sizes', at);
  const lines = typed.map(
    (row) => `(${row.map((value, i) => coerce(value, columns[i]?.type ?? value.type).sql).join(', ')})`,
  );
  const sql = `SELECT * FROM (VALUES ${lines.join(', ')}) AS v(${columns.map(({ id }) => id).join(', ')})`;
  return { sql, columns };
}

function fieldsOf(value: Typed): readonly Typed[] {
  const { sql, type } = value;
  if (type.name !== 'row') return [value];
  return type.fields.map((field, i) => ({ sql: fieldSql(sql, type, i), type: field.type }));
}

function analyzeSetOperation(
  body: SetOperation,
  analysis: Analysis,
  outer: Scope | undefined,
): AnalyzedQuery {
  const [left, right] = [analyzeBody(body.left, analysis, outer), analyzeBody(body.right, analysis, outer)];
  if (left.columns.length !== right.columns.length) {
    const message = `${body.operator} query has different number of fields: ${left.columns.length}, ${right.columns.length}`;
    throw new SqlFault('TYPE_MISMATCH', message, body.at);
  }
  const columns = left.columns.map((column, i): OutputColumn => {
    const other = right.columns[i]?.type ?? column.type;
    const type = commonType(column.type, other);
    if (!type) {
      const message = `column ${i + 1} in ${body.operator} query has incompatible types: ${typeText(column.type)}, ${typeText(other)}`;
      throw new SqlFault('TYPE_MISMATCH', message, body.at);
    }
    if (!(body.operator === 'UNION' && body.all)) refuseMaps(body.operator, type, body.at);
    return { ...column, id: analysis.fresh('c'), type };
  });
  const side = (query: AnalyzedQuery) => {
    const items = query.columns.map(
      ({ id, type }, i) => `${coerce({ sql: id, type }, columns[i]?.type ?? type).sql} AS ${columns[i]?.id}`,
    );
    return `(SELECT ${items.join(', ')} FROM (${query.sql}))`;
  };
  return { sql: `${side(left)} ${body.operator}${body.all ? ' ALL' : ''} ${side(right)}`, columns };
}
