import { rm } from 'node:fs/promises';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type EngineFile, type ExecuteRequest, type ExecuteResult, QueryFault } from './engine.js';
import { FileColumns } from './file-columns.js';
import { interruptible } from './interruptible.js';
import { PartitionFiles } from './partition-files.js';
import { plannedReads, type Reads } from './planned-reads.js';
import type { QueryDatabases } from './query-databases.js';
import { type ReadyStatement, readyStatement, type TableReaders, type Wanted } from './ready-statement.js';
import { connectionId, type Scan, type ScanLog } from './scan-log.js';
import { type HeldCopies, TextCopies } from './text/text-copies.js';
import { faultIn } from './text/text-fault.js';
import { TextTables } from './text/text-tables.js';

/** Milliseconds between looks at what a query with a limit has scanned. */
const WATCH_EVERY = 100;
/** DuckDB's words for a file that lacks a column which the first file has. */
const LACKS_COLUMN = /schema mismatch in glob/;

/** Runs queries. */
export class QueryRunner {
  private readonly executions = new Map<string, AbortController>();
  private readonly copies = new TextCopies();
  private readonly readers: TableReaders;

  constructor(
    private readonly databases: QueryDatabases,
    /** Where text becomes Parquet, which is not to count as read. */
    conversion: () => Promise<DuckDBInstance>,
    objectsDir: string,
    /** Folder for links, schema files and copies of text. */
    scratch: string,
  ) {
    const partitions = new PartitionFiles(objectsDir, scratch);
    const texts = new TextTables(conversion, partitions);
    this.readers = { partitions, texts, fileColumns: new FileColumns() };
  }

  async execute(request: ExecuteRequest): Promise<ExecuteResult> {
    const execution = new AbortController();
    const { signal } = execution;
    this.executions.set(request.id, execution);
    try {
      return await this.copies.holding(signal, (copies) => this.run(request, execution, copies));
    } finally {
      this.executions.delete(request.id);
    }
  }

  cancel(id: string): void {
    this.executions.get(id)?.abort(new QueryFault('CANCELLED', 'Query cancelled by user'));
  }

  /** Runs a statement, with more of its tables made ready each time that this turns out to be wanted. */
  private async run(
    request: ExecuteRequest,
    execution: AbortController,
    copies: HeldCopies,
  ): Promise<ExecuteResult> {
    let wanted: Wanted | undefined;
    for (;;) {
      const attempt = await this.attempt(request, execution, wanted, copies);
      if ('columns' in attempt) return attempt;
      wanted = attempt;
    }
  }

  /** The result of a statement, or what more it wants to be read. */
  private async attempt(
    request: ExecuteRequest,
    execution: AbortController,
    wanted: Wanted | undefined,
    copies: HeldCopies,
  ): Promise<ExecuteResult | Wanted> {
    const { signal } = execution;
    const ready = await this.databases.sharing(async (connection) => {
      signal.throwIfAborted();
      const statement = await readyStatement(
        request,
        connection,
        this.readers,
        wanted ?? NOTHING_YET,
        copies,
      );
      const isForeseen = wanted !== undefined || statement.standIns.size === 0;
      if (isForeseen && statement.faults.size === 0) return statement;
      const plan = () => plannedReads(connection, statement.plannable());
      const reads = await interruptible(signal, () => connection.interrupt(), plan);
      if (!isForeseen) return { ...NOTHING_YET, standIns: new Set(reads.keys()) };
      return { ...statement, faults: unforeseen(statement.faults, reads) };
    });
    if (!('run' in ready)) return ready;
    const { sql } = ready.query;
    // So begin the names of natives, and of macros that may call one.
    const natives = {
      mayBeCalled: sql.includes('trino_') || request.write !== undefined,
      mayBeHidden: sql.includes('TRY('),
    };
    return this.databases.running(natives, signal, (connection, log, onPlanned) =>
      this.runReady(ready, { request, execution, connection, log, onPlanned, wanted: wanted ?? NOTHING_YET }),
    );
  }

