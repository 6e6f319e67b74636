import { DuplicateColumnError } from '../error/duplicate-column-error.js';
import { QueryCancelledError } from '../error/query-cancelled-error.js';
import { QueryFailedError } from '../error/query-failed-error.js';
import { ResultGoneError } from '../error/result-gone-error.js';
import { size } from '../footer.js';
import { visible } from '../format/visible.js';

/**
 * What a query's own end says to its user; undefined for any other trouble.
 *
 * @param deployHint what to do where there is no such database.
 */
export function queryFaultLines(error: unknown, deployHint: string): readonly string[] | undefined {
  if (error instanceof QueryCancelledError) {
    if (error.stopError)
      return [`Cancelled, but query ${error.executionId} could not be stopped and may still run.`];
    const scanned = error.statistics ? ` after scanning ${size(error.statistics.bytesScanned)}` : '';
    return [visible(`${error.message.replace(/\.$/, '')}${scanned}.`)];
  }
  if (error instanceof DuplicateColumnError || error instanceof ResultGoneError)
    return [visible(error.message)];
  if (!(error instanceof QueryFailedError)) return undefined;
  const id = error.executionId ? ` (query ${error.executionId})` : '';
  const reason = error.reason.replaceAll(/\s*[\r\n]+\s*/g, ' ');
  const lines = [visible(`Query failed: ${reason}${id}`)];
  if (NO_DATABASE.test(error.reason)) return [...lines, deployHint];
  return error.retryable ? [...lines, 'Athena says that it may succeed if it is run again.'] : lines;
}

/** Trino's and Hive's words for a database that there is not. */
const NO_DATABASE = /SCHEMA_NOT_FOUND|Database does not exist/i;
