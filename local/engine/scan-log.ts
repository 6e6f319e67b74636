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

  /** What a connection has read; it must be at nothing. */
  scanned(connection: DuckDBConnection): Promise<Scan[]> {
    return scans(connection, 'current_connection_id()');
  }

  /** What a connection has read so far, by its id: it may be at its query. */
  scannedBy(connectionId: number): Promise<Scan[]> {
    return this.run((connection) => scans(connection, String(connectionId)));
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

/** DuckDB's own view of the parsed log takes three times as long as this. */
async function scans(connection: DuckDBConnection, id: string): Promise<Scan[]> {
  const result = await connection.runAndReadAll(`
    SELECT path, CAST(coalesce(sum(bytes) FILTER (op = 'READ'), 0) AS DOUBLE)
    FROM (SELECT message->>'path' AS path, message->>'op' AS op, CAST(message->>'bytes' AS BIGINT) AS bytes
      FROM duckdb_logs()
      WHERE context_id IN (SELECT context_id FROM duckdb_log_contexts() WHERE connection_id = ${id}))
    GROUP BY path ORDER BY path`);
  return result.getRowsJson().map(([path, bytes]) => ({ path: String(path), bytes: Number(bytes) }));
}

/** What DuckDB's log calls a connection. */
export async function connectionId(connection: DuckDBConnection): Promise<number> {
  const result = await connection.runAndReadAll('SELECT CAST(current_connection_id() AS DOUBLE)');
  return Number(result.getRowsJson()[0]?.[0]);
}
