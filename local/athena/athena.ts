import type { Clock } from '../clock.js';
import type { Engine } from '../engine/engine.js';
import type { ObjectTable } from '../s3/object-table.js';
import type { ContentFiles } from '../store/content.js';
import type { Store } from '../store/store.js';
import type { Operations } from '../wire/operation.js';
import { listEngineVersions } from './engine-versions.js';
import {
  getDatabase,
  getDataCatalog,
  getTableMetadata,
  listDatabases,
  listDataCatalogs,
  listTableMetadata,
} from './metadata.js';
import {
  batchGetNamedQuery,
  createNamedQuery,
  deleteNamedQuery,
  getNamedQuery,
  listNamedQueries,
  updateNamedQuery,
} from './named-queries.js';
import {
  batchGetPreparedStatement,
  createPreparedStatement,
  deletePreparedStatement,
  getPreparedStatement,
  listPreparedStatements,
  updatePreparedStatement,
} from './prepared-statements.js';
import {
  batchGetQueryExecution,
  getQueryExecution,
  listQueryExecutions,
  stopQueryExecution,
} from './query-executions.js';
import type { QueryRunner } from './query-runner.js';
import { getQueryResults } from './results.js';
import { getQueryRuntimeStatistics } from './runtime-statistics.js';
import { startQueryExecution } from './start-query-execution.js';
import { listTagsForResource, tagResource, untagResource } from './tags.js';
import { updateWorkGroup } from './update-workgroup.js';
import { createWorkGroup, deleteWorkGroup, getWorkGroup, listWorkGroups } from './workgroups.js';

/** What Athena works on. */
export interface Athena {
  readonly store: Store;
  readonly objects: ObjectTable;
  readonly content: ContentFiles;
  readonly engine: Engine;
  readonly clock: Clock;
}

/** Athena. */
export function athenaOperations(athena: Athena, runner: QueryRunner): Operations {
  return {
    BatchGetNamedQuery: batchGetNamedQuery(athena),
    BatchGetPreparedStatement: batchGetPreparedStatement(athena),
    BatchGetQueryExecution: batchGetQueryExecution(athena),
    CreateNamedQuery: createNamedQuery(athena),
    CreatePreparedStatement: createPreparedStatement(athena),
    CreateWorkGroup: createWorkGroup(athena),
    DeleteNamedQuery: deleteNamedQuery(athena),
    DeletePreparedStatement: deletePreparedStatement(athena),
    DeleteWorkGroup: deleteWorkGroup(athena),
    GetDataCatalog: getDataCatalog(),
    GetDatabase: getDatabase(athena),
    GetNamedQuery: getNamedQuery(athena),
    GetPreparedStatement: getPreparedStatement(athena),
    GetQueryExecution: getQueryExecution(athena, runner),
    GetQueryResults: getQueryResults(athena),
    GetQueryRuntimeStatistics: getQueryRuntimeStatistics(athena),
    GetTableMetadata: getTableMetadata(athena),
    GetWorkGroup: getWorkGroup(athena),
    ListDataCatalogs: listDataCatalogs(),
    ListDatabases: listDatabases(athena),
    ListEngineVersions: listEngineVersions(),
    ListNamedQueries: listNamedQueries(athena),
    ListPreparedStatements: listPreparedStatements(athena),
    ListQueryExecutions: listQueryExecutions(athena),
    ListTableMetadata: listTableMetadata(athena),
    ListTagsForResource: listTagsForResource(athena),
    ListWorkGroups: listWorkGroups(athena),
    StartQueryExecution: startQueryExecution(athena, runner),
    StopQueryExecution: stopQueryExecution(athena, runner),
    TagResource: tagResource(athena),
    UntagResource: untagResource(athena),
    UpdateNamedQuery: updateNamedQuery(athena),
    UpdatePreparedStatement: updatePreparedStatement(athena),
    UpdateWorkGroup: updateWorkGroup(athena),
  };
}
