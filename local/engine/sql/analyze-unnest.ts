import { duckType, type SqlType, typeText } from '../sql-type.js';
import type { Analysis } from './analysis.js';
import { analyzeExpression } from './analyze-expression.js';
import type { Typed } from './coercion.js';
import { extended, type Relational } from './extended-relation.js';
import { fieldSql, forEach } from './nested-values.js';
import type { Scope, ScopeColumn } from './scope.js';
import { SqlFault } from './sql-fault.js';
import type { Relation } from './syntax.js';

type Unnest = Relation & { kind: 'unnest' };

/** An UNNEST with nothing to its left. */
export function analyzeUnnest(unnest: Unnest, analysis: Analysis, scope: Scope): Relational {
  const alias = analysis.fresh('r');
  const { items, columns } = itemsOf(unnest, listsOf(unnest, analysis, scope), analysis, alias, false);
  return { sql: `LATERAL (SELECT ${items.join(', ')}) AS ${alias}`, columns };
}

/**
 * The rows of a relation, each as often as its arrays have elements, which stand in their order. It is a query of its
 * own, not a join: so predicates reach the files below it, and the order of elements is not lost in a hash table.
 * @param keepsRows whether a row without elements stays, as in a LEFT JOIN
 */
export function unnested(
  left: Relational,
  unnest: Unnest,
  analysis: Analysis,
  scope: Scope,
  keepsRows: boolean,
): Relational & { readonly kept: readonly ScopeColumn[] } {
  const lists = listsOf(unnest, analysis, scope);
  const inner = extended(
    left,
    lists.map(({ sql }) => sql),
    analysis,
  );
  const held = lists.map(({ type }, i) => ({ sql: inner.added[i] ?? '', type }));
  const alias = analysis.fresh('r');
  const { items, columns } = itemsOf(unnest, held, analysis, alias, keepsRows);
  const ids = inner.columns.map(() => analysis.fresh('c'));
  const kept = inner.columns.map((column, i) => ({ ...column, sql: `${alias}.${ids[i]}` }));
  const selected = [...inner.columns.map(({ sql }, i) => `${sql} AS ${ids[i]}`), ...items];
  return { sql: `(SELECT ${selected.join(', ')} FROM ${inner.sql}) AS ${alias}`, kept, columns };
}

type List = Typed & { readonly type: SqlType & { name: 'array' } };

/** The arrays; of a map one of rows of key and value. */
function listsOf({ values, at }: Unnest, analysis: Analysis, scope: Scope): List[] {
  return values.map((value) => {
    const { sql, type } = analyzeExpression(value, { analysis, scope, noAggregates: 'UNNEST' });
    if (type.name === 'array') return { sql, type };
    if (type.name !== 'map') {
      const message = `Cannot unnest type: ${typeText(type)}`;
      throw new SqlFault('INVALID_FUNCTION_ARGUMENT', message, at);
    }
    const element: SqlType = { name: 'row', fields: [{ type: type.key }, { type: type.value }] };
    const entries = forEach(`map_entries(${sql})`, (entry) => `{'_0': ${entry}.key, '_1': ${entry}.value}`);
    return { sql: entries, type: { name: 'array', element } };
  });
}

/**
 * What is selected of arrays: of one of rows each field is a column. What is shorter than the longest is filled with
 * nulls, by DuckDB as by Trino.
 */
function itemsOf(
  { ordinality }: Unnest,
  lists: readonly List[],
  analysis: Analysis,
  alias: string,
  keepsRows: boolean,
): { readonly items: readonly string[]; readonly columns: readonly ScopeColumn[] } {
  const longest = `greatest(${lists.map(({ sql }) => `coalesce(len(${sql}), 0)`).join(', ')})`;
  const fields = lists.flatMap(({ sql, type: { element } }) => {
    if (element.name !== 'row') return [{ sql, type: element }];
    return element.fields.map(({ name, type }, i) => {
      const field = { sql: forEach(sql, (item) => fieldSql(item, element, i)), type };
      return name === undefined ? field : { ...field, name };
    });
  });
  const items: string[] = [];
  const columns: ScopeColumn[] = [];
  const add = (sql: string, column: Omit<ScopeColumn, 'sql'>) => {
    const id = analysis.fresh('c');
    items.push(`${sql} AS ${id}`);
    columns.push({ ...column, sql: `${alias}.${id}` });
  };
  for (const [i, { sql, ...column }] of fields.entries()) {
    const list = keepsRows && i === 0 ? `CASE WHEN ${longest} > 0 THEN ${sql} ELSE [NULL] END` : sql;
    add(`CAST(unnest(${list}) AS ${duckType(column.type)})`, column);
  }
  if (ordinality) add(`unnest(range(1, ${longest} + 1))`, { type: { name: 'bigint' } });
  return { items, columns };
}
