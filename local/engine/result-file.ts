import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ExecuteResult } from './engine.js';
import { runPlanned } from './run-planned.js';
import type { AnalyzedQuery } from './sql/analysis.js';
import { resultColumn, textOf } from './sql/result-text.js';
import { quoteName, quoteText } from './sql-type.js';

/** Runs a query and writes its rows as Athena does: CSV with a header, every value quoted, NULL an empty field. */
export async function writeResult(
  connection: DuckDBConnection,
  query: AnalyzedQuery,
  path: string,
  onPlanned: () => void,
): Promise<Pick<ExecuteResult, 'columns' | 'rows'>> {
  const columns = query.columns.map(({ name, type }, i) => resultColumn(name ?? `_col${i}`, type));
  const names = columns.map(({ name }) => name);
  const plain = new Set(names).size === names.length && !names.some((name) => /\p{Cc}/u.test(name));
  const items = query.columns.map(
    ({ id, type }, i) =>
      `${textOf({ sql: `result.${id}`, type })} AS ${plain ? quoteName(names[i] ?? '') : `column${i}`}`,
  );
  const select = `SELECT ${items.join(', ')} FROM (${query.sql}) AS result`;
  const copy = async (to: string, header: boolean) => {
    const options = `FORMAT csv, HEADER ${header}, FORCE_QUOTE *`;
    return runPlanned(connection, `COPY (${select}) TO ${quoteText(to)} (${options})`, onPlanned);
  };
  if (plain) return { columns, rows: await copy(path, true) };
  // Athena allows a name twice in a result; DuckDB would change the second. And a newline in a name stays out of SQL.
  const rowsPath = `${path}.rows`;
  try {
    const rows = await copy(rowsPath, false);
    const target = createWriteStream(path);
    target.write(`${names.map(quoteName).join(',')}\n`);
    await pipeline(createReadStream(rowsPath), target);
    return { columns, rows };
  } finally {
    await rm(rowsPath, { force: true });
  }
}
