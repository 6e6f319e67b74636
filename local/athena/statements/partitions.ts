import type { TableEntry } from '../../glue/catalog.js';
import { batchCreatePartition } from '../../glue/partition-batches.js';
import {
  lookUpPartition,
  type PartitionEntry,
  partitionKey,
  registeredPartitions,
} from '../../glue/partition-entry.js';
import { updatePartition } from '../../glue/partitions.js';
import { findBucket } from '../../s3/bucket-entry.js';
import { parseLocation, partitionFolders, partitionOfFolders } from '../location.js';
import { executionError, StatementFault } from '../statement-fault.js';
import { findRealTable, lookUp } from './catalog-lookup.js';
import type { Ddl, PartitionSpec } from './ddl.js';
import { type DdlContext, type DdlOutcome, DONE, listOutcome, stringColumn } from './ddl-outcome.js';
import type { HiveTable } from './hive-tokens.js';

export async function runAddPartition(
  { table, ifNotExists, partitions }: Ddl & { kind: 'ALTER_TABLE_ADD_PARTITION' },
  context: DdlContext,
): Promise<DdlOutcome> {
  const entry = findRealTable(context, table);
  const added = partitions.map(({ spec, location }) => ({ values: valuesOf(entry, spec), location }));
  const isThere = (values: readonly string[]) =>
    lookUpPartition(context.athena.store.entries, context.request, entry, values) !== undefined;
  const known = added.find(({ values }) => isThere(values));
  if (known && !ifNotExists) {
    throw executionError(
      `AlreadyExistsException(message:Partition already exists: [${known.values.join(', ')}])`,
      1110,
    );
  }
  for (const { location } of added) if (location !== undefined) parseLocation(location, table.written);
  await register(
    context,
    entry,
    added.filter(({ values }) => !isThere(values)),
  );
  return DONE;
}

/** Partitions that one request to Glue may name. */
const AT_ONCE = 100;

interface NewPartition {
  readonly values: readonly string[];
  /** The folder under the table's that the values spell, where it is not given. */
  readonly location: string | undefined;
}

async function register(
  { athena, request }: DdlContext,
  entry: TableEntry,
  partitions: readonly NewPartition[],
): Promise<void> {
  const rest = [...partitions];
  while (rest.length > 0) {
    const PartitionInputList = rest.splice(0, AT_ONCE).map((partition) => partitionInput(entry, partition));
    const names = { DatabaseName: entry.database, TableName: entry.input.Name };
    await batchCreatePartition(athena)({ ...names, PartitionInputList }, request);
  }
}

/** A partition as Glue is told of it: stored as its table is. */
export function partitionInput({ input }: TableEntry, { values, location }: NewPartition) {
  const keys = (input.PartitionKeys ?? []).map(({ Name }) => Name);
  const storage = input.StorageDescriptor ?? {};
  const folder = `${storage.Location?.replace(/\/?$/, '/') ?? ''}${partitionFolders(keys, values)}`;
  return { Values: [...values], StorageDescriptor: { ...storage, Location: location ?? folder } };
}

export async function runDropPartition(
  { table, ifExists, partitions }: Ddl & { kind: 'ALTER_TABLE_DROP_PARTITION' },
  context: DdlContext,
): Promise<DdlOutcome> {
  const { athena, request } = context;
  const entry = findRealTable(context, table);
  const dropped = partitions.map((spec) => ({ spec, values: valuesOf(entry, spec) }));
  const { entries } = athena.store;
  await athena.store.transaction(() => {
    const missing = dropped.find(({ values }) => !lookUpPartition(entries, request, entry, values));
    if (missing && !ifExists) throw partitionNotFound(missing.spec);
    for (const { values } of dropped) entries.remove(partitionKey(request, entry, values));
  });
  return DONE;
}

export async function runRenamePartition(
  { table, from, to }: Ddl & { kind: 'ALTER_TABLE_RENAME_PARTITION' },
  context: DdlContext,
): Promise<DdlOutcome> {
  const entry = findRealTable(context, table);
  const values = valuesOf(entry, to);
  await changePartition(context, entry, from, (input) => ({ ...input, Values: values }));
  return DONE;
}

export async function runPartitionLocation(
  { table, location }: Ddl & { kind: 'ALTER_TABLE_SET_LOCATION' },
  partition: PartitionSpec,
  context: DdlContext,
): Promise<DdlOutcome> {
  parseLocation(location, table.written);
  await changePartition(context, findRealTable(context, table), partition, (input) => ({
    ...input,
    StorageDescriptor: { ...input.StorageDescriptor, Location: location },
  }));
  return DONE;
}

