import { randomBytes } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { EngineFault, type EngineTable, type PreparedStatement, QueryFault } from '../engine/engine.js';
import { lookUpTable } from '../glue/catalog.js';
import { findBucket } from '../s3/bucket-entry.js';
import type { NewObject, ObjectEntry } from '../s3/object-entry.js';
import { AwsError } from '../wire/aws-error.js';
import type { Athena } from './athena.js';
import {
  type ExecutionEntry,
  type ExecutionState,
  hasEnded,
  lookUpExecution,
  outputLocation,
  putExecution,
  unfinishedExecutions,
} from './execution-entry.js';
import { parseLocation, readTable } from './table-files.js';

/** Runs query executions, each from QUEUED to its end. */
export class QueryRunner {
  private readonly running = new Map<string, Promise<void>>();
  private isStopping = false;

  constructor(
    private readonly athena: Athena,
    /** Hears of a defect: a failure that no query should have. */
    private readonly onDefect: (error: unknown, id: string) => void,
  ) {}

  /** Starts an execution; its state says how it goes. */
  run(execution: ExecutionEntry, scanLimitBytes: number | undefined): void {
    const done = this.execute(execution, scanLimitBytes).finally(() => {
      this.running.delete(execution.id);
    });
    this.running.set(execution.id, done);
    if (this.isStopping) void this.cancel(execution).catch((error) => this.onDefect(error, execution.id));
  }

  /**
   * Cancels an execution: it has ended when this resolves, whatever the engine is still at. One that has ended already
   * stays as it is.
   */
  async cancel(execution: ExecutionEntry): Promise<void> {
    const state = { name: 'CANCELLED' as const, reason: CANCELLED };
    await this.end(execution, (current) => this.ended(current, state));
    this.athena.engine
      .cancel(execution.id)
      .catch((error: unknown) => !this.isStopping && this.onDefect(error, execution.id));
  }

  /** Fails the executions that an earlier process left unfinished: nothing goes on with them. */
  async failAbandoned(): Promise<void> {
    const reason = 'Local AWS was stopped while the query ran.';
    const state = { name: 'FAILED' as const, reason, category: 1 as const };
    for (const execution of unfinishedExecutions(this.athena.store.entries)) {
      await this.end(execution, (current) => this.ended(current, state));
    }
  }

  /** Cancels every execution, and whatever is started from now on. */
  async stopAll(): Promise<void> {
    this.isStopping = true;
    const running = unfinishedExecutions(this.athena.store.entries);
    await Promise.all(running.map((execution) => this.cancel(execution)));
  }

  /** Resolves when the engine is at none of them any more. */
  async settled(): Promise<void> {
    await Promise.all(this.running.values());
  }

  private async execute(queued: ExecutionEntry, scanLimitBytes: number | undefined): Promise<void> {
    const { content, engine, clock } = this.athena;
    const resultPath = content.stagingPath('.csv');
    let execution = queued;
    try {
      execution = await this.begin(queued, clock.now());
      const request = {
        sql: queued.query,
        parameters: queued.parameters,
        database: queued.database ?? 'default',
      };
      const tables = this.readTables(queued, await engine.prepare(request));
      this.current(execution);
      const limit = scanLimitBytes === undefined ? {} : { scanLimitBytes };
      const result = await engine.execute({ ...request, ...limit, id: queued.id, tables, resultPath });
      const { columns, bytesScanned } = result;
      const ended = this.ended(execution, { name: 'SUCCEEDED' as const, columns }, bytesScanned);
      await this.publish(execution, resultPath, ended);
    } catch (error) {
      await this.fail(execution, error, scanLimitBytes).catch((fault: unknown) =>
        this.onDefect(fault, queued.id),
      );
    } finally {
      await rm(resultPath, { force: true });
    }
  }

  private readTables({ account, region }: ExecutionEntry, { tables }: PreparedStatement): EngineTable[] {
    const { entries } = this.athena.store;
    const place = { account, region };
    return tables.map(({ database, name, position }) => {
      const table = lookUpTable(entries, place, database, name);
      if (table) return readTable(table, place, this.athena);
      const where = position ? `line ${position.line}:${position.column}: ` : '';
      throw new QueryFault(
        'TABLE_NOT_FOUND',
        `${where}Table 'awsdatacatalog.${database}.${name}' does not exist`,
      );
    });
  }

