import type { GetQueryResultsOutput } from '@aws-sdk/client-athena';
import { ResultGoneError } from '../error/result-gone-error.js';
import { parseLocation } from '../object-store.js';
import { orAborted } from '../or-aborted.js';
import type { Cell } from '../value/value.js';
import { objectBytes } from './object-bytes.js';
import type { ResultColumn, ResultSource } from './query-result.js';
import { ResultCsvReader } from './result-csv.js';

/** The rows of a result, without its header, some at a time. */
export async function* resultRows(
  source: ResultSource,
  columns: readonly ResultColumn[],
): AsyncGenerator<(readonly Cell[])[], void, undefined> {
  const left = new AbortController();
  try {
    yield* rowsUntil(left.signal, source, columns);
  } finally {
    // What is on its way for a reader who has left need not arrive.
    left.abort();
  }
}

async function* rowsUntil(
  left: AbortSignal,
  source: ResultSource,
  columns: readonly ResultColumn[],
): AsyncGenerator<(readonly Cell[])[], void, undefined> {
  const { firstPage, execution } = source;
  const next = firstPage.NextToken;
  // Asked for now, to come while the first page is read.
  const object = next === undefined ? undefined : openObject(source, left, columns.length);
  object?.catch(() => {});
  const secondPage = next === undefined || object !== undefined ? undefined : pageAfter(source, next);
  secondPage?.catch(() => {});

  const isDml = execution.StatementType === 'DML';
  const rows = isDml ? rowsOf(firstPage, columns.length) : tabbedRowsOf(firstPage, columns.length);
  // Only the results of DML begin with a row of column names, and some of them do not.
  const hasHeader = isDml && columns.every(({ name }, index) => rows[0]?.[index] === name);
  yield hasHeader ? rows.slice(1) : rows;
  if (next === undefined) return;
  const read = object && (await object);
  if (read && hasHeader) yield* read(rows.length);
  else yield* pages(source, columns.length, secondPage ?? pageAfter(source, next));
}

/**
 * Begins to read the result object, if there is one; undefined where it is not there to be read, as where one may not
 * read S3: pages of the same rows do then.
 */
function openObject(
  { objects, execution, executionId, signal }: ResultSource,
  left: AbortSignal,
  width: number,
) {
  const location = parseLocation(execution.ResultConfiguration?.OutputLocation);
  if (!objects || !location?.key.endsWith('.csv')) return undefined;
  const open = async () => {
    const store = await objects();
    const stop = signal ? AbortSignal.any([signal, left]) : left;
    const bytes = toldWhereGone(objectBytes(store, location, stop), executionId);
    const first = await bytes.next();
    return (skip: number) => objectRows(first, bytes, skip, width);
  };
  return open().catch((error: unknown) => {
    if (signal?.aborted) throw error;
    return undefined;
  });
}

/** @throws ResultGoneError where the object is not there any more, or another one is. */
async function* toldWhereGone(
  bytes: AsyncGenerator<Uint8Array, void, undefined>,
  executionId: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* bytes;
  } catch (error) {
    const isGone = error instanceof Error && /^(NoSuchKey|PreconditionFailed)$/.test(error.name);
    throw isGone ? new ResultGoneError(executionId, { cause: error }) : error;
  }
}

async function* objectRows(
  first: IteratorResult<Uint8Array, void>,
  rest: AsyncGenerator<Uint8Array, void, undefined>,
  skip: number,
  width: number,
): AsyncGenerator<(readonly Cell[])[], void, undefined> {
  const reader = new ResultCsvReader();
  let left = skip;
  const shown = (rows: Cell[][]) => {
    const odd = rows.find((row) => row.length !== width);
    if (odd) throw new Error(`The result object has a row of ${odd.length} values for ${width} columns.`);
    const from = Math.min(left, rows.length);
    left -= from;
    return from === 0 ? rows : rows.slice(from);
  };
  try {
    for (let part = first; !part.done; part = await rest.next())
      for (const piece of pieces(part.value)) yield shown(reader.push(piece));
    yield shown(reader.end());
  } finally {
    await rest.return();
  }
}

/** Bytes whose rows are made at once: those of a whole part would be many objects. */
const PIECE = 256 * 1_024;

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.byteLength; from += PIECE) yield bytes.subarray(from, from + PIECE);
}

async function* pages(
  source: ResultSource,
  width: number,
  coming: Promise<GetQueryResultsOutput>,
): AsyncGenerator<(readonly Cell[])[], void, undefined> {
  for (let page: Promise<GetQueryResultsOutput> | undefined = coming; page; ) {
    const read: GetQueryResultsOutput = await page;
    page = read.NextToken === undefined ? undefined : pageAfter(source, read.NextToken);
    // Where the reader leaves before it is needed, nobody awaits it.
    page?.catch(() => {});
    yield source.execution.StatementType === 'DML' ? rowsOf(read, width) : tabbedRowsOf(read, width);
  }
}

function pageAfter({ api, executionId, signal }: ResultSource, token: string) {
  return orAborted(api.results({ QueryExecutionId: executionId, NextToken: token }, signal), signal);
}

function rowsOf(page: GetQueryResultsOutput, width: number): Cell[][] {
  return (page.ResultSet?.Rows ?? []).map(({ Data = [] }) =>
    Array.from({ length: width }, (_, index) => Data[index]?.VarCharValue ?? null),
  );
}

/** DESCRIBE, SHOW and their like give a row as one text, with tabs between its values and blanks behind them. */
function tabbedRowsOf(page: GetQueryResultsOutput, width: number): Cell[][] {
  const rows = rowsOf(page, width);
  if (width < 2) return rows;
  return rows.map((row) => {
    const [line, ...others] = row;
    if (typeof line !== 'string' || !line.includes('\t') || others.some((cell) => cell !== null)) return row;
    const values = line.split('\t');
    // What is left over belongs to the last, a comment with tabs in it.
    const last = values.splice(width - 1).join('\t');
    return Array.from({ length: width }, (_, index) =>
      index === width - 1 ? last.trim() : (values[index]?.trim() ?? null),
    );
  });
}
