import { mkdir } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { FUNCTION_MACROS } from './sql/functions/macros.js';
import { NATIVES } from './sql/natives/all-natives.js';
import { type NativeHearer, register } from './sql/natives/native.js';
import { quoteText } from './sql-type.js';

export interface DatabaseOptions {
  /** Folders whose files SQL may open, for reading and writing. */
  readonly folders: readonly string[];
  /** Where DuckDB spills what does not fit in memory. */
  readonly temporary: string;
  /** Bytes of memory. */
  readonly memoryLimit: number;
  /** Whether reads of files are logged, which is how scanned bytes are counted. */
  readonly logReads: boolean;
  /** @default - as many as the machine has processors */
  readonly threads?: number;
  /** @default - nothing does */
  readonly hearer?: NativeHearer;
}

/** A DuckDB in memory that can open nothing but the files in some folders, and whose settings can no longer change. */
export async function openDatabase(options: DatabaseOptions): Promise<DuckDBInstance> {
  await mkdir(options.temporary, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', {
    // With its cache of file contents, a second query would scan no bytes.
    enable_external_file_cache: 'false',
    // Memory that is free goes back soon, so that many conversions take as little of it as one.
    allocator_background_threads: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: `${options.memoryLimit}B`,
    ...(options.threads !== undefined && { threads: String(options.threads) }),
  });
  const connection = await instance.connect();
  const settings = [
    "SET TimeZone='UTC'",
    // Trino orders by a constant as well, which changes nothing.
    'SET GLOBAL order_by_non_integer_literal=true',
    `SET temp_directory=${quoteText(options.temporary)}`,
    `SET allowed_directories=[${options.folders.map(quoteText).join(', ')}]`,
    ...FUNCTION_MACROS,
    ...(options.logReads ? ["CALL enable_logging('FileSystem', level='trace')"] : []),
    'SET enable_external_access=false',
    'SET lock_configuration=true',
  ];
  register(connection, NATIVES, options.hearer ?? { beforeCall: () => {}, onRefused: () => {} });
  for (const setting of settings) await connection.run(setting);
  connection.closeSync();
  return instance;
}

/** Gives a connection to `use` and closes it afterwards. */
export async function withConnection<T>(
  instance: DuckDBInstance,
  use: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const connection = await instance.connect();
  try {
    return await use(connection);
  } finally {
    connection.closeSync();
  }
}

/** A share of the machine's memory, in bytes, and not less than DuckDB needs to do anything useful. */
export function memoryShare(share: number): number {
  return Math.max(Math.floor(totalmem() * share), 512 * 1024 * 1024);
}
