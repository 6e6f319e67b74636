import type { DuckDBConnection } from '@duckdb/node-api';
import { guarded } from './sql-guard.js';

/**
 * Runs a COPY and gives the number of its rows.
 * @param onPlanned called between its planning, in which DuckDB computes what is constant, and its run.
 */
export async function runPlanned(
  connection: DuckDBConnection,
  sql: string,
  onPlanned: () => void,
): Promise<number> {
  const planned = await connection.prepare(guarded(sql));
  try {
    onPlanned();
    const result = await planned.runAndReadAll();
    return Number(result.getRowsJson()[0]?.[0]);
  } finally {
    planned.destroySync();
  }
}
