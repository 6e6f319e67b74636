import type {
  GetQueryRuntimeStatisticsCommandInput,
  GetQueryRuntimeStatisticsCommandOutput,
} from '@aws-sdk/client-athena';
import type { Operation } from '../wire/operation.js';
import type { Athena } from './athena.js';
import { describeExecution } from './describe-execution.js';
import { findExecution } from './execution-entry.js';

/** What is known of how an execution went: its times and the bytes that it read. No rows are counted and no stages told. */
export const getQueryRuntimeStatistics =
  ({
    store,
    clock,
  }: Athena): Operation<GetQueryRuntimeStatisticsCommandInput, GetQueryRuntimeStatisticsCommandOutput> =>
  ({ QueryExecutionId: id }, context) => {
    const { Statistics: statistics = {} } = describeExecution(
      findExecution(store.entries, context, id),
      clock.now(),
    );
    return {
      QueryRuntimeStatistics: {
        Timeline: {
          QueryQueueTimeInMillis: statistics.QueryQueueTimeInMillis,
          EngineExecutionTimeInMillis: statistics.EngineExecutionTimeInMillis,
          TotalExecutionTimeInMillis: statistics.TotalExecutionTimeInMillis,
        },
        Rows: { InputBytes: statistics.DataScannedInBytes },
      },
    };
  };
