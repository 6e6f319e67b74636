import path from 'node:path';
import { QueryFault } from '../../engine/engine.js';
import type { StatementTarget, WriteRequest, WrittenColumn } from '../../engine/statement-target.js';
import { databaseKey, lookUpTable, type TableEntry, tableKey } from '../../glue/catalog.js';
import { addPartition } from '../../glue/partition-entry.js';
import type { RequestContext } from '../../wire/operation.js';
import { type ExecutionRun, engineId } from '../execution-run.js';
import { NULL_PARTITION, partitionFolders } from '../location.js';
import { partitionInput } from '../statements/partitions.js';
import {
  HIVE_JSON_SERDE,
  LAZY_SIMPLE_SERDE,
  PARQUET_FORMAT,
  PARQUET_SERDE,
  TEXT_FORMAT,
} from '../statements/storage-formats.js';
import { tableInput } from '../table-input.js';
import { findWorkGroup } from '../workgroups.js';
import { checkEmpty, dataObjects, distinct, manifestObject, targetFolder } from './data-objects.js';
import { invalid, refused, textOf, writeFormat } from './write-properties.js';
import { MOST_PARTITIONS, NOTHING_WRITTEN, type Writing } from './writing.js';

type Target = StatementTarget & { kind: 'table' };

const PROPERTIES = [
  'external_location',
  'is_external',
  'table_type',
  'write_compression',
  'parquet_compression',
];

/** CREATE TABLE AS: a new table, with the rows of a query as its objects. */
export function createTableAs(run: ExecutionRun, request: RequestContext, target: Target): Writing {
  const { athena, folder } = run;
  const { entries } = athena.store;
  const { table, properties } = target;
  const name = `${table.database}.${table.name}`;
  const isThere = () => lookUpTable(entries, request, table.database, table.name) !== undefined;
  if (isThere() && target.ifNotExists) return { none: NOTHING_WRITTEN };
  const check = () => {
    if (!entries.get(databaseKey(request, table.database)))
      throw new QueryFault('SCHEMA_NOT_FOUND', `line 1:1: Schema '${table.database}' does not exist`);
    if (isThere())
      throw new QueryFault('TABLE_ALREADY_EXISTS', `line 1:1: Table 'awsdatacatalog.${name}' already exists`);
  };
  check();
  if (textOf(properties, 'table_type')?.toUpperCase() === 'ICEBERG') throw refused('The table type ICEBERG');
  const format = writeFormat(properties, PROPERTIES);
  const to = targetFolder(run, locationOf(run, target), name);
  checkEmpty(run, to, name);
  const write: WriteRequest = {
    ...format,
    folder: path.join(folder, 'rows'),
    mostPartitions: MOST_PARTITIONS,
    withData: target.withData,
  };
  return {
    write,
    finish: async ({ schema = [], written = [], rows, columns }) => {
      const folderOf = (values: readonly (string | null)[]) => {
        const folders = partitionFolders(
          write.partitionedBy,
          values.map((value) => value ?? NULL_PARTITION),
        );
        return folders === '' ? to.uri : `${to.uri}${folders}/`;
      };
      const objects = dataObjects(run, written, write, folderOf);
      const manifest = await manifestObject(run, objects);
      const now = athena.clock.now();
      const entry: TableEntry = {
        account: request.account,
        database: table.database,
        input: newTable(run, target, write, schema, to.uri),
        createdAt: now,
        updatedAt: now,
        version: 0,
      };
      const partitions = distinct(written.map(({ partition }) => partition));
      const alongside = () => {
        check();
        checkEmpty(run, to, name);
        entries.put(tableKey(request, table.database, table.name), entry);
        for (const values of partitions) {
          addPartition(entries, request, entry, partitionInput(entry, { values, location: undefined }), now);
        }
      };
      return {
        columns,
        updateCount: rows,
        objects: [...objects, ...manifest],
        ...(manifest[0] && { manifest: manifest[0].uri }),
        alongside,
      };
    },
  };
}

function locationOf({ athena, execution }: ExecutionRun, { properties }: Target): string {
  const given = textOf(properties, 'external_location');
  if (given === undefined) return `${execution.outputFolder}tables/${execution.id}/`;
  const { configuration } = findWorkGroup(athena.store.entries, execution, execution.workGroup);
  const isEnforced =
    configuration.EnforceWorkGroupConfiguration !== false &&
    configuration.ResultConfiguration?.OutputLocation !== undefined;
  if (!isEnforced) return given;
  throw invalid(
    "The Create Table As Select query failed because it was submitted with an 'external_location' property to an " +
      'Athena Workgroup that enforces a centralized output location for all queries. Please remove the ' +
      "'external_location' property and resubmit the query.",
  );
}

function newTable(
  { execution }: ExecutionRun,
  { table, comment }: Target,
  { format, codec, delimiter, partitionedBy }: WriteRequest,
  schema: readonly WrittenColumn[],
  location: string,
): TableEntry['input'] {
  const columns = schema.map(({ name, hiveType = 'string' }) => ({ Name: name, Type: hiveType }));
  const count = columns.length - partitionedBy.length;
  const library = { PARQUET: PARQUET_SERDE, JSON: HIVE_JSON_SERDE, TEXTFILE: LAZY_SIMPLE_SERDE }[format];
  const parameters =
    format === 'TEXTFILE' ? { 'field.delim': delimiter, 'serialization.format': delimiter } : {};
  return tableInput({
    name: table.name,
    comment,
    columns: columns.slice(0, count),
    partitionKeys: columns.slice(count),
    parameters: {
      has_encrypted_data: 'false',
      presto_query_id: engineId(execution),
      write_compression: codec === 'UNCOMPRESSED' ? 'NONE' : codec,
    },
    location,
    formats: format === 'PARQUET' ? PARQUET_FORMAT : TEXT_FORMAT,
    serde: { Name: table.name, SerializationLibrary: library, Parameters: parameters },
    buckets: { columns: [], count: 0 },
  });
}
