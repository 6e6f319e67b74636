import type { Clock } from '../clock.js';
import type { Store } from '../store/store.js';
import type { Operations } from '../wire/operation.js';
import { createDatabase, deleteDatabase, getDatabase, getDatabases, updateDatabase } from './databases.js';
import {
  batchCreatePartition,
  batchDeletePartition,
  batchGetPartition,
  batchUpdatePartition,
} from './partition-batches.js';
import { getPartitionIndexes } from './partition-indexes.js';
import {
  createPartition,
  deletePartition,
  getPartition,
  getPartitions,
  updatePartition,
} from './partitions.js';
import { getTableVersion, getTableVersions } from './table-versions.js';
import { createTable, deleteTable, getTable, getTables, updateTable } from './tables.js';
import { getTags, tagResource, untagResource } from './tags.js';

/** What Glue works on. */
export interface Glue {
  readonly store: Store;
  readonly clock: Clock;
}

/** The Glue Data Catalog. */
export function glueOperations(glue: Glue): Operations {
  return {
    BatchCreatePartition: batchCreatePartition(glue),
    BatchDeletePartition: batchDeletePartition(glue),
    BatchGetPartition: batchGetPartition(glue),
    BatchUpdatePartition: batchUpdatePartition(glue),
    CreateDatabase: createDatabase(glue),
    CreatePartition: createPartition(glue),
    CreateTable: createTable(glue),
    DeleteDatabase: deleteDatabase(glue),
    DeletePartition: deletePartition(glue),
    DeleteTable: deleteTable(glue),
    GetDatabase: getDatabase(glue),
    GetDatabases: getDatabases(glue),
    GetPartition: getPartition(glue),
    GetPartitionIndexes: getPartitionIndexes(glue),
    GetPartitions: getPartitions(glue),
    GetTable: getTable(glue),
    GetTableVersion: getTableVersion(glue),
    GetTableVersions: getTableVersions(glue),
    GetTables: getTables(glue),
    GetTags: getTags(glue),
    TagResource: tagResource(glue),
    UntagResource: untagResource(glue),
    UpdateDatabase: updateDatabase(glue),
    UpdatePartition: updatePartition(glue),
    UpdateTable: updateTable(glue),
  };
}