async function changePartition(
  { athena, request }: DdlContext,
  entry: TableEntry,
  spec: PartitionSpec,
  change: (input: PartitionEntry['input']) => PartitionEntry['input'],
): Promise<void> {
  const PartitionValueList = valuesOf(entry, spec);
  const found = lookUpPartition(athena.store.entries, request, entry, PartitionValueList);
  if (!found) throw partitionNotFound(spec);
  const names = { DatabaseName: entry.database, TableName: entry.input.Name };
  await updatePartition(athena)(
    { ...names, PartitionValueList, PartitionInput: change(found.input) },
    request,
  );
}

/** The values that a statement gives, in the order of the table's keys. */
function valuesOf({ input }: TableEntry, spec: PartitionSpec): string[] {
  const keys = (input.PartitionKeys ?? []).map(({ Name }) => Name.toLowerCase());
  if (keys.length === 0) {
    throw new StatementFault(`FAILED: SemanticException table ${input.Name} is not partitioned`, 1100);
  }
  const unknown = [...spec.keys()].find((key) => !keys.includes(key));
  const missing = keys.find((key) => !spec.has(key));
  if (unknown !== undefined || missing !== undefined) {
    const names = [...spec.keys()].join(', ');
    const message = `FAILED: SemanticException [Error 10125]: partition spec {${names}} does not have the columns of the table: ${keys.join(', ')}`;
    throw new StatementFault(message, 1100);
  }
  return keys.map((key) => spec.get(key) ?? '');
}

function partitionNotFound(spec: PartitionSpec): StatementFault {
  const pairs = [...spec].map(([key, value]) => `${key}=${value}`).join(', ');
  return new StatementFault(`FAILED: SemanticException [Error 10006]: Partition not found {${pairs}}`, 1006);
}

/** Registers the partitions whose folders lie under the table's and spell its keys. */
export async function runRepair(
  { table }: Ddl & { kind: 'MSCK_REPAIR' },
  context: DdlContext,
): Promise<DdlOutcome> {
  const { athena, request } = context;
  if (!lookUp(context, table))
    return { ...DONE, lines: [`Tables not in metastore:\t${table.name}`], hasMetadata: true };
  const entry = findRealTable(context, table);
  const keys = (entry.input.PartitionKeys ?? []).map(({ Name }) => Name);
  const { bucket, prefix } = parseLocation(entry.input.StorageDescriptor?.Location, table.written);
  const { id } = findBucket(athena.store.entries, bucket, request.account);
  const found = new Map<string, string[]>();
  let isEmpty = true;
  for (const { key } of athena.objects.list(id, prefix)) {
    isEmpty = false;
    const values = partitionOfFolders(key.slice(prefix.length, key.lastIndexOf('/') + 1), keys);
    if (values && values.length > 0) found.set(partitionFolders(keys, values), values);
  }
  const isNew = (values: readonly string[]) => !lookUpPartition(athena.store.entries, request, entry, values);
  const added = [...found].filter(([, values]) => isNew(values));
  await register(
    context,
    entry,
    added.map(([, values]) => ({ values, location: undefined })),
  );
  const names = added.map(([folders]) => `${entry.input.Name}:${folders}`);
  const lines = isEmpty
    ? [`Tables missing on filesystem:\t${entry.input.Name}`]
    : names.length > 0
      ? [
          ['Partitions not in metastore:', ...names].join('\t'),
          ...names.map((name) => `Repair: Added partition to metastore ${name}`),
        ]
      : [];
  return { lines, columns: [], hasMetadata: true };
}

export function runShowPartitions({ table }: { readonly table: HiveTable }, context: DdlContext): DdlOutcome {
  const entry = findRealTable(context, table);
  const keys = (entry.input.PartitionKeys ?? []).map(({ Name }) => Name);
  if (keys.length === 0) {
    const message = `FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. Table ${table.name} is not a partitioned table`;
    throw new StatementFault(message, 1100);
  }
  // Athena projects partitions and has none of a table that says so.
  const isProjected = entry.input.Parameters?.['projection.enabled']?.toLowerCase() === 'true';
  const partitions = isProjected
    ? []
    : [...registeredPartitions(context.athena.store.entries, context.request, entry)];
  const lines = partitions.map(({ values }) => partitionFolders(keys, values));
  return listOutcome(lines, stringColumn('partition'));
}
