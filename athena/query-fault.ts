import { DuplicateColumnError } from './duplicate-column-error.js';
import { size } from './footer.js';
import { QueryCancelledError } from './query-cancelled-error.js';
import { QueryFailedError } from './query-failed-error.js';

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
    return [`${error.message.replace(/\.$/, '')}${scanned}.`];
  }
  if (error instanceof DuplicateColumnError) return [error.message];
  if (!(error instanceof QueryFailedError)) return undefined;
  const id = error.executionId ? ` (query ${error.executionId})` : '';
  const lines = [`Query failed: ${error.reason.replaceAll(/\s*[\r\n]+\s*/g, ' ')}${id}`];
  return NO_DATABASE.test(error.reason) ? [...lines, deployHint] : lines;
}

/** Trino's and Hive's words for a database that there is not. */
const NO_DATABASE = /SCHEMA_NOT_FOUND|Database does not exist/i;
