import type { TableEntry } from '../../glue/catalog.js';
import { createTable, deleteTable, updateTable } from '../../glue/tables.js';
import { bucketKey, isBucketName } from '../../s3/bucket-entry.js';
import { parseLocation } from '../location.js';
import { executionError, StatementFault, tableNotFound } from '../statement-fault.js';
import { tableInput } from '../table-input.js';
import { findDatabase, findRealTable, isView, lookUp } from './catalog-lookup.js';
import type { Ddl, NewColumn } from './ddl.js';
import { type DdlContext, type DdlOutcome, DONE } from './ddl-outcome.js';

export async function runCreateTable(
  { table: created }: Ddl & { kind: 'CREATE_TABLE' },
  context: DdlContext,
): Promise<DdlOutcome> {
  const { table, ifNotExists, columns, comment, partitionKeys, buckets, serde, formats, location } = created;
  const database = table.database ?? context.database;
  findDatabase(context, database);
  if (lookUp(context, table)) {
    if (ifNotExists) return DONE;
    throw new StatementFault(
      `FAILED: SemanticException [Error 10025]: AlreadyExistsException(message:Table ${table.name} already exists)`,
      1110,
    );
  }
  checkBucket(context, parseLocation(location, table.written).bucket);
  const TableInput = tableInput({
    name: table.name,
    comment,
    columns: columns.map(glueColumn),
    partitionKeys: partitionKeys.map(glueColumn),
    parameters: {
      transient_lastDdlTime: String(Math.floor(context.athena.clock.now() / 1000)),
      ...created.properties,
    },
    location,
    formats,
    serde: {
      ...(serde.library !== undefined && { SerializationLibrary: serde.library }),
      Parameters: { ...serde.parameters },
    },
    buckets: buckets ?? { columns: [], count: -1 },
  });
  await createTable(context.athena)({ DatabaseName: database, TableInput }, context.request);
  return DONE;
}

/** Hive looks for the folder of a table that it makes. */
function checkBucket({ athena }: DdlContext, bucket: string): void {
  if (isBucketName(bucket) && athena.store.entries.get(bucketKey(bucket))) return;
  throw executionError(
    'MetaException(message:The specified bucket does not exist (Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket))',
  );
}

const glueColumn = ({ name, type, comment }: NewColumn) => ({
  Name: name,
  Type: type,
  ...(comment !== undefined && { Comment: comment }),
});

export async function runDrop(
  { kind, table, ifExists }: Ddl & { kind: 'DROP_TABLE' | 'DROP_VIEW' },
  context: DdlContext,
): Promise<DdlOutcome> {
  const found = lookUp(context, table);
  if (!found && ifExists) return DONE;
  if (!found) throw tableNotFound(table.written);
  if (isView(found) !== (kind === 'DROP_VIEW')) {
    const how = isView(found) ? 'a view with DROP TABLE' : 'a base table with DROP VIEW';
    throw new StatementFault(`FAILED: SemanticException [Error 10025]: Cannot drop ${how}`, 1100);
  }
  const name = { DatabaseName: found.database, Name: found.input.Name };
  await deleteTable(context.athena)(name, context.request);
  return DONE;
}

export async function runColumns(
  { kind, table, columns }: Ddl & { kind: 'ALTER_TABLE_ADD_COLUMN' | 'ALTER_TABLE_REPLACE_COLUMN' },
  context: DdlContext,
): Promise<DdlOutcome> {
  const { input } = findRealTable(context, table);
  const before = kind === 'ALTER_TABLE_ADD_COLUMN' ? (input.StorageDescriptor?.Columns ?? []) : [];
  const names = [...before, ...(input.PartitionKeys ?? [])].map(({ Name }) => Name.toLowerCase());
  for (const { name } of columns) {
    if (names.includes(name)) {
      const message = `FAILED: SemanticException [Error 10036]: Duplicate column name: ${name}`;
      throw new StatementFault(message, 1100);
    }
    names.push(name);
  }
  const Columns = [...before, ...columns.map(glueColumn)];
  await change(context, table.database, {
    ...input,
    StorageDescriptor: { ...input.StorageDescriptor, Columns },
  });
  return { ...DONE, hasMetadata: true };
}

export async function runProperties(
  { table, properties }: Ddl & { kind: 'ALTER_TABLE_PROPERTIES' },
  context: DdlContext,
): Promise<DdlOutcome> {
  const { input } = findRealTable(context, table);
  await change(context, table.database, { ...input, Parameters: { ...input.Parameters, ...properties } });
  return DONE;
}

export async function runTableLocation(
  { table, location }: Ddl & { kind: 'ALTER_TABLE_SET_LOCATION' },
  context: DdlContext,
): Promise<DdlOutcome> {
  parseLocation(location, table.written);
  const { input } = findRealTable(context, table);
  await change(context, table.database, {
    ...input,
    StorageDescriptor: { ...input.StorageDescriptor, Location: location },
  });
  return DONE;
}

async function change(
  { athena, request, database: inContext }: DdlContext,
  database: string | undefined,
  TableInput: TableEntry['input'],
): Promise<void> {
  await updateTable(athena)({ DatabaseName: database ?? inContext, TableInput }, request);
}
