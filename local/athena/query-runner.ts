import { randomBytes } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { EngineFault, type EngineTable, type PreparedStatement, QueryFault } from '../engine/engine.js';
import { type TableEntry, tableKey } from '../glue/catalog.js';
import { findBucket } from '../s3/bucket-entry.js';
import type { ObjectEntry } from '../s3/object-table.js';
import type { Athena } from './athena.js';
import {
  type ExecutionEntry,
  type ExecutionState,
  executionKey,
  findExecution,
  outputLocation,
} from './execution-entry.js';
import { parseLocation, readTable } from './table-files.js';

/** Runs query executions, each from QUEUED to its end. */
export class QueryRunner {
  private readonly running = new Map<string, Promise<void>>();
  private readonly cancelled = new Set<string>();

  constructor(
    private readonly athena: Athena,
    /** Hears of a defect: a failure that no query should have. */
    private readonly onDefect: (error: unknown, id: string) => void,
  ) {}

  /** Starts an execution; its state says how it goes. */
  run(execution: ExecutionEntry, scanLimitBytes: number | undefined): void {
    const done = this.execute(execution, scanLimitBytes).finally(() => {
      this.running.delete(execution.id);
      this.cancelled.delete(execution.id);
    });
    this.running.set(execution.id, done);
  }

  /** Cancels an execution and resolves when it has ended. One that has ended already stays as it is. */
  async cancel({ id }: ExecutionEntry): Promise<void> {
    const running = this.running.get(id);
    if (!running) return;
    this.cancelled.add(id);
    await this.athena.engine.cancel(id);
    await running;
  }

  /** Fails the executions that an earlier process left unfinished: nothing goes on with them. */
  async failAbandoned(): Promise<void> {
    const { entries } = this.athena.store;
    for (const execution of [...entries.list<ExecutionEntry>(['execution'])]) {
      if (execution.state.name !== 'QUEUED' && execution.state.name !== 'RUNNING') continue;
      const reason = 'Local AWS was stopped while the query ran.';
      await this.setState(
        execution,
        this.ended(execution, { name: 'FAILED' as const, reason, category: 1 as const }),
      );
    }
  }

  /** Cancels every execution. */
  async stopAll(): Promise<void> {
    for (const id of this.running.keys()) {
      this.cancelled.add(id);
      await this.athena.engine.cancel(id);
    }
    await Promise.all(this.running.values());
  }

  private async execute(queued: ExecutionEntry, scanLimitBytes: number | undefined): Promise<void> {
    const { content, engine, clock } = this.athena;
    const resultPath = content.stagingPath('.csv');
    let execution = queued;
    try {
      execution = await this.setState(queued, { name: 'RUNNING', startedAt: clock.now() });
      const request = {
        sql: queued.query,
        parameters: queued.parameters,
        database: queued.database ?? 'default',
      };
      const tables = this.readTables(queued, await engine.prepare(request));
      if (this.cancelled.has(queued.id)) throw new QueryFault('CANCELLED', CANCELLED);
      const limit = scanLimitBytes === undefined ? {} : { scanLimitBytes };
      const result = await engine.execute({ ...request, ...limit, id: queued.id, tables, resultPath });
      if (this.cancelled.has(queued.id)) throw new QueryFault('CANCELLED', CANCELLED);
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
    return tables.map(({ database, name, position }) => {
      const table = entries.get<TableEntry>(tableKey({ account, region }, database, name));
      if (table) return readTable(table, this.athena);
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
    const entry: ObjectEntry = {
      file: await content.keep(resultPath, key),
      size,
      etag: `"${randomBytes(16).toString('hex')}"`,
      lastModified: clock.now(),
      headers: { ContentType: 'application/octet-stream' },
      metadata: {},
    };
    const bucketId = findBucket(store.entries, bucket, execution.account).id;
    await objects.publish([{ bucketId, key, entry }], () => {
      store.entries.put(executionKey(execution.account, execution.region, execution.id), {
        ...execution,
        state,
      });
    });
  }

  private async fail(
    execution: ExecutionEntry,
    error: unknown,
    scanLimitBytes: number | undefined,
  ): Promise<void> {
    if (this.cancelled.has(execution.id) || (error instanceof QueryFault && error.code === 'CANCELLED')) {
      await this.setState(
        execution,
        this.ended(execution, { name: 'CANCELLED' as const, reason: CANCELLED }),
      );
      return;
    }
    if (error instanceof QueryFault && error.code === 'EXCEEDED_SCAN_LIMIT') {
      const state = { name: 'CANCELLED' as const, reason: 'Bytes scanned limit was exceeded' };
      // Athena bills, and tells, exactly the limit.
      await this.setState(execution, this.ended(execution, state, scanLimitBytes));
      return;
    }
    if (!(error instanceof QueryFault)) this.onDefect(error, execution.id);
    const isUsers = error instanceof QueryFault;
    const message = error instanceof Error ? error.message : String(error);
    const reason = isUsers
      ? `${error.code}: ${message}`
      : `INTERNAL_ERROR: ${error instanceof EngineFault ? message : 'Local AWS failed; its log has the reason.'}`;
    const category = isUsers ? error.category : 1;
    await this.setState(execution, this.ended(execution, { name: 'FAILED' as const, reason, category }));
  }

  private ended<S extends object>(execution: ExecutionEntry, state: S, bytesScanned = 0) {
    const endedAt = this.athena.clock.now();
    const startedAt = 'startedAt' in execution.state ? execution.state.startedAt : endedAt;
    return { ...state, startedAt, endedAt, bytesScanned };
  }

  private async setState(execution: ExecutionEntry, state: ExecutionState): Promise<ExecutionEntry> {
    const { store } = this.athena;
    const { account, region, id } = execution;
    const changed = { ...findExecution(store.entries, { account, region }, id), state };
    await store.transaction(() => store.entries.put(executionKey(account, region, id), changed));
    return changed;
  }
}

const CANCELLED = 'Query cancelled by user';
