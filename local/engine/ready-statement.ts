import type { DuckDBConnection } from '@duckdb/node-api';
import type { EngineFile, EngineTable, ExecuteRequest, ExecuteResult, TableName } from './engine.js';
import type { FileColumns } from './file-columns.js';
import { fileColumnsIn } from './file-facts.js';
import { checkInjected } from './injected-columns.js';
import type { PartitionFiles } from './partition-files.js';
import { runFault } from './run-fault.js';
import { runStatement } from './run-statement.js';
import type { Scan } from './scan-log.js';
import type { ScannedTable } from './scanned-table.js';
import type { AnalyzedQuery } from './sql/analysis.js';
import { analyzeQuery } from './sql/analyze-query.js';
import { asQueryFaults } from './sql/sql-fault.js';
import { parseStatement } from './sql/statement.js';
import type { Statement } from './sql/statements/parsed-statement.js';
import { analysisOf } from './table-catalog.js';
import { type TableSource, tableSource } from './table-source.js';
import type { HeldCopies } from './text/text-copies.js';
import type { TextFault } from './text/text-fault.js';
import type { TextTables } from './text/text-tables.js';

/** A statement that can run, its tables being files that DuckDB reads. */
export interface ReadyStatement {
  readonly query: AnalyzedQuery;
  /** The tables' files by the path that DuckDB opens. */
  readonly files: ReadonlyMap<string, EngineFile>;
  /** Those of them that stand for text that is not converted. */
  readonly standIns: ReadonlySet<string>;
  /** What is wrong with those of them that were made of text. */
  readonly faults: ReadonlyMap<string, readonly TextFault[]>;
  /** The query as `plannedReads` wants it. */
  plannable(): AnalyzedQuery;
  /**
   * @param onPlanned called when it is planned and not yet run.
   * @param scanned what the connection has read of `files`, by their paths.
   */
  run(
    connection: DuckDBConnection,
    onPlanned: () => void,
    scanned: () => Promise<readonly Scan[]>,
  ): Promise<Pick<ExecuteResult, 'columns' | 'rows' | 'schema' | 'written'>>;
  /** What is said where it fails by an error. */
  fault(error: unknown): Error;
}

/** What it takes to make files of tables. */
export interface TableReaders {
  readonly partitions: PartitionFiles;
  readonly fileColumns: FileColumns;
  readonly texts: TextTables;
}

export interface Wanted {
  /** Whether the columns of each file are looked up, some being known to lack one. */
  readonly byColumns: boolean;
  /** The stand-ins of partitions of text whose rows are wanted. */
  readonly standIns: ReadonlySet<string>;
}

/** Makes the tables of a statement files, and the statement one of DuckDB's. */
export async function readyStatement(
  request: ExecuteRequest,
  connection: DuckDBConnection,
  { partitions, fileColumns, texts }: TableReaders,
  wanted: Wanted,
  copies: HeldCopies,
): Promise<ReadyStatement> {
  const { sql, parameters, tables, views = [] } = request;
  const statement = await asQueryFaults(sql, () => parseStatement(sql, parameters));
  const namedFileColumns = fileColumnsIn([sql, ...views.map((view) => view.sql)].join('\n'));
  const sources = new Map<string, TableSource>();
  const files = new Map<string, EngineFile>();
  const standIns = new Set<string>();
  const faults = new Map<string, readonly TextFault[]>();
  for (const named of tables) {
    const told = readsRows(statement) ? named : { ...named, files: [] };
    const text = await texts.asParquet(told, connection, wanted.standIns, copies);
    const { table } = text;
    const paths = table.files.map(({ path }) => path);
    const source = await tableSource(connection, partitions, table, {
      fileColumns: namedFileColumns,
      ...(wanted.byColumns && { columnsInFiles: await fileColumns.of(connection, paths) }),
    });
    for (const path of text.standIns) standIns.add(path);
    for (const [path, file] of source.files) {
      files.set(path, file);
      const found = text.faults.get(file.path);
      if (found) faults.set(path, found);
    }
    sources.set(keyOf(table), source);
  }
  const analysis = analysisOf(request, (name) => sources.get(name)?.relation, statement);
  const context = { sql, analysis, uriOf: (path: string) => files.get(path)?.uri };
  const query = await asQueryFaults(sql, () => {
    checkInjected(tables, [statement.query, ...views.map((view) => parseStatement(view.sql, []).query)]);
    return analyzeQuery(statement.query, analysis);
  });
  return {
    query,
    files,
    standIns,
    faults,
    plannable: () =>
      analyzeQuery(
        statement.query,
        analysisOf(request, (name) => sources.get(name)?.plannable, statement),
      ),
    run: async (on, onPlanned, scanned) => {
      const byTable = async () => {
        const scans = await scanned();
        return tables.map((table) => scannedTable(table, sources.get(keyOf(table)), scans));
      };
      return runStatement(statement, query, on, request, onPlanned, byTable);
    },
    fault: (error) => runFault(error, context),
  };
}

const keyOf = ({ database, name }: TableName) => `${database}.${name}`.toLowerCase();

function scannedTable(
  table: EngineTable,
  source: TableSource | undefined,
  scans: readonly Scan[],
): ScannedTable {
  const read = scans.flatMap(({ path, bytes }) => {
    const file = source?.files.get(path);
    return file ? [{ uri: file.uri, bytes: file.textBytes ?? bytes }] : [];
  });
  return { table, scans: read };
}

/** Whether a statement's query is run, and not only looked at. */
function readsRows(statement: Statement): boolean {
  if (statement.kind === 'CREATE_TABLE_AS_SELECT') return statement.withData;
  if (statement.kind === 'EXPLAIN') return statement.form.analyze;
  return statement.kind !== 'CREATE_VIEW';
}
