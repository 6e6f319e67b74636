import { type EngineTable, type EngineView, type NamedTable, QueryFault } from '../engine/engine.js';
import { lookUpTable } from '../glue/catalog.js';
import type { RequestContext } from '../wire/operation.js';
import type { Athena } from './athena.js';
import { informationSchema } from './information-schema.js';
import { partitionsTable } from './partitions-table.js';
import { isView, lookUpDatabase } from './statements/catalog-lookup.js';
import { readTable } from './table-files.js';
import { decodeView } from './views/view-definition.js';

/** What a query reads. */
export interface QueryTables {
  readonly tables: readonly EngineTable[];
  readonly views: readonly EngineView[];
}

/**
 * The tables that a statement names, with those of the views among them.
 * @throws QueryFault for a name that there is no table of, or for a table that cannot be read.
 */
export async function queryTables(
  named: readonly NamedTable[],
  athena: Athena,
  request: RequestContext,
): Promise<QueryTables> {
  const tables = new Map<string, EngineTable>();
  const views = new Map<string, EngineView>();
  const pending = [...named];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { database, name } = next;
    const key = `${database}.${name}`;
    if (tables.has(key) || views.has(key)) continue;
    const virtual = virtualTable(next, athena, request);
    if (virtual) {
      tables.set(key, virtual);
      continue;
    }
    const entry = lookUpTable(athena.store.entries, request, database, name);
    if (!entry) throw notFound(next, lookUpDatabase({ athena, request }, database) !== undefined);
    if (!isView(entry)) {
      tables.set(key, readTable(entry, request, athena));
      continue;
    }
    const { originalSql: sql, schema: context, columns } = decodeView(entry);
    views.set(key, { database, name, sql, context, columns: columns.map((column) => column.name) });
    const prepared = await athena.engine.prepare({ sql, parameters: [], database: context });
    // Their places are in the view's text, and not in the statement's.
    pending.push(...prepared.tables.map((table) => ({ database: table.database, name: table.name })));
  }
  return { tables: [...tables.values()], views: [...views.values()] };
}

/** A table that is made up of what the catalog knows. */
function virtualTable(table: NamedTable, athena: Athena, request: RequestContext): EngineTable | undefined {
  const { database, name } = table;
  if (database === 'information_schema') {
    const found = informationSchema(name, athena, request);
    if (!found) throw notFound(table, true);
    return found;
  }
  const [, of, what] = /^(.+)\$(\w+)$/.exec(name) ?? [];
  if (of === undefined || what === undefined) return undefined;
  const entry = lookUpTable(athena.store.entries, request, database, of);
  if (!entry) return undefined;
  if (what === 'partitions') return partitionsTable(entry, name, athena, request);
  throw new QueryFault('NOT_SUPPORTED', `The table "${name}" is not supported by local AWS`);
}

function notFound({ database, name, position }: NamedTable, isInDatabase: boolean): QueryFault {
  const where = position ? `line ${position.line}:${position.column}: ` : '';
  if (!isInDatabase) return new QueryFault('SCHEMA_NOT_FOUND', `${where}Schema '${database}' does not exist`);
  return new QueryFault(
    'TABLE_NOT_FOUND',
    `${where}Table 'awsdatacatalog.${database}.${name}' does not exist`,
  );
}
