import type { DuckDBConnection } from '@duckdb/node-api';
import { EngineFault, type ExecuteRequest, type ExecuteResult, QueryFault } from './engine.js';
import { explain } from './explain.js';
import { writeResult } from './result-file.js';
import type { ScannedTable } from './scanned-table.js';
import type { AnalyzedQuery } from './sql/analysis.js';
import type { Statement } from './sql/statements/parsed-statement.js';
import { schemaOf, writeFiles } from './write-files.js';

type Outcome = Pick<ExecuteResult, 'columns' | 'rows' | 'schema' | 'written'>;

/** Does what a statement does with its query. */
export function runStatement(
  statement: Statement,
  query: AnalyzedQuery,
  connection: DuckDBConnection,
  { resultPath, write }: ExecuteRequest,
  onPlanned: () => void,
  scanned: () => Promise<readonly ScannedTable[]>,
): Promise<Outcome> {
  switch (statement.kind) {
    case 'SELECT':
      return writeResult(connection, query, resultPath, onPlanned);
    case 'EXPLAIN':
      return explain(query, statement.form, resultPath, connection, onPlanned, scanned);
    case 'CREATE_VIEW':
      return Promise.resolve({ columns: [], rows: 0, schema: viewSchema(query) });
    default:
      if (!write) throw new EngineFault('The engine is not told where to write');
      return writeFiles(connection, query, write, onPlanned);
  }
}

function viewSchema(query: AnalyzedQuery) {
  const columns = query.columns.map(({ name, type }, i) => {
    if (name !== undefined) return { name, type };
    throw new QueryFault('MISSING_COLUMN_NAME', `line 1:1: Column name not specified at position ${i + 1}`);
  });
  const twice = columns.find(({ name }, i) => columns.findIndex((other) => other.name === name) < i);
  if (twice) {
    throw new QueryFault(
      'DUPLICATE_COLUMN_NAME',
      `line 1:1: Column name '${twice.name}' specified more than once`,
    );
  }
  return schemaOf(columns);
}
