import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ExecuteResult, QueryFault } from '../../engine/engine.js';
import type { StatementTarget } from '../../engine/statement-target.js';
import { databaseKey, lookUpTable, type TableEntry, tableKey } from '../../glue/catalog.js';
import { archiveVersion } from '../../glue/table-versions.js';
import type { RequestContext } from '../../wire/operation.js';
import { outputLocation } from '../execution-entry.js';
import { BINARY, type ExecutionOutcome } from '../execution-outcome.js';
import type { ExecutionRun } from '../execution-run.js';
import { isView } from '../statements/catalog-lookup.js';
import { encodeView } from './view-definition.js';

/** Keeps a view, whose query the engine has analysed. */
export async function createView(
  { athena, execution, folder }: ExecutionRun,
  request: RequestContext,
  { view, replace, comment, text }: StatementTarget & { kind: 'view' },
  { schema = [] }: ExecuteResult,
): Promise<ExecutionOutcome> {
  const { entries } = athena.store;
  const file = path.join(folder, 'result');
  await writeFile(file, '');
  const definition = encodeView({
    originalSql: text,
    schema: (execution.database ?? 'default').toLowerCase(),
    columns: schema.map(({ name, type }) => ({ name, type })),
  });
  const input: TableEntry['input'] = {
    Name: view.name,
    TableType: 'VIRTUAL_VIEW',
    Parameters: { presto_view: 'true', comment: comment ?? 'Presto View' },
    PartitionKeys: [],
    StorageDescriptor: {
      Columns: schema.map(({ name, hiveType = 'string' }) => ({ Name: name, Type: hiveType })),
      Location: '',
      SerdeInfo: {},
    },
    ViewOriginalText: definition,
    ViewExpandedText: '/* Presto View */',
  };
  const alongside = () => {
    if (!entries.get(databaseKey(request, view.database))) {
      throw new QueryFault('SCHEMA_NOT_FOUND', `line 1:1: Schema '${view.database}' does not exist`);
    }
    const before = lookUpTable(entries, request, view.database, view.name);
    if (before && !isView(before)) {
      throw new QueryFault('TABLE_ALREADY_EXISTS', `line 1:1: Table '${fullName(view)}' already exists`);
    }
    if (before && !replace) {
      throw new QueryFault('TABLE_ALREADY_EXISTS', `line 1:1: View '${fullName(view)}' already exists`);
    }
    const now = athena.clock.now();
    const made = { account: request.account, database: view.database, input, createdAt: now, version: 0 };
    if (before) archiveVersion(entries, request, before);
    const entry: TableEntry = before
      ? { ...before, input, updatedAt: now, version: before.version + 1 }
      : { ...made, updatedAt: now };
    entries.put(tableKey(request, view.database, view.name), entry);
  };
  const result = { path: file, uri: outputLocation(execution), contentType: BINARY };
  return { columns: [], bytesScanned: 0, objects: [result], alongside };
}

const fullName = ({ database, name }: { database: string; name: string }) =>
  `awsdatacatalog.${database}.${name}`;
