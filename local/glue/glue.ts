import type { Clock } from '../clock.js';
import type { Store } from '../store/store.js';
import type { Operations } from '../wire/operation.js';
import { createDatabase, deleteDatabase, getDatabase, getDatabases } from './databases.js';
import { createTable, deleteTable, getTable, getTables } from './tables.js';

/** What Glue works on. */
export interface Glue {
  readonly store: Store;
  readonly clock: Clock;
}

/** The Glue Data Catalog. */
export function glueOperations(glue: Glue): Operations {
  return {
    CreateDatabase: createDatabase(glue),
    CreateTable: createTable(glue),
    DeleteDatabase: deleteDatabase(glue),
    DeleteTable: deleteTable(glue),
    GetDatabase: getDatabase(glue),
    GetDatabases: getDatabases(glue),
    GetTable: getTable(glue),
    GetTables: getTables(glue),
  };
}
