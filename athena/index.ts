export { type AthenaApi, connectAthena } from './athena-api.js';
export { type ChargedQuery, dollarText, queryDollars } from './cost/query-dollars.js';
export type { Spent } from './cost/spending.js';
export { ColumnTypeError } from './error/column-type-error.js';
export { DuplicateColumnError } from './error/duplicate-column-error.js';
export { QueryCancelledError } from './error/query-cancelled-error.js';
export {
  type FailureCategory,
  type Position,
  QueryFailedError,
  RetryableQueryError,
  SystemQueryError,
  UserQueryError,
} from './error/query-failed-error.js';
export { ResultGoneError } from './error/result-gone-error.js';
export { ScanLimitError } from './error/scan-limit-error.js';
export { SessionClosedError } from './error/session-closed-error.js';
export { type CreatedTable, type CreateTableAsOptions, createTableAs } from './movement/create-table-as.js';
export { type InsertIntoOptions, insertInto } from './movement/insert-into.js';
export { MovementFailedError, MovementRefusedError } from './movement/movement-error.js';
export { type Moved, type Unloaded, type UnloadOptions, unload } from './movement/unload.js';
export { bindQuery, type Hours, type QueryValues } from './named/bind-query.js';
export {
  connectObjectStore,
  type ObjectLocation,
  type ObjectPart,
  type ObjectStore,
} from './object-store.js';
export { happenedBetween, type Slack } from './partitions/happened.js';
export { arrivedBetween } from './partitions/hours.js';
export { unfilteredTables } from './partitions/unfiltered.js';
export { DEFAULT_POLLING, LOCAL_POLLING, type Polling } from './poll-delays.js';
export type { ColumnTypes } from './result/column-types.js';
export { QueryResult, type ResultColumn, type Row } from './result/query-result.js';
export { AthenaSession } from './session.js';
export type { Progress, QueryOptions, SessionOptions } from './session-options.js';
export * from './sql/index.js';
export type { Statistics } from './statistics.js';
export { toDate } from './value/moment.js';
export { type Cell, type JsonValue, toValue, type Value } from './value/value.js';
