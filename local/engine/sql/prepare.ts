import type { NamedTable, PreparedStatement, PrepareRequest, TableName } from '../engine.js';
import type { StatementTarget } from '../statement-target.js';
import { isRecursive } from './analyze-recursion.js';
import { functionFault } from './functions/registry.js';
import { asQueryFaults, position, SqlFault } from './sql-fault.js';
import { parseStatement } from './statement.js';
import type { Statement } from './statements/parsed-statement.js';
import type { Query } from './syntax.js';
import type { Identifier } from './tokens.js';

/** Checks a statement as far as that can be done without its tables, and names them. */
export function prepare({ sql, parameters, database }: PrepareRequest): Promise<PreparedStatement> {
  return asQueryFaults(sql, () => {
    const statement = parseStatement(sql, parameters);
    const found = new Map<string, NamedTable>();
    for (const name of namesIn(statement.query)) {
      const table = namedTable(name, sql, database);
      const key = `${table.database}.${table.name}`;
      if (!found.has(key)) found.set(key, table);
    }
    const target = targetOf(statement, sql, database);
    const { orderBy, limit } = statement.query;
    return {
      statementType: STATEMENT_TYPES[statement.kind],
      kind: statement.kind,
      tables: [...found.values()],
      reusable: statement.kind === 'SELECT' && (limit === undefined || orderBy.length > 0),
      ...(target && { target }),
    };
  });
}

const STATEMENT_TYPES = {
  SELECT: 'DML',
  EXPLAIN: 'DML',
  INSERT: 'DML',
  UNLOAD: 'DML',
  CREATE_TABLE_AS_SELECT: 'DDL',
  CREATE_VIEW: 'DDL',
} as const;

function namedTable(name: readonly Identifier[], sql: string, database: string): NamedTable {
  return { ...tableName(name, database), position: position(sql, name[0]?.at ?? 0) };
}

function targetOf(statement: Statement, sql: string, database: string): StatementTarget | undefined {
  switch (statement.kind) {
    case 'CREATE_TABLE_AS_SELECT': {
      const { ifNotExists, comment, withData } = statement;
      const properties = Object.fromEntries(statement.properties);
      const table = tableName(statement.table, database);
      return { kind: 'table', table, ifNotExists, comment, properties, withData };
    }
    case 'INSERT':
      return {
        kind: 'insert',
        table: namedTable(statement.table, sql, database),
        columns: statement.columns?.map(({ name }) => name),
      };
    case 'UNLOAD': {
      const { location, properties } = statement;
      return { kind: 'unload', location, properties: Object.fromEntries(properties) };
    }
    case 'CREATE_VIEW': {
      const { replace, comment, text } = statement;
      return { kind: 'view', view: tableName(statement.view, database), replace, comment, text };
    }
    default:
      return undefined;
  }
}

/** Database and name of a table as a statement writes it, in lower case. */
export function tableName(parts: readonly Identifier[], database: string): TableName {
  const [name, schema, catalog, ...more] = [...parts].reverse();
  if (!name || more.length > 0)
    throw new SqlFault('SYNTAX_ERROR', 'Too many dots in table name', parts[0]?.at);
  if (catalog && catalog.name !== 'awsdatacatalog') {
    throw new SqlFault('CATALOG_NOT_FOUND', `Catalog '${catalog.name}' does not exist`, catalog.at);
  }
  return { database: (schema?.name ?? database).toLowerCase(), name: name.name };
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
      // A recursive one sees itself.
      if (isRecursive(cte)) inner.add(cte.name.name);
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
