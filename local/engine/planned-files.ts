import type { DuckDBConnection } from '@duckdb/node-api';
import type { AnalyzedQuery } from './sql/analysis.js';
import { guarded } from './sql-guard.js';
import { quoteText } from './sql-type.js';

/**
 * The files that DuckDB would look into for a query, as far as it can tell without looking: those that its predicates
 * on partitions leave. None for a query that it cannot plan, whose run then says why.
 */
export async function plannedFiles(
  connection: DuckDBConnection,
  query: AnalyzedQuery,
): Promise<ReadonlySet<string>> {
  const select = guarded(`SELECT * FROM (${query.sql}) AS result`);
  const result = await connection.runAndReadAll(
    guarded(`SELECT json_serialize_plan(${quoteText(select)}, optimize := true)`),
  );
  const files = new Set<string>();
  JSON.parse(String(result.getRowsJson()[0]?.[0]), (key, value: unknown) => {
    if (key === 'files' && Array.isArray(value)) for (const file of value) files.add(String(file));
    return value;
  });
  return files;
}