  private async runReady(ready: ReadyStatement, running: Running): Promise<ExecuteResult | Wanted> {
    const { request, execution, connection, log, wanted } = running;
    const { signal } = execution;
    if (request.write) await rm(request.write.folder, { recursive: true, force: true });
    const stopWatching = await watch(running, ready.files);
    const scanned = async () => (await log.scanned(connection)).filter(({ path }) => ready.files.has(path));
    try {
      const outcome = await interruptible(
        signal,
        () => connection.interrupt(),
        () => ready.run(connection, running.onPlanned, scanned),
      ).catch((error: unknown) => ({ error }));
      signal.throwIfAborted();
      const scans = await scanned();
      // It may have wanted more than was foreseen; then it has read what is not there, and all it says is void.
      const missed = scans.filter(({ path }) => ready.standIns.has(path)).map(({ path }) => path);
      if (missed.length > 0) return { ...wanted, standIns: new Set([...wanted.standIns, ...missed]) };
      for (const { path } of scans) {
        const [first] = ready.faults.get(path) ?? [];
        if (first) throw first.fault;
      }
      if ('error' in outcome) {
        // Only now are the files' own columns worth the reading of all their footers.
        if (LACKS_COLUMN.test(String(outcome.error)) && !wanted.byColumns)
          return { ...wanted, byColumns: true };
        throw ready.fault(outcome.error);
      }
      const bytesScanned = bytesOf(scans, ready.files);
      exceeded(request, bytesScanned);
      const filesOpened = scans.map(({ path }) => ready.files.get(path)?.path ?? path);
      return { ...outcome, bytesScanned, filesOpened };
    } finally {
      stopWatching();
    }
  }
}

/**
 * The faults in files that a query is not foreseen to read.
 * @throws QueryFault for one that it is to meet.
 */
function unforeseen(faults: ReadyStatement['faults'], reads: Reads): ReadyStatement['faults'] {
  for (const [path, inFile] of faults) {
    const columns = reads.get(path);
    const met = columns && faultIn(inFile, columns);
    if (met) throw met;
  }
  return new Map([...faults].filter(([path]) => !reads.has(path)));
}

const NOTHING_YET: Wanted = { byColumns: false, standIns: new Set() };

interface Running {
  readonly request: ExecuteRequest;
  readonly execution: AbortController;
  readonly connection: DuckDBConnection;
  readonly log: ScanLog;
  readonly onPlanned: () => void;
  readonly wanted: Wanted;
}

/** Stops an execution that has a limit once it has scanned more. Gives what ends the watch. */
async function watch(
  { request, execution, connection, log }: Running,
  files: ReadonlyMap<string, EngineFile>,
): Promise<() => void> {
  if (request.scanLimitBytes === undefined) return () => undefined;
  const id = await connectionId(connection);
  const timer = setInterval(async () => {
    try {
      exceeded(request, bytesOf(await log.scannedBy(id), files));
    } catch (error) {
      if (error instanceof QueryFault) execution.abort(error);
    }
  }, WATCH_EVERY);
  return () => clearInterval(timer);
}

/** What was read of the files of tables: text whole, of Parquet what the query needs. */
const bytesOf = (scans: readonly Scan[], files: ReadonlyMap<string, EngineFile>) =>
  scans.reduce((sum, { path, bytes }) => {
    const file = files.get(path);
    return file ? sum + (file.textBytes ?? bytes) : sum;
  }, 0);

function exceeded({ scanLimitBytes }: ExecuteRequest, bytes: number): void {
  if (scanLimitBytes === undefined || bytes <= scanLimitBytes) return;
  throw new QueryFault('EXCEEDED_SCAN_LIMIT', 'Query exhausted resources: Bytes scanned limit was exceeded');
}
