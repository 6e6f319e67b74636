import type { NamedTable, PreparedStatement, PrepareRequest, TableName } from '../engine.js';
import { functionFault } from './functions.js';
import { asQueryFaults, notSupported, position, SqlFault } from './sql-fault.js';
import { parseStatement } from './statement.js';
import type { Query } from './syntax.js';
import type { Identifier } from './tokens.js';

/** Checks a statement as far as that can be done without its tables, and names them. */
export function prepare({ sql, parameters, database }: PrepareRequest): Promise<PreparedStatement> {
  return asQueryFaults(sql, () => {
    const query = parseStatement(sql, parameters);
    const found = new Map<string, NamedTable>();
    for (const name of namesIn(query)) {
      const table = tableName(name, database);
      const key = `${table.database}.${table.name}`;
      if (!found.has(key)) found.set(key, { ...table, position: position(sql, name[0]?.at ?? 0) });
    }
    return { statementType: 'DML', kind: 'SELECT', tables: [...found.values()] };
  });
}

/** Database and name of a table as a statement writes it, in lower case. */
export function tableName(parts: readonly Identifier[], database: string): TableName {
  const [name, schema, catalog, ...more] = [...parts].reverse();
  if (!name || more.length > 0)
    throw new SqlFault('SYNTAX_ERROR', 'Too many dots in table name', parts[0]?.at);
  if (catalog && catalog.name !== 'awsdatacatalog') {
    throw new SqlFault('CATALOG_NOT_FOUND', `Catalog '${catalog.name}' does not exist`, catalog.at);
  }
  const inDatabase = (schema?.name ?? database).toLowerCase();
  if (inDatabase === 'information_schema') throw notSupported('information_schema', name.at);
  return { database: inDatabase, name: name.name };
}

/**
 * The names of the tables that a part of the tree reads, those of CTEs left out where they can be seen: behind the CTE
 * itself, in the query and all that it encloses.
 */
function* namesIn(node: unknown, visible: ReadonlySet<string> = new Set()): Generator<readonly Identifier[]> {
  if (Array.isArray(node)) {
    for (const item of node) yield* namesIn(item, visible);
  } else if (isQuery(node)) {
    const inner = new Set(visible);
    for (const cte of node.ctes) {
      yield* namesIn(cte.query, inner);
      inner.add(cte.name.name);
    }
    yield* namesIn([node.body, node.orderBy, node.limit, node.offset], inner);
  } else if (isNode(node)) {
    if (node.kind === 'call') refuseUnknown(node);
    if (node.kind !== 'table') yield* namesIn(Object.values(node), visible);
    else if (isName(node.name) && !(node.name.length === 1 && visible.has(node.name[0]?.name ?? '')))
      yield node.name;
  }
}

function refuseUnknown({ name, at }: Readonly<Record<string, unknown>>): void {
  const fault = functionFault(String(name), typeof at === 'number' ? at : undefined);
  if (fault) throw fault;
}

function isNode(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isQuery(value: unknown): value is Query {
  return isNode(value) && 'ctes' in value;
}

function isName(value: unknown): value is readonly Identifier[] {
  return Array.isArray(value);
}
