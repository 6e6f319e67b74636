import { randomUUID } from 'node:crypto';
import type { AthenaApi } from './athena-api.js';
import { queryFailedError } from './error/query-failed-error.js';
import type { SessionSettings } from './session-options.js';
import type { Statement } from './sql/sql.js';

/**
 * Starts a statement and gives the id of its execution.
 * @throws QueryFailedError where Athena refuses the statement.
 */
export async function startExecution(
  api: AthenaApi,
  { text, parameters }: Statement,
  { workgroup, database, outputLocation, reuse = 0 }: SessionSettings,
): Promise<string> {
  try {
    const { QueryExecutionId } = await api.start({
      QueryString: text,
      WorkGroup: workgroup,
      QueryExecutionContext: { Database: database },
      // The same request sent again, as after a lost answer, starts no second query.
      ClientRequestToken: randomUUID(),
      ...(parameters.length > 0 && { ExecutionParameters: [...parameters] }),
      ...(outputLocation !== undefined && { ResultConfiguration: { OutputLocation: outputLocation } }),
      ...(reuse > 0 && {
        ResultReuseConfiguration: {
          ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: reuse },
        },
      }),
    });
    if (QueryExecutionId) return QueryExecutionId;
  } catch (error) {
    throw isRefusal(error) ? refused(error) : error;
  }
  throw queryFailedError({ reason: 'Athena gave the query no id.', category: 'system', retryable: true });
}

/** Whether Athena refused the statement; about a workgroup it says so with the same error. */
function isRefusal(error: unknown): error is Error {
  return (
    error instanceof Error &&
    error.name === 'InvalidRequestException' &&
    !/^work\s?group /i.test(error.message)
  );
}

function refused(error: Error) {
  return queryFailedError({ reason: error.message, category: 'user', retryable: false }, { cause: error });
}
