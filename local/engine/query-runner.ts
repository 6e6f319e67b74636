import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { withConnection } from './database.js';
import { type EngineFile, type ExecuteRequest, type ExecuteResult, QueryFault } from './engine.js';
import { FileColumns } from './file-columns.js';
import { fileColumnsIn } from './file-facts.js';
import { checkInjected } from './injected-columns.js';
import { PartitionFiles } from './partition-files.js';
import { runFault } from './run-fault.js';
import { runStatement } from './run-statement.js';
import { connectionId, type Scan, ScanLog } from './scan-log.js';
import { analyzeQuery } from './sql/analyze-query.js';
import { asQueryFaults } from './sql/sql-fault.js';
import { parseStatement } from './sql/statement.js';
import { Stoppable } from './stoppable.js';
import { analysisOf } from './table-catalog.js';
import { type TableSource, tableSource } from './table-source.js';
import { TextFiles } from './text/text-files.js';

/** Queries that run at once; more wait. Each takes one of the process's sixteen threads for blocking work. */
const AT_ONCE = 8;
/** Milliseconds between looks at what a query with a limit has scanned. */
const WATCH_EVERY = 100;
/** DuckDB's words for a file that lacks a column which the first file has. */
const LACKS_COLUMN = /schema mismatch in glob/;

/** Runs queries, each on a connection of its own. */
export class QueryRunner {
  private readonly executions = new Map<string, Stoppable>();
  private readonly waiting = new Set<() => void>();
  private readonly log: ScanLog;
  private readonly fileColumns = new FileColumns();
  private running = 0;
  private readonly partitions: PartitionFiles;
  private readonly texts: TextFiles;

  constructor(
    private readonly database: () => Promise<DuckDBInstance>,
    /** Where text becomes Parquet, which is not to count as read. */
    conversion: () => Promise<DuckDBInstance>,
    objectsDir: string,
    /** Folder for links and schema files. */
    scratch: string,
  ) {
    this.partitions = new PartitionFiles(objectsDir, scratch);
    this.texts = new TextFiles(conversion, join(scratch, 'text'));
    this.log = new ScanLog(database);
  }

  async execute(request: ExecuteRequest): Promise<ExecuteResult> {
    const execution = new Stoppable();
    this.executions.set(request.id, execution);
    try {
      return await this.inTurn(execution, () =>
        this.log.holding(async () =>
          withConnection(await this.database(), (connection) => this.run(request, execution, connection)),
        ),
      );
    } finally {
      this.executions.delete(request.id);
    }
  }

  cancel(id: string): void {
    this.executions.get(id)?.stop(new QueryFault('CANCELLED', 'Query cancelled by user'));
  }

  private async run(
    request: ExecuteRequest,
    execution: Stoppable,
    connection: DuckDBConnection,
  ): Promise<ExecuteResult> {
    execution.check();
    const id = await connectionId(connection);
    let attempt = await this.attempt(request, connection, false);
    // What is made ready may be for others too: only the statement itself is interrupted.
    const run = () => execution.interruptible(() => connection.interrupt(), attempt.run);
    const stopWatching = this.watch(request, execution, id, () => attempt.files);
    try {
      let result = await run().catch((error: unknown) => {
        if (LACKS_COLUMN.test(String(error))) return undefined;
        throw attempt.fault(error);
      });
      if (!result) {
        // Only now are the files' own columns worth the reading of all their footers.
        attempt = await this.attempt(request, connection, true);
        result = await run().catch((error: unknown) => {
          throw attempt.fault(error);
        });
      }
      const { files } = attempt;
      const scans = await this.log.scanned(id, (path) => files.has(path));
      const bytesScanned = bytesOf(scans, files);
      exceeded(request, bytesScanned);
      const filesOpened = scans.map(({ path }) => files.get(path)?.path ?? path);
      return { ...result, bytesScanned, filesOpened };
    } finally {
      stopWatching();
    }
  }

  /** The statement ready to run, with its tables as files. */
  private async attempt(request: ExecuteRequest, connection: DuckDBConnection, byColumns: boolean) {
    const { sql, parameters, tables, views = [] } = request;
    const texts = [sql, ...views.map((view) => view.sql)].join('\n');
    const sources = new Map<string, TableSource>();
    const files = new Map<string, EngineFile>();
    for (const named of tables) {
      const table = await this.texts.asParquet(named);
      const paths = table.files.map(({ path }) => path);
      const source = await tableSource(connection, this.partitions, table, {
        fileColumns: fileColumnsIn(texts),
        ...(byColumns && { columnsInFiles: await this.fileColumns.of(connection, paths) }),
      });
      for (const [path, file] of source.files) files.set(path, file);
      sources.set(`${table.database}.${table.name}`.toLowerCase(), source);
    }
    const statement = await asQueryFaults(sql, () => parseStatement(sql, parameters));
    const analysis = analysisOf(request, sources, statement);
    const context = { sql, analysis, uriOf: (path: string) => files.get(path)?.uri };
    const query = await asQueryFaults(sql, () => {
      checkInjected(tables, [statement.query, ...views.map((view) => parseStatement(view.sql, []).query)]);
      return analyzeQuery(statement.query, analysis);
    });
    return {
      files,
      run: async () => runStatement(statement, query, connection, request),
      fault: (error: unknown) => runFault(error, context),
    };
  }

  private watch(
    request: ExecuteRequest,
    execution: Stoppable,
    id: number,
    files: () => ReadonlyMap<string, EngineFile>,
  ) {
    if (request.scanLimitBytes === undefined) return () => undefined;
    const timer = setInterval(async () => {
      try {
        const scans = await this.log.scanned(id, (path) => files().has(path));
        exceeded(request, bytesOf(scans, files()));
      } catch (error) {
        if (!(error instanceof QueryFault)) return;
        execution.stop(error);
      }
    }, WATCH_EVERY);
    return () => clearInterval(timer);
  }

  private async inTurn<T>(execution: Stoppable, run: () => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE) await execution.turn(this.waiting);
    else this.running++;
    try {
      return await run();
    } finally {
      const [next] = this.waiting;
      if (next) next();
      else this.running--;
    }
  }
}

/** Text is read whole; of Parquet what the query needs. */
const bytesOf = (scans: readonly Scan[], files: ReadonlyMap<string, EngineFile>) =>
  scans.reduce((sum, { path, bytes }) => sum + (files.get(path)?.textBytes ?? bytes), 0);

function exceeded({ scanLimitBytes }: ExecuteRequest, bytes: number): void {
  if (scanLimitBytes === undefined || bytes <= scanLimitBytes) return;
  throw new QueryFault('EXCEEDED_SCAN_LIMIT', 'Query exhausted resources: Bytes scanned limit was exceeded');
}
