import type { QueryExecution } from '@aws-sdk/client-athena';
import { type ExecutionEntry, outputLocation } from './execution-entry.js';
import { ENGINE_VERSION } from './workgroups.js';

/** An execution as Athena describes it. */
export function describeExecution(execution: ExecutionEntry, now: number): QueryExecution {
  const { state, submittedAt } = execution;
  const startedAt = state.name === 'QUEUED' ? now : state.startedAt;
  const endedAt = 'endedAt' in state ? state.endedAt : now;
  const reason = 'reason' in state ? state.reason : undefined;
  return {
    QueryExecutionId: execution.id,
    Query: execution.query,
    StatementType: execution.statementType,
    SubstatementType: execution.kind,
    WorkGroup: execution.workGroup,
    EngineVersion: ENGINE_VERSION,
    ...(execution.parameters.length > 0 && { ExecutionParameters: [...execution.parameters] }),
    QueryExecutionContext: {
      ...(execution.catalog !== undefined && { Catalog: execution.catalog }),
      ...(execution.database !== undefined && { Database: execution.database }),
    },
    ResultConfiguration: {
      OutputLocation: outputLocation(execution),
      ...(execution.encryption && { EncryptionConfiguration: execution.encryption as never }),
    },
    ResultReuseConfiguration: {
      ResultReuseByAgeConfiguration: {
        Enabled: execution.reuseMinutes !== undefined,
        ...(execution.reuseMinutes !== undefined && { MaxAgeInMinutes: execution.reuseMinutes }),
      },
    },
    Status: {
      State: state.name,
      SubmissionDateTime: new Date(submittedAt),
      ...('endedAt' in state && { CompletionDateTime: new Date(state.endedAt) }),
      ...(reason !== undefined && { StateChangeReason: reason }),
      ...(state.name === 'FAILED' && {
        AthenaError: {
          ErrorCategory: state.category,
          ...(state.errorType !== undefined && { ErrorType: state.errorType }),
          Retryable: state.category === 1,
          ErrorMessage: state.reason,
        },
      }),
    },
    Statistics: {
      DataScannedInBytes: 'bytesScanned' in state ? state.bytesScanned : 0,
      QueryQueueTimeInMillis: startedAt - submittedAt,
      EngineExecutionTimeInMillis: state.name === 'QUEUED' ? 0 : endedAt - startedAt,
      TotalExecutionTimeInMillis: endedAt - submittedAt,
      ...('manifest' in state && { DataManifestLocation: state.manifest }),
      ResultReuseInformation: { ReusedPreviousResult: execution.reused !== undefined },
    },
  };
}
