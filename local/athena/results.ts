import type { GetQueryResultsCommandInput, GetQueryResultsCommandOutput, Row } from '@aws-sdk/client-athena';
import { findBucket } from '../s3/bucket-entry.js';
import type { Operation } from '../wire/operation.js';
import type { Athena } from './athena.js';
import { type CsvRow, readCsv } from './csv.js';
import { type ExecutionEntry, findExecution, outputLocation } from './execution-entry.js';
import { invalidRequest } from './invalid-request.js';
import { parseObject } from './location.js';
import { checkPage } from './page-request.js';
import { readLines } from './result-lines.js';

/** Rows that a page has at the most, the header among them. */
const MAX_ROWS = 1000;
/** What `MaxResults` may be at all, before it is said to be too many. */
const MOST_IN_ANY_LIST = 100_000;

/**
 * The checks come in Athena's order: of the page, of the execution, of the size, of the state, of the token.
 * @see https://github.com/aoyagikouhei/athena-local/blob/main/docs/dev/measurements/query-results.md
 */
export const getQueryResults =
  (athena: Athena): Operation<GetQueryResultsCommandInput, GetQueryResultsCommandOutput> =>
  async (input, context) => {
    checkPage(input, { least: 1, most: MOST_IN_ANY_LIST });
    const { MaxResults: limit = MAX_ROWS, NextToken: token } = input;
    const execution = findExecution(athena.store.entries, context, input.QueryExecutionId);
    if (limit > MAX_ROWS) throw invalidRequest(`MaxResults is more than maximum allowed length ${MAX_ROWS}`);
    const { state } = execution;
    // What failed in Hive has a result without anything in it.
    if (state.name === 'FAILED' && state.reason.startsWith('FAILED: ')) return { ResultSet: { Rows: [] } };
    if (state.name !== 'SUCCEEDED') throw noResult(state.name);
    const { result = 'csv' } = execution;
    const isEmpty = result === 'none' || result === 'tables';
    const { rows, next } = isEmpty
      ? { rows: [], next: undefined }
      : await readPage(athena, execution, offsetOf(token), limit);
    const updateCount = state.updateCount ?? (result === 'csv' ? 0 : undefined);
    return {
      ...(updateCount !== undefined && { UpdateCount: updateCount }),
      ResultSet: {
        Rows: rows.map(describeRow),
        ResultSetMetadata: {
          ColumnInfo: state.columns.map((column) => ({
            CatalogName: 'hive',
            SchemaName: '',
            TableName: '',
            Name: column.name,
            Label: column.name,
            Type: column.type,
            Precision: column.precision,
            Scale: column.scale,
            Nullable: column.nullable,
            CaseSensitive: column.caseSensitive,
          })),
        },
      },
      ...(next !== undefined && { NextToken: tokenOf(next) }),
    };
  };

function noResult(state: Exclude<ExecutionEntry['state']['name'], 'SUCCEEDED'>) {
  if (state === 'CANCELLED') return invalidRequest('Could not find results', 'RESULT_NOT_FOUND');
  const message =
    state === 'FAILED'
      ? 'Query did not finish successfully. Final query state: FAILED'
      : `Query has not yet finished. Current state: ${state}`;
  return invalidRequest(message, 'INVALID_QUERY_EXECUTION_STATE');
}

/** A token is the offset, in bytes, of the first row of the page. */
function offsetOf(token: string | undefined): number {
  const offset = token === undefined ? 0 : Number(Buffer.from(token, 'base64').toString('latin1'));
  if (token === undefined || (Number.isSafeInteger(offset) && offset >= 0 && token === tokenOf(offset)))
    return offset;
  throw invalidRequest(`Malformed nextPageToken ${token}`);
}

const tokenOf = (offset: number) => Buffer.from(String(offset)).toString('base64');

async function readPage(
  { store, objects, content }: Athena,
  execution: ExecutionEntry,
  start: number,
  limit: number,
) {
  const { bucket, key } = parseObject(outputLocation(execution));
  const object = objects.get(findBucket(store.entries, bucket, execution.account).id, key);
  if (!object) throw invalidRequest('Could not find results', 'RESULT_NOT_FOUND');
  const rows: CsvRow[] = [];
  let next = start;
  if (start < object.size) {
    const file = await content.openContent(object.file);
    const stream = file.createReadStream({ start, highWaterMark: PAGE_BYTES });
    for await (const read of execution.result === 'txt' ? readLines(stream) : readCsv(stream)) {
      rows.push(read.row);
      next = start + read.next;
      if (rows.length === limit) break;
    }
  }
  // A page that is full has a token, even if nothing is left.
  return { rows, next: rows.length === limit ? next : undefined };
}

const PAGE_BYTES = 256 * 1024;

/** A NULL has no VarCharValue. */
const describeRow = (row: CsvRow): Row => ({
  Data: row.map((value) => (value === null ? {} : { VarCharValue: value })),
});
