import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { withConnection } from './database.js';

/** What was read of a file. */
export interface Scan {
  /** As DuckDB opened it. */
  readonly path: string;
  readonly bytes: number;
}

/**
 * What queries read, out of DuckDB's log of the file system. (The TOTAL_BYTES_READ of its profile is wrong.) The log is
 * one for all connections and can only be emptied as a whole, so that is done when no query runs.
 */
export class ScanLog {
  private users = 0;
  private emptying: Promise<unknown> | undefined;

  constructor(private readonly database: () => Promise<DuckDBInstance>) {}

  /** Holds the log from being emptied while `use` runs. */
  async holding<T>(use: () => Promise<T>): Promise<T> {
    while (this.emptying) await this.emptying;
    this.users++;
    try {
      return await use();
    } finally {
      this.users--;
      if (this.users === 0) this.empty();
    }
  }

  /** What a connection has read so far of the files for which `counts` holds. */
  async scanned(connectionId: number, counts: (path: string) => boolean): Promise<Scan[]> {
    const rows = await this.run(async (c) => {
      const result =
        await c.runAndReadAll(`SELECT path, CAST(coalesce(sum(bytes) FILTER (op = 'READ'), 0) AS DOUBLE)
        FROM duckdb_logs_parsed('FileSystem') WHERE connection_id = ${connectionId} GROUP BY path ORDER BY path`);
      return result.getRowsJson();
    });
    return rows
      .map(([path, bytes]) => ({ path: String(path), bytes: Number(bytes) }))
      .filter(({ path }) => counts(path));
  }

  /** Whoever has had what they wanted need not wait for it; the next to read does. */
  private empty(): void {
    this.emptying = this.run((c) => c.run('CALL truncate_duckdb_logs()'))
      // A log that was not emptied is only longer.
      .catch(() => undefined)
      .finally(() => {
        this.emptying = undefined;
      });
  }

  private async run<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    return withConnection(await this.database(), use);
  }
}

/** What DuckDB's log calls a connection. */
export async function connectionId(connection: DuckDBConnection): Promise<number> {
  const result = await connection.runAndReadAll('SELECT CAST(current_connection_id() AS DOUBLE)');
  return Number(result.getRowsJson()[0]?.[0]);
}
