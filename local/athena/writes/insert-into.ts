import path from 'node:path';
import { QueryFault } from '../../engine/engine.js';
import type { StatementTarget, WriteRequest } from '../../engine/statement-target.js';
import { lookUpTable, type TableEntry } from '../../glue/catalog.js';
import { addPartition, lookUpPartition } from '../../glue/partition-entry.js';
import type { RequestContext } from '../../wire/operation.js';
import type { ExecutionRun } from '../execution-run.js';
import { NULL_PARTITION, partitionFolders } from '../location.js';
import { projectionOf } from '../projection.js';
import { isView } from '../statements/catalog-lookup.js';
import { partitionInput } from '../statements/partitions.js';
import { tableFormat } from '../table-format.js';
import { dataObjects, distinct, manifestObject, targetFolder } from './data-objects.js';
import { refused } from './write-properties.js';
import { MOST_PARTITIONS, type Writing } from './writing.js';

type Target = StatementTarget & { kind: 'insert' };

/** INSERT INTO: more objects in a table's folder, with the partitions that they make registered. */
export function insertInto(run: ExecutionRun, request: RequestContext, target: Target): Writing {
  const { athena, folder } = run;
  const { entries } = athena.store;
  const { database, name: tableName, position } = target.table;
  const name = `${database}.${tableName}`;
  const find = () => {
    const found = lookUpTable(entries, request, database, tableName);
    if (found) return found;
    const where = position ? `line ${position.line}:${position.column}: ` : '';
    throw new QueryFault('TABLE_NOT_FOUND', `${where}Table 'awsdatacatalog.${name}' does not exist`);
  };
  const entry = find();
  if (isView(entry)) throw new QueryFault('NOT_SUPPORTED', 'Inserting into views is not supported');
  const storage = entry.input.StorageDescriptor ?? {};
  if (storage.BucketColumns?.length) throw refused('INSERT INTO a table with buckets');
  const keys = (entry.input.PartitionKeys ?? []).map(({ Name }) => Name.toLowerCase());
  const columns = [...(storage.Columns ?? []), ...(entry.input.PartitionKeys ?? [])].map(
    ({ Name, Type = 'string' }) => ({ name: Name, type: Type }),
  );
  const write: WriteRequest = {
    ...formatOf(entry),
    folder: path.join(folder, 'rows'),
    partitionedBy: keys,
    mostPartitions: MOST_PARTITIONS,
    into: { columns, named: target.columns },
    withData: true,
  };
  const isProjected = entry.input.Parameters?.['projection.enabled']?.toLowerCase() === 'true';
  const folderOf = (values: readonly (string | null)[]) =>
    targetFolder(run, partitionLocation(run, request, entry, values), name).uri;
  targetFolder(run, storage.Location ?? '', name);
  return {
    write,
    finish: async ({ written = [], rows, columns: told }) => {
      const objects = dataObjects(run, written, write, folderOf);
      const manifest = await manifestObject(run, objects);
      const partitions = isProjected ? [] : distinct(written.map(({ partition }) => partition));
      const alongside = () => {
        const now = find();
        if (now.version !== entry.version || now.createdAt !== entry.createdAt) {
          throw new QueryFault(
            'TRANSACTION_CONFLICT',
            `The table ${name} was changed while rows were written`,
          );
        }
        for (const values of partitions) {
          if (lookUpPartition(entries, request, now, values)) continue;
          const input = partitionInput(now, { values, location: undefined });
          addPartition(entries, request, now, input, athena.clock.now());
        }
      };
      return {
        columns: told,
        updateCount: rows,
        objects: [...objects, ...manifest],
        ...(manifest[0] && { manifest: manifest[0].uri }),
        alongside,
      };
    },
  };
}

function formatOf(entry: TableEntry): Pick<WriteRequest, 'format' | 'codec' | 'delimiter'> {
  const text = tableFormat(entry.input.StorageDescriptor, `${entry.database}.${entry.input.Name}`);
  const delimiter = '\u0001';
  if (!text) return { format: 'PARQUET', codec: 'GZIP', delimiter };
  if (text.kind === 'json') return { format: 'JSON', codec: 'GZIP', delimiter };
  if (text.kind === 'csv') throw refused('INSERT INTO a table of OpenCSVSerde');
  if (text.escape !== undefined || text.skipLines > 0)
    throw refused('INSERT INTO a table with escapes or headers');
  return { format: 'TEXTFILE', codec: 'GZIP', delimiter: text.separator };
}

/**
 * Where a partition lies, or will.
 * @throws QueryFault for one that the table's projection does not have: nobody would find it.
 */
function partitionLocation(
  { athena }: ExecutionRun,
  request: RequestContext,
  entry: TableEntry,
  partition: readonly (string | null)[],
): string {
  const { PartitionKeys = [], Parameters = {}, StorageDescriptor, Name } = entry.input;
  const keys = PartitionKeys.map((key) => key.Name);
  const location = StorageDescriptor?.Location?.replace(/\/?$/, '/') ?? '';
  if (keys.length === 0) return location;
  const projection = projectionOf(Parameters, keys, athena.clock.now());
  const given = partition.map((value) => value ?? NULL_PARTITION);
  if (!projection) {
    const registered = lookUpPartition(athena.store.entries, request, entry, given);
    return registered?.input.StorageDescriptor?.Location ?? `${location}${partitionFolders(keys, given)}/`;
  }
  const values = given.map((value, i) => projectedText(Parameters, keys[i] ?? '', value));
  const outside = keys.find((_, i) => !projection[i]?.(values[i] ?? ''));
  if (outside !== undefined) {
    const message = `The partition projection of ${entry.database}.${Name} does not have the value '${values[keys.indexOf(outside)]}' of ${outside}`;
    throw new QueryFault('HIVE_INVALID_PARTITION_VALUE', message);
  }
  const template = Parameters['storage.location.template'];
  if (template === undefined) return `${location}${partitionFolders(keys, values)}/`;
  return template.replace(/\$\{([^}]*)\}/g, (whole, name: string) => {
    const value = values[keys.findIndex((key) => key.toLowerCase() === name.toLowerCase())];
    return value ?? whole;
  });
}

/** A number has the digits in its folder that the projection says. */
function projectedText(parameters: Readonly<Record<string, string>>, key: string, value: string): string {
  const property = (name: string) => parameters[`projection.${key.toLowerCase()}.${name}`];
  const isNumber = property('type')?.toLowerCase() === 'integer' && /^\d+$/.test(value);
  return isNumber ? String(Number(value)).padStart(Number(property('digits') ?? 0), '0') : value;
}