  /** The result and the state that says that it is there, in one transaction. */
  private async publish(execution: ExecutionEntry, resultPath: string, state: ExecutionState): Promise<void> {
    const { content, objects, store, clock } = this.athena;
    const location = outputLocation(execution);
    const { bucket, prefix } = parseLocation(location, location);
    const key = prefix.replace(/\/$/, '');
    const { size } = await stat(resultPath);
    const kept: NewObject[] = [];
    try {
      const bucketId = findBucket(store.entries, bucket, execution.account).id;
      const entry: ObjectEntry = {
        file: await content.keep(resultPath, key),
        size,
        etag: `"${randomBytes(16).toString('hex')}"`,
        lastModified: clock.now(),
        headers: { ContentType: 'application/octet-stream' },
        metadata: {},
      };
      kept.push({ bucketId, key, entry });
      await objects.publish(kept, () => putExecution(store.entries, { ...this.current(execution), state }));
    } catch (error) {
      await objects.discard(kept);
      if (!(error instanceof AwsError)) throw error;
      throw new QueryFault(
        'HIVE_UNKNOWN_ERROR',
        `The result cannot be written to ${location}: ${error.message} ` +
          `(Service: Amazon S3; Status Code: ${error.status}; Error Code: ${error.code})`,
      );
    }
  }

  private async fail(
    execution: ExecutionEntry,
    error: unknown,
    scanLimitBytes: number | undefined,
  ): Promise<void> {
    if (error instanceof QueryFault && error.code === 'CANCELLED') {
      const state = { name: 'CANCELLED' as const, reason: CANCELLED };
      await this.end(execution, (current) => this.ended(current, state));
      return;
    }
    if (error instanceof QueryFault && error.code === 'EXCEEDED_SCAN_LIMIT') {
      const state = { name: 'CANCELLED' as const, reason: 'Bytes scanned limit was exceeded' };
      // Athena bills, and tells, exactly the limit.
      await this.end(execution, (current) => this.ended(current, state, scanLimitBytes));
      return;
    }
    const isUsers = error instanceof QueryFault;
    const message = error instanceof Error ? error.message : String(error);
    const reason = isUsers
      ? `${error.code}: ${message}`
      : `INTERNAL_ERROR: ${error instanceof EngineFault ? message : 'Local AWS failed; its log has the reason.'}`;
    const category = isUsers ? error.category : 1;
    const state = { name: 'FAILED' as const, reason, category };
    const isEnded = await this.end(execution, (current) => this.ended(current, state));
    // What an execution that was cancelled met on its way out is of no interest.
    if (!isUsers && isEnded) this.onDefect(error, execution.id);
  }

  private ended<S extends object>(execution: ExecutionEntry, state: S, bytesScanned = 0) {
    const endedAt = this.athena.clock.now();
    const startedAt = 'startedAt' in execution.state ? execution.state.startedAt : endedAt;
    return { ...state, startedAt, endedAt, bytesScanned };
  }

  private begin(queued: ExecutionEntry, startedAt: number): Promise<ExecutionEntry> {
    const { store } = this.athena;
    return store.transaction(() => {
      const running = { ...this.current(queued), state: { name: 'RUNNING' as const, startedAt } };
      putExecution(store.entries, running);
      return running;
    });
  }

  /** Ends an execution, unless it has ended or was deleted with its workgroup; tells whether it did. */
  private end(
    execution: ExecutionEntry,
    stateOf: (current: ExecutionEntry) => ExecutionState,
  ): Promise<boolean> {
    const { store } = this.athena;
    return store.transaction(() => {
      const current = lookUpExecution(store.entries, execution, execution.id);
      if (!current || hasEnded(current)) return false;
      putExecution(store.entries, { ...current, state: stateOf(current) });
      return true;
    });
  }

  /**
   * An execution as it is now.
   * @throws QueryFault where it goes on no more.
   */
  private current(execution: ExecutionEntry): ExecutionEntry {
    const current = lookUpExecution(this.athena.store.entries, execution, execution.id);
    if (!current || hasEnded(current)) throw new QueryFault('CANCELLED', CANCELLED);
    return current;
  }
}

const CANCELLED = 'Query cancelled by user';
