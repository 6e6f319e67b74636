import { duckType, fieldKey, quoteText, type SqlType, typeText } from '../sql-type.js';
import type { AnalyzedQuery } from './analysis.js';
import { analyzeExpression, type Place } from './analyze-expression.js';
import { analyzeQuery } from './analyze-query.js';
import { commonType, isFloat, isNested, type Typed } from './coercion.js';
import { comparable, comparison } from './comparison.js';
import { holdsNaN, isIndeterminate, refuseMaps } from './nested-comparison.js';
import { SqlFault } from './sql-fault.js';
import type { BinaryOperator, Expression, Query } from './syntax.js';

type Quantified = Expression & { kind: 'quantified' };

const BOOLEAN: SqlType = { name: 'boolean' };

/** `value IN (query)`, which is `value = ANY (query)`. */
export function inQuery(
  { value, query, at }: Pick<Expression & { kind: 'inQuery' }, 'value' | 'query' | 'at'>,
  place: Place,
): Typed {
  return quantified({ value, query, at, operator: '=', quantifier: 'ANY' }, place);
}

/**
 * `value = ANY (query)`, and its like with other operators and with ALL. A row is compared with all columns of the query,
 * and any other value with its only one.
 * @see https://github.com/trinodb/trino/pull/7863
 */
export function quantified(
  { value: left, query, operator, quantifier, at }: Omit<Quantified, 'kind'>,
  place: Place,
): Typed {
  const columns = columnsOf(query, place, at);
  const typed = analyzeExpression(left, place);
  const rows = typed.type.name === 'row' ? asRow(columns) : (onlyOne(columns) ?? asRow(columns));
  if (!commonType(typed.type, rows.type)) {
    const types = `${typeText(typed.type)} vs ${typeText(rows.type)}`;
    const message = `Value expression and result of subquery must be of the same type: ${types}`;
    throw new SqlFault('TYPE_MISMATCH', message, at);
  }
  const [value, column] = comparable(operator, typed, rows, at);
  const compared = { value, column, from: rows.from, at };
  const isAny = operator === '=' && quantifier === 'ANY';
  const isMembership = isAny || (operator === '<>' && quantifier === 'ALL');
  if (isNested(column.type) && isMembership) {
    const found = isOneOf(compared);
    return { sql: isAny ? found : `(NOT ${found})`, type: BOOLEAN };
  }
  if (isNested(column.type) || (isFloat(column.type) && !isMembership))
    return { sql: pairByPair(operator, quantifier, compared), type: BOOLEAN };
  // NaN equals nothing.
  const which = isFloat(column.type) ? ` WHERE NOT coalesce(isnan(${column.sql}), false)` : '';
  const all = `(SELECT ${column.sql} FROM (${rows.from}) AS sub${which})`;
  return { sql: `(${value.sql} ${operator} ${quantifier} ${all})`, type: BOOLEAN };
}

interface Compared {
  readonly value: Typed;
  /** A value of the subquery, as a query around `from` under the name `sub` calls it; of the value's type. */
  readonly column: Typed;
  readonly from: string;
  readonly at: number;
}

/**
 * Whether a row or an array is one of those of a subquery. DuckDB has two NULLs in them equal, so that it is asked only
 * for those that hold none; of the others it is at best not known.
 */
function isOneOf(compared: Compared): string {
  const { value, column, from, at } = compared;
  const { type } = column;
  refuseMaps('IN', type, at);
  const whole = `NOT ${isIndeterminate(column.sql, type)} AND NOT ${holdsNaN(column.sql, type)}`;
  const known = `${value.sql} IN (SELECT ${column.sql} FROM (${from}) AS sub WHERE ${whole})`;
  const unknown = (side: string) =>
    pairWhere('=', compared, (equal) => `${isIndeterminate(side, type)} AND ${equal} IS NULL`);
  return `CASE WHEN ${known} THEN true WHEN ${unknown('pair.c')} OR ${unknown('pair.v')} THEN NULL ELSE false END`;
}

/** What a comparison with each value of a subquery comes to; for what DuckDB would compare in another way. */
function pairByPair(operator: BinaryOperator, quantifier: 'ANY' | 'ALL', compared: Compared): string {
  const decides = quantifier === 'ANY';
  const decided = pairWhere(operator, compared, (is) => (decides ? is : `NOT ${is}`));
  const unknown = pairWhere(operator, compared, (is) => `${is} IS NULL`);
  return `CASE WHEN ${decided} THEN ${decides} WHEN ${unknown} THEN NULL ELSE ${!decides} END`;
}

/** Whether there is a pair of the value and one of the subquery of whose comparison something is so. */
function pairWhere(
  operator: BinaryOperator,
  { value, column, from, at }: Compared,
  holds: (comparison: string) => string,
): string {
  const { type } = column;
  const compared = comparison(operator, { sql: 'pair.v', type }, { sql: 'pair.c', type }, at).sql;
  const pairs = `SELECT ${value.sql} AS v, ${column.sql} AS c FROM (${from}) AS sub`;
  return `EXISTS (SELECT 1 FROM (${pairs}) AS pair WHERE ${holds(compared)})`;
}

/** The value of a subquery of one row at the most: that of its one column, or a row of its several. */
export function scalarSubquery(query: Query, place: Place, at: number): Typed {
  const columns = columnsOf(query, place, at);
  const { from, type } = onlyOne(columns) ?? asRow(columns);
  return { sql: `(${from})`, type };
}

function columnsOf(query: Query, { analysis, scope, lambdas }: Place, at: number): AnalyzedQuery {
  if (lambdas) throw new SqlFault('NOT_SUPPORTED', 'Lambda expression cannot contain subqueries', at);
  return analyzeQuery(query, analysis, scope);
}

/** What a query around `from` under the name `sub` calls its values. */
type Rows = Typed & { readonly from: string };

function onlyOne({ sql, columns }: AnalyzedQuery): Rows | undefined {
  const [only, ...others] = columns;
  return only && others.length === 0 ? { sql: `sub.${only.id}`, type: only.type, from: sql } : undefined;
}

function asRow({ sql, columns }: AnalyzedQuery): Rows {
  const type: SqlType = {
    name: 'row',
    fields: columns.map(({ name, type }) => ({ ...(name !== undefined && { name }), type })),
  };
  const fields = columns.map(
    ({ id }, i) => `${quoteText(fieldKey(type.fields[i] ?? { type }, i))}: parts.${id}`,
  );
  const from = `SELECT CAST({${fields.join(', ')}} AS ${duckType(type)}) AS whole FROM (${sql}) AS parts`;
  return { sql: 'sub.whole', type, from };
}
