import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { withConnection } from './database.js';
import { type EngineFile, type ExecuteRequest, type ExecuteResult, QueryFault } from './engine.js';
import { FileColumns } from './file-columns.js';
import { PartitionFiles } from './partition-files.js';
import { writeResult } from './result-file.js';
import { runFault } from './run-fault.js';
import { connectionId, ScanLog } from './scan-log.js';
import { Analysis } from './sql/analysis.js';
import { analyzeQuery } from './sql/analyze-query.js';
import { tableName } from './sql/prepare.js';
import { asQueryFaults, SqlFault } from './sql/sql-fault.js';
import { parseStatement } from './sql/statement.js';
import { type TableSource, tableSource } from './table-source.js';

/** Queries that run at once; more wait. Each takes one of the process's sixteen threads for blocking work. */
const AT_ONCE = 8;
/** Milliseconds between looks at what a query with a limit has scanned. */
const WATCH_EVERY = 100;
/** DuckDB's words for a file that lacks a column which the first file has. */
const LACKS_COLUMN = /schema mismatch in glob/;

interface Execution {
  cancelled: boolean;
  connection?: DuckDBConnection;
  /** Takes it out of the queue, while it waits. */
  leave?: () => void;
  /** Why it was interrupted, if not by the user. */
  fault?: QueryFault;
}

/** Runs queries, each on a connection of its own. */
export class QueryRunner {
  private readonly executions = new Map<string, Execution>();
  private readonly waiting = new Set<() => void>();
  private readonly log: ScanLog;
  private readonly fileColumns = new FileColumns();
  private running = 0;
  private readonly partitions: PartitionFiles;

  constructor(
    private readonly database: () => Promise<DuckDBInstance>,
    objectsDir: string,
    /** Folder for links and schema files. */
    scratch: string,
  ) {
    this.partitions = new PartitionFiles(objectsDir, scratch);
    this.log = new ScanLog(database);
  }

  async execute(request: ExecuteRequest): Promise<ExecuteResult> {
    const execution: Execution = { cancelled: false };
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
    const execution = this.executions.get(id);
    if (!execution) return;
    execution.cancelled = true;
    execution.leave?.();
    execution.connection?.interrupt();
  }

  private async run(
    request: ExecuteRequest,
    execution: Execution,
    connection: DuckDBConnection,
  ): Promise<ExecuteResult> {
    throwIfCancelled(execution);
    execution.connection = connection;
    const id = await connectionId(connection);
    let attempt = await this.attempt(request, connection, false);
    const stopWatching = this.watch(request, execution, id, () => attempt.files);
    try {
      let result = await attempt.run().catch((error: unknown) => {
        if (LACKS_COLUMN.test(String(error)) && !execution.cancelled) return undefined;
        throw attempt.fault(error);
      });
      if (!result) {
        // Only now are the files' own columns worth the reading of all their footers.
        attempt = await this.attempt(request, connection, true);
        result = await attempt.run().catch((error: unknown) => {
          throw attempt.fault(error);
        });
      }
      throwIfCancelled(execution);
      const { files } = attempt;
      const scan = await this.log.scanned(id, (path) => files.has(path));
      exceeded(request, scan.bytes);
      const filesOpened = scan.opened.map((path) => files.get(path)?.path ?? path);
      return { ...result, bytesScanned: scan.bytes, filesOpened };
    } catch (error) {
      throw execution.fault ?? (execution.cancelled ? CANCELLED : error);
    } finally {
      stopWatching();
    }
  }

  /** The statement ready to run, with its tables as files. */
  private async attempt(request: ExecuteRequest, connection: DuckDBConnection, byColumns: boolean) {
    const { sql, parameters, database, tables } = request;
    const sources = new Map<string, TableSource>();
    const files = new Map<string, EngineFile>();
    for (const table of tables) {
      const paths = table.files.map(({ path }) => path);
      const source = await tableSource(connection, this.partitions, table, {
        withPath: sql.toLowerCase().includes('$path'),
        ...(byColumns && { columnsInFiles: await this.fileColumns.of(connection, paths) }),
      });
      for (const [path, file] of source.files) files.set(path, file);
      sources.set(`${table.database}.${table.name}`.toLowerCase(), source);
    }
    const analysis = new Analysis((name, alias) => {
      const named = tableName(name, database);
      const source = sources.get(`${named.database}.${named.name}`);
      if (source) return source.relation(alias);
      const message = `Table 'awsdatacatalog.${named.database}.${named.name}' does not exist`;
      throw new SqlFault('TABLE_NOT_FOUND', message, name[0]?.at);
    });
    const context = { sql, analysis, uriOf: (path: string) => files.get(path)?.uri };
    const query = await asQueryFaults(sql, () => analyzeQuery(parseStatement(sql, parameters), analysis));
    return {
      files,
      run: () => writeResult(connection, query, request.resultPath),
      fault: (error: unknown) => runFault(error, context),
    };
  }

  private watch(
    request: ExecuteRequest,
    execution: Execution,
    id: number,
    files: () => ReadonlyMap<string, unknown>,
  ) {
    if (request.scanLimitBytes === undefined) return () => undefined;
    const timer = setInterval(async () => {
      try {
        const { bytes } = await this.log.scanned(id, (path) => files().has(path));
        exceeded(request, bytes);
      } catch (error) {
        if (!(error instanceof QueryFault)) return;
        execution.fault = error;
        execution.connection?.interrupt();
      }
    }, WATCH_EVERY);
    return () => clearInterval(timer);
  }

  private async inTurn<T>(execution: Execution, run: () => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE) await this.turn(execution);
    else this.running++;
    try {
      return await run();
    } finally {
      const [next] = this.waiting;
      if (next) next();
      else this.running--;
    }
  }

  /** Waits for another to give up its place; one that is cancelled leaves the queue. */
  private turn(execution: Execution): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = () => {
        this.waiting.delete(start);
        resolve();
      };
      this.waiting.add(start);
      execution.leave = () => {
        if (this.waiting.delete(start)) reject(CANCELLED);
      };
    });
  }
}

const CANCELLED = new QueryFault('CANCELLED', 'Query cancelled by user');

function throwIfCancelled({ cancelled }: Execution): void {
  if (cancelled) throw CANCELLED;
}

function exceeded({ scanLimitBytes }: ExecuteRequest, bytes: number): void {
  if (scanLimitBytes === undefined || bytes <= scanLimitBytes) return;
  throw new QueryFault('EXCEEDED_SCAN_LIMIT', 'Query exhausted resources: Bytes scanned limit was exceeded');
}
