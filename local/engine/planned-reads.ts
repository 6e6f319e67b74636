import type { DuckDBConnection } from '@duckdb/node-api';
import type { AnalyzedQuery } from './sql/analysis.js';
import { guarded } from './sql-guard.js';
import { quoteText } from './sql-type.js';

/** The columns that are read of files, by the files' paths. */
export type Reads = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * What DuckDB would read for a query, as far as it can tell without looking: of the files those that its predicates on
 * partitions leave, and of their columns those that it needs (of nested ones the whole). None for a query that it cannot
 * plan, whose run then says why.
 * @param query whose tables are `plannable`.
 */
export async function plannedReads(connection: DuckDBConnection, query: AnalyzedQuery): Promise<Reads> {
  const select = guarded(`SELECT * FROM (${query.sql}) AS result`);
  const result = await connection.runAndReadAll(
    guarded(`SELECT json_serialize_plan(${quoteText(select)}, optimize := true)`),
  );
  const reads = new Map<string, Set<string>>();
  // The plan's constants have numbers that JSON has not.
  const plan = String(result.getRowsJson()[0]?.[0]).replace(/"value":-?(?:NaN|Infinity)/g, '"value":null');
  JSON.parse(plan, (_, node: unknown) => {
    if (isScan(node)) {
      // One that has no name is none of the file's.
      const columns = node.column_indexes.flatMap(({ index }) => node.names[index] ?? []);
      for (const file of node.function_data.files) {
        const read = reads.get(file) ?? new Set();
        reads.set(file, read);
        for (const column of columns) read.add(column);
      }
    }
    return node;
  });
  return reads;
}

/** What a plan says of a scan of files. */
interface Scan {
  readonly names: readonly string[];
  readonly column_indexes: readonly { readonly index: number }[];
  readonly function_data: { readonly files: readonly string[] };
}

function isScan(node: unknown): node is Scan {
  return (
    typeof node === 'object' &&
    node !== null &&
    'type' in node &&
    node.type === 'LOGICAL_GET' &&
    'function_data' in node &&
    typeof node.function_data === 'object' &&
    node.function_data !== null &&
    'files' in node.function_data
  );
}
