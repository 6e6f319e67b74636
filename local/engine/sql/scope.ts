import { typeText } from '../sql-type.js';
import type { Typed } from './coercion.js';
import { fieldSql } from './nested-values.js';
import { SqlFault } from './sql-fault.js';
import type { Identifier } from './tokens.js';

/** A column that an expression can name. */
export interface ScopeColumn extends Typed {
  /** In lower case; none for a column that nothing can name. */
  readonly name?: string;
  /** Alias of its relation, or name of its table. */
  readonly relation?: string;
  /** Of a table without an alias, whose columns can be named with it. */
  readonly database?: string;
  /** Whether `*` leaves it out, as it does `"$path"`. */
  readonly hidden?: boolean;
}

/** The columns that can be named at some place, and behind them those of the queries around it. */
export interface Scope {
  readonly columns: readonly ScopeColumn[];
  readonly outer?: Scope;
  /** Of an outer join's condition: subqueries in it can name no column of the join, nor it any beyond. */
  readonly isClosed?: boolean;
  /** Of a lambda's parameters, which is no query around another. */
  readonly isLambda?: boolean;
}

/**
 * The column, or field of a row column, that a dotted name stands for.
 * @throws SqlFault if there is none, or more than one.
 */
export function resolveName(scope: Scope, parts: readonly Identifier[]): Typed {
  const written = parts.map(({ name }) => name).join('.');
  let isOpen = true;
  let isLocal = true;
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    if (at.isClosed && !isLocal) isOpen = false;
    // Longest qualification first: database, table, column; table, column; column. What is left are fields of a row.
    for (const qualifiers of [2, 1, 0]) {
      const column = findColumn(at.columns, parts, qualifiers);
      // `t.x` may be a column of a table that is named like a column of another that is no row.
      if (!column || (parts.length > qualifiers + 1 && column.type.name !== 'row')) continue;
      if (isOpen) return parts.slice(qualifiers + 1).reduce<Typed>(fieldOf, column);
      const message = `Reference to column '${written}' from outer scope not allowed in this context`;
      throw new SqlFault('NOT_SUPPORTED', message, parts[0]?.at);
    }
    if (at.isClosed) isOpen = false;
    if (!at.isLambda) isLocal = false;
  }
  throw new SqlFault('COLUMN_NOT_FOUND', `Column '${written}' cannot be resolved`, parts[0]?.at);
}

/** The field of a row. */
export function fieldOf(base: Typed, { name, at }: Identifier): Typed {
  if (base.type.name !== 'row')
    throw new SqlFault('TYPE_MISMATCH', `Expression is not of type ROW: ${typeText(base.type)}`, at);
  const index = base.type.fields.findIndex((f) => f.name?.toLowerCase() === name);
  const field = base.type.fields[index];
  if (!field) throw new SqlFault('COLUMN_NOT_FOUND', `Column '${name}' cannot be resolved`, at);
  return { sql: fieldSql(base.sql, base.type, index), type: field.type };
}

/** The type of a column whose name is all that is asked for, as in USING. */
export function findOne(columns: readonly ScopeColumn[], { name, at }: Identifier): ScopeColumn | undefined {
  return findColumn(columns, [{ name, at }], 0);
}

function findColumn(
  columns: readonly ScopeColumn[],
  parts: readonly Identifier[],
  qualifiers: number,
): ScopeColumn | undefined {
  const [column, relation, database] = parts.slice(0, qualifiers + 1).reverse();
  if (!column || parts.length <= qualifiers) return undefined;
  const found = columns.filter(
    (c) =>
      c.name === column.name &&
      (!relation || c.relation === relation.name) &&
      (!database || c.database === database.name),
  );
  if (found.length > 1) {
    throw new SqlFault('AMBIGUOUS_NAME', `Column '${column.name}' is ambiguous`, parts[0]?.at);
  }
  return found[0];
}
