import { rm, writeFile } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ExecuteResult } from './engine.js';
import { type Measured, planText } from './plan-text.js';
import { writeResult } from './result-file.js';
import type { ScannedTable } from './scanned-table.js';
import type { AnalyzedQuery } from './sql/analysis.js';
import type { ExplainForm } from './sql/statements/parsed-statement.js';

/** Writes what is to be said of a query; for EXPLAIN ANALYZE it runs, and what it gives is thrown away. */
export async function explain(
  query: AnalyzedQuery,
  form: ExplainForm,
  resultPath: string,
  connection: DuckDBConnection,
  onPlanned: () => void,
  scanned: () => Promise<readonly ScannedTable[]>,
): Promise<Pick<ExecuteResult, 'columns' | 'rows'>> {
  if (form.type === 'VALIDATE') return writeLines('Valid', 'true', resultPath);
  const measured = form.analyze ? await measure(query, resultPath, connection, onPlanned) : undefined;
  return writeLines('Query Plan', planText(query, await scanned(), form, measured), resultPath);
}

async function measure(
  query: AnalyzedQuery,
  resultPath: string,
  connection: DuckDBConnection,
  onPlanned: () => void,
): Promise<Measured> {
  const begin = performance.now();
  const rowsPath = `${resultPath}.explained`;
  try {
    const { rows } = await writeResult(connection, query, rowsPath, onPlanned);
    return { rows, milliseconds: performance.now() - begin };
  } finally {
    await rm(rowsPath, { force: true });
  }
}

async function writeLines(
  name: 'Valid' | 'Query Plan',
  text: string,
  resultPath: string,
): Promise<Pick<ExecuteResult, 'columns' | 'rows'>> {
  await writeFile(resultPath, `${name}\n${text}\n`);
  const isPlan = name === 'Query Plan';
  const column = {
    name,
    type: isPlan ? 'varchar' : 'boolean',
    precision: isPlan ? text.length : 0,
    scale: 0,
    nullable: 'UNKNOWN',
    caseSensitive: isPlan,
  } as const;
  return { columns: [column], rows: text.split('\n').length };
}
