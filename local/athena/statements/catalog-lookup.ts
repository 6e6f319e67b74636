import {
  type DatabaseEntry,
  databaseKey,
  lookUpTable,
  type TableEntry,
  tableKey,
} from '../../glue/catalog.js';
import { databaseNotFound, executionError, tableNotFound } from '../statement-fault.js';
import type { DdlContext } from './ddl-outcome.js';
import type { HiveTable } from './hive-tokens.js';

/** Characters that a name in the catalog may have: what is longer names nothing. */
const LONGEST_NAME = 255;

/** @throws StatementFault where there is no such database. */
export function findDatabase({ athena, request }: DdlContext, name: string): DatabaseEntry {
  const found = lookUpDatabase({ athena, request }, name);
  if (!found) throw databaseNotFound(name);
  return found;
}

export function lookUpDatabase(
  { athena, request }: Pick<DdlContext, 'athena' | 'request'>,
  name: string,
): DatabaseEntry | undefined {
  if (name.length > LONGEST_NAME) return undefined;
  return athena.store.entries.get<DatabaseEntry>(databaseKey(request, name));
}

/** @throws StatementFault where there is no such table. */
export function findTable(context: DdlContext, table: HiveTable): TableEntry {
  const found = lookUp(context, table);
  if (!found) throw tableNotFound(table.written);
  return found;
}

/** A table or view, or undefined where there is none. */
export function lookUp({ athena, request, database }: DdlContext, table: HiveTable): TableEntry | undefined {
  return lookUpTable(athena.store.entries, request, table.database ?? database, table.name);
}

/** @throws StatementFault for a view. */
export function findRealTable(context: DdlContext, table: HiveTable): TableEntry {
  const found = findTable(context, table);
  if (isView(found)) throw executionError(`${table.written} is a view, and not a table`);
  return found;
}

export const isView = ({ input }: TableEntry) => input.TableType === 'VIRTUAL_VIEW';

/** The databases of a place, by name. */
export const databasesOf = ({ athena, request }: Pick<DdlContext, 'athena' | 'request'>) => [
  ...athena.store.entries.list<DatabaseEntry>(databaseKey(request, '').slice(0, -1)),
];

/** The tables and views of a database, by name. */
export const tablesOf = ({ athena, request }: Pick<DdlContext, 'athena' | 'request'>, database: string) => [
  ...athena.store.entries.list<TableEntry>(tableKey(request, database, '').slice(0, -1)),
];
