import type { EngineTable } from '../engine/engine.js';
import type { TableEntry } from '../glue/catalog.js';
import { registeredPartitions } from '../glue/partition-entry.js';
import type { RequestContext } from '../wire/operation.js';
import type { Athena } from './athena.js';
import { NULL_PARTITION } from './location.js';
import { readTable } from './table-files.js';

/**
 * `"table$partitions"`: a row for each partition of a table. Of a table with partition projection, for each that has
 * an object; Athena has one for every value that could be.
 */
export function partitionsTable(
  entry: TableEntry,
  name: string,
  athena: Athena,
  request: RequestContext,
): EngineTable | undefined {
  const keys = entry.input.PartitionKeys ?? [];
  if (keys.length === 0) return undefined;
  const isProjected = entry.input.Parameters?.['projection.enabled']?.toLowerCase() === 'true';
  const partitions = isProjected
    ? readTable(entry, request, athena).files.map(({ partition }) => partition)
    : [...registeredPartitions(athena.store.entries, request, entry)].map(({ values }) => values);
  const distinct = new Map(partitions.map((values) => [JSON.stringify(values), values]));
  return {
    database: entry.database,
    name,
    columns: keys.map(({ Name, Type = 'string' }) => ({ name: Name, type: Type })),
    partitionKeys: [],
    files: [],
    rows: [...distinct.values()].map((values) =>
      values.map((value) => (value === NULL_PARTITION ? null : value)),
    ),
  };
}
