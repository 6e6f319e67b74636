import { asStatementFaults } from '../statement-fault.js';
import { runAlterDatabase, runCreateDatabase, runDropDatabase } from './databases.js';
import type { Ddl } from './ddl.js';
import type { DdlContext, DdlOutcome } from './ddl-outcome.js';
import { runDescribe, runShowColumns } from './describe.js';
import {
  runAddPartition,
  runDropPartition,
  runPartitionLocation,
  runRenamePartition,
  runRepair,
  runShowPartitions,
} from './partitions.js';
import {
  runShowCreateTable,
  runShowCreateView,
  runShowDatabases,
  runShowProperties,
  runShowTables,
} from './show.js';
import { runColumns, runCreateTable, runDrop, runProperties, runTableLocation } from './tables.js';

/**
 * Runs a statement over the catalog.
 * @throws StatementFault or QueryFault where Athena would fail it.
 */
export function runDdl(ddl: Ddl, context: DdlContext): Promise<DdlOutcome> {
  return asStatementFaults(async () => run(ddl, context));
}

function run(ddl: Ddl, context: DdlContext): DdlOutcome | Promise<DdlOutcome> {
  switch (ddl.kind) {
    case 'CREATE_DATABASE':
      return runCreateDatabase(ddl, context);
    case 'ALTER_DATABASE':
      return runAlterDatabase(ddl, context);
    case 'DROP_DATABASE':
      return runDropDatabase(ddl, context);
    case 'CREATE_TABLE':
      return runCreateTable(ddl, context);
    case 'DROP_TABLE':
    case 'DROP_VIEW':
      return runDrop(ddl, context);
    case 'ALTER_TABLE_ADD_COLUMN':
    case 'ALTER_TABLE_REPLACE_COLUMN':
      return runColumns(ddl, context);
    case 'ALTER_TABLE_PROPERTIES':
      return runProperties(ddl, context);
    case 'ALTER_TABLE_SET_LOCATION':
      return ddl.partition
        ? runPartitionLocation(ddl, ddl.partition, context)
        : runTableLocation(ddl, context);
    case 'ALTER_TABLE_ADD_PARTITION':
      return runAddPartition(ddl, context);
    case 'ALTER_TABLE_DROP_PARTITION':
      return runDropPartition(ddl, context);
    case 'ALTER_TABLE_RENAME_PARTITION':
      return runRenamePartition(ddl, context);
    case 'MSCK_REPAIR':
      return runRepair(ddl, context);
    case 'SHOW_DATABASES':
      return runShowDatabases(ddl, context);
    case 'SHOW_TABLES':
    case 'SHOW_VIEWS':
      return runShowTables(ddl, context);
    case 'SHOW_COLUMNS':
      return runShowColumns(ddl, context);
    case 'SHOW_PARTITIONS':
      return runShowPartitions(ddl, context);
    case 'SHOW_CREATE_TABLE':
      return runShowCreateTable(ddl, context);
    case 'SHOW_CREATE_VIEW':
      return runShowCreateView(ddl, context);
    case 'SHOW_TABLE_PROPERTIES':
      return runShowProperties(ddl, context);
    case 'DESCRIBE_TABLE':
      return runDescribe(ddl, context);
  }
}
