import type { GetQueryResultsCommandInput, GetQueryResultsCommandOutput, Row } from '@aws-sdk/client-athena';
import { findBucket } from '../s3/bucket-entry.js';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import type { Athena } from './athena.js';
import { type CsvRow, readCsv } from './csv.js';
import { type ExecutionEntry, findExecution, outputLocation } from './execution-entry.js';
import { parseObject } from './location.js';
import { readLines } from './result-lines.js';

/** Rows that a page has at the most, the header among them. */
const MAX_ROWS = 1000;

export const getQueryResults =
  (athena: Athena): Operation<GetQueryResultsCommandInput, GetQueryResultsCommandOutput> =>
  async (input, context) => {
    const { MaxResults: limit = MAX_ROWS, NextToken: token } = input;
    if (limit < 1 || limit > MAX_ROWS) {
      throw new AwsError('InvalidRequestException', `MaxResults must be 1 to ${MAX_ROWS}, and not ${limit}.`);
    }
    const execution = findExecution(athena.store.entries, context, input.QueryExecutionId);
    const { state } = execution;
    if (state.name === 'QUEUED' || state.name === 'RUNNING') {
      throw new AwsError(
        'InvalidRequestException',
        `Query has not yet finished. Current state: ${state.name}`,
      );
    }
    if (state.name !== 'SUCCEEDED') {
      const message = `Query did not finish successfully. Final query state: ${state.name}`;
      throw new AwsError('InvalidRequestException', message);
    }
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
      ...(next !== undefined && { NextToken: Buffer.from(String(next)).toString('base64') }),
    };
  };

/** A token is the offset, in bytes, of the first row of the page. */
function offsetOf(token: string | undefined): number {
  const offset = token === undefined ? 0 : Number(Buffer.from(token, 'base64').toString('latin1'));
  if (Number.isSafeInteger(offset) && offset >= 0) return offset;
  throw new AwsError('InvalidRequestException', 'The NextToken is not valid.');
}

async function readPage(
  { store, objects, content }: Athena,
  execution: ExecutionEntry,
  start: number,
  limit: number,
) {
  const location = outputLocation(execution);
  const { bucket, key } = parseObject(location);
  const object = objects.get(findBucket(store.entries, bucket, execution.account).id, key);
  if (!object) throw new AwsError('InvalidRequestException', `Could not find results at ${location}.`);
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
  return { rows, next: next < object.size ? next : undefined };
}

const PAGE_BYTES = 256 * 1024;

/** A NULL has no VarCharValue. */
const describeRow = (row: CsvRow): Row => ({
  Data: row.map((value) => (value === null ? {} : { VarCharValue: value })),
});
