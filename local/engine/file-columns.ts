import type { DuckDBConnection } from '@duckdb/node-api';
import { guarded } from './sql-guard.js';
import { quoteText } from './sql-type.js';

/** Remembers which columns are in which Parquet file. The files of objects never change, so neither does this. */
export class FileColumns {
  private readonly known = new Map<string, ReadonlySet<string>>();

  /** `kept` is the number of files beyond which all are forgotten before the next query. */
  constructor(private readonly kept = 100_000) {}

  /** Names of the top columns of each file, in lower case, by path. Reads the footers that it has not read yet. */
  async of(
    connection: DuckDBConnection,
    paths: readonly string[],
  ): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    if (this.known.size > this.kept) this.known.clear();
    const unknown = paths.filter((path) => !this.known.has(path));
    if (unknown.length > 0) await this.read(connection, unknown);
    return new Map(paths.map((path) => [path, this.known.get(path) ?? new Set()]));
  }

  private async read(connection: DuckDBConnection, paths: readonly string[]): Promise<void> {
    const list = paths.map(quoteText).join(', ');
    const result = await connection.runAndReadAll(
      guarded(
        `SELECT file_name, name, CAST(coalesce(num_children, 0) AS INTEGER) FROM parquet_schema([${list}])`,
      ),
    );
    // The schema comes as a tree in preorder, its root first.
    const found = new Map<string, { readonly names: Set<string>; pending: number }>();
    for (const [path, name, children] of result.getRowsJson()) {
      const file = found.get(String(path));
      if (!file) {
        found.set(String(path), { names: new Set(), pending: 0 });
        continue;
      }
      if (file.pending === 0) file.names.add(String(name).toLowerCase());
      else file.pending--;
      file.pending += Number(children);
    }
    for (const [path, { names }] of found) this.known.set(path, names);
  }
}
