import type { Analysis } from './analysis.js';
import type { ScopeColumn } from './scope.js';

/** What stands behind FROM, and its columns. */
export interface Relational {
  readonly sql: string;
  readonly columns: readonly ScopeColumn[];
}

/** A relation with more columns behind its own, which are computed of them once. */
export function extended(
  { sql, columns }: Relational,
  more: readonly string[],
  analysis: Analysis,
): Relational & { readonly added: readonly string[] } {
  const alias = analysis.fresh('r');
  const ids = [...columns, ...more].map(() => analysis.fresh('c'));
  const items = [...columns.map((column) => column.sql), ...more].map((item, i) => `${item} AS ${ids[i]}`);
  return {
    sql: `(SELECT ${items.join(', ')} FROM ${sql}) AS ${alias}`,
    columns: columns.map((column, i) => ({ ...column, sql: `${alias}.${ids[i]}` })),
    added: ids.slice(columns.length).map((id) => `${alias}.${id}`),
  };
}
