import type { TableEntry } from '../../glue/catalog.js';
import { createTable, deleteTable, updateTable } from '../../glue/tables.js';
import { parseLocation } from '../location.js';
import { StatementFault, tableNotFound } from '../statement-fault.js';
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
  parseLocation(location, table.written);
  const TableInput = {
    Name: table.name,
    Owner: 'hadoop',
    Retention: 0,
    TableType: 'EXTERNAL_TABLE',
    ...(comment !== undefined && { Description: comment }),
    Parameters: {
      EXTERNAL: 'TRUE',
      transient_lastDdlTime: String(Math.floor(context.athena.clock.now() / 1000)),
      ...(comment !== undefined && { comment }),
      ...created.properties,
    },
    PartitionKeys: partitionKeys.map(glueColumn),
    StorageDescriptor: {
      Columns: columns.map(glueColumn),
      Location: location,
      InputFormat: formats.input,
      OutputFormat: formats.output,
      Compressed: false,
      NumberOfBuckets: buckets?.count ?? -1,
      BucketColumns: [...(buckets?.columns ?? [])],
      SortColumns: [],
      SerdeInfo: {
        ...(serde.library !== undefined && { SerializationLibrary: serde.library }),
        Parameters: { ...serde.parameters },
      },
      StoredAsSubDirectories: false,
    },
  };
  await createTable(context.athena)({ DatabaseName: database, TableInput }, context.request);
  return DONE;
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
