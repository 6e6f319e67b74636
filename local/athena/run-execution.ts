import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PreparedStatement } from '../engine/engine.js';
import type { RequestContext } from '../wire/operation.js';
import { type ExecutionEntry, outputLocation } from './execution-entry.js';
import { APPLICATION, BINARY, type ExecutionOutcome, type StagedObject } from './execution-outcome.js';
import { type ExecutionRun, engineId } from './execution-run.js';
import { queryTables } from './query-tables.js';
import { encodeMetadata } from './result-metadata.js';
import type { DdlOutcome } from './statements/ddl-outcome.js';
import { changePrepared, preparedText } from './statements/prepared.js';
import { readStatement } from './statements/read-statement.js';
import { runDdl } from './statements/run-ddl.js';
import { createView } from './views/create-view.js';
import { writeTarget } from './writes/write-target.js';

/** Runs the statement of an execution. What it leaves is not published yet. */
export async function runExecution(run: ExecutionRun): Promise<ExecutionOutcome> {
  const { athena, execution, folder } = run;
  await mkdir(folder, { recursive: true });
  const request = requestOf(execution);
  const statement = readStatement(execution.query);
  if (statement.grammar === 'hive') {
    const context = { athena, request, database: databaseOf(execution) };
    return ddlOutcome(run, await runDdl(statement.ddl, context));
  }
  if (statement.grammar === 'trino') return runQuery(run, execution.query, execution.parameters);
  const { prepared } = statement;
  if (prepared.kind !== 'EXECUTE') {
    return ddlOutcome(run, await changePrepared(prepared, athena, execution, execution.workGroup));
  }
  const text = preparedText(athena, execution, execution.workGroup, prepared.name);
  const parameters = prepared.values.length > 0 ? prepared.values : execution.parameters;
  return runQuery(run, text, parameters);
}

const databaseOf = ({ database = 'default' }: ExecutionEntry) => database.toLowerCase();

/** The catalog is asked as though the caller of the execution did it. */
const requestOf = ({ id, account, region }: ExecutionEntry): RequestContext => ({
  account,
  region,
  requestId: id,
  endpoint: '',
});

async function runQuery(
  run: ExecutionRun,
  sql: string,
  parameters: readonly string[],
): Promise<ExecutionOutcome> {
  const { athena, execution, folder, scanLimitBytes, check } = run;
  const { engine } = athena;
  const context = { sql, parameters, database: databaseOf(execution) };
  const prepared = await engine.prepare(context);
  const { target } = prepared;
  const request = requestOf(execution);
  const { tables, views } = await queryTables(prepared.tables, athena, request);
  check();
  const execute = {
    ...context,
    ...(scanLimitBytes !== undefined && { scanLimitBytes }),
    id: execution.id,
    tables,
    views,
    resultPath: path.join(folder, 'result'),
  };
  if (target?.kind === 'view') {
    return createView(run, request, target, await engine.execute(execute));
  }
  if (target) {
    const writing = writeTarget(run, request, target);
    if (!writing.write) return written(run, prepared, { ...writing.none, bytesScanned: 0 });
    const result = await engine.execute({ ...execute, write: writing.write });
    return written(run, prepared, { ...(await writing.finish(result)), bytesScanned: result.bytesScanned });
  }
  const { columns, bytesScanned } = await engine.execute(execute);
  const result = { path: execute.resultPath, uri: outputLocation(execution), contentType: APPLICATION };
  const metadata = await metadataObject(run, { queryId: engineId(execution), columns });
  const isPlan = prepared.kind === 'EXPLAIN';
  return { columns, bytesScanned, objects: [result, metadata], ...(!isPlan && { updateCount: 0 }) };
}

/** What writes to tables has no result but the number of rows, which stands in the metadata. */
async function written(
  run: ExecutionRun,
  { kind }: PreparedStatement,
  outcome: ExecutionOutcome,
): Promise<ExecutionOutcome> {
  const { columns, updateCount = 0 } = outcome;
  const updateType = kind === 'CREATE_TABLE_AS_SELECT' ? 'CREATE TABLE' : kind;
  const queryId = engineId(run.execution);
  const metadata = await metadataObject(run, { queryId, updateType, updateCount, columns });
  return { ...outcome, updateCount, objects: [...outcome.objects, metadata] };
}

async function metadataObject(
  { execution, folder }: ExecutionRun,
  metadata: Parameters<typeof encodeMetadata>[0],
  contentType = APPLICATION,
): Promise<StagedObject> {
  const file = path.join(folder, 'metadata');
  await writeFile(file, encodeMetadata(metadata));
  return { path: file, uri: `${outputLocation(execution)}.metadata`, contentType };
}

/** The lines of a statement over the catalog as its text, with metadata where it has columns. */
async function ddlOutcome(run: ExecutionRun, outcome: DdlOutcome): Promise<ExecutionOutcome> {
  const { execution, folder } = run;
  const { lines, columns, updateCount, kind, hasMetadata = columns.length > 0 } = outcome;
  const file = path.join(folder, 'result');
  await writeFile(file, lines.join('\n'));
  const contentType = hasMetadata && updateCount === undefined ? APPLICATION : BINARY;
  const result = { path: file, uri: outputLocation(execution), contentType };
  const metadata = hasMetadata
    ? [await metadataObject(run, { queryId: execution.id, columns }, contentType)]
    : [];
  return {
    columns,
    bytesScanned: 0,
    objects: [result, ...metadata],
    ...(updateCount !== undefined && { updateCount }),
    ...(kind !== undefined && { kind }),
  };
}
