import { rm, writeFile } from 'node:fs/promises';
import { QueryFault } from '../engine/engine.js';
import { Turns } from '../engine/turns.js';
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
import { type ExecutionFailure, failureOf } from './execution-failure.js';
import { APPLICATION } from './execution-outcome.js';
import { publishOutcome } from './publish-outcome.js';
import { runExecution } from './run-execution.js';
import { StatementFault } from './statement-fault.js';

/** Statements with rows that run at once; each takes one of the sixteen threads that the engine has to wait in. */
const AT_ONCE = 8;

/** Runs query executions, each from QUEUED to its end. */
export class QueryRunner {
  private readonly running = new Map<string, Promise<void>>();
  /** Ends the wait of those that have not begun. */
  private readonly queued = new Map<string, AbortController>();
  private readonly turns = new Turns(AT_ONCE);
  private isStopping = false;

  constructor(
    private readonly athena: Athena,
    /** Hears of a defect: a failure that no query should have. */
    private readonly onDefect: (error: unknown, id: string) => void,
  ) {}

  /** Starts an execution; its state says how it goes. */
  run(execution: ExecutionEntry, scanLimitBytes: number | undefined): void {
    const done = this.inTurn(execution, () => this.execute(execution, scanLimitBytes)).finally(() => {
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
    this.queued.get(execution.id)?.abort(new QueryFault('CANCELLED', CANCELLED));
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

  /** Resolves when an execution has run, or after some milliseconds. */
  async endOf(id: string, milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const longest = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    });
    await Promise.race([this.running.get(id), longest]);
    clearTimeout(timer);
  }

  /** Resolves when the engine is at none of them any more. */
  async settled(): Promise<void> {
    await Promise.all(this.running.values());
  }

  /** What only asks the catalog never waits for queries, as Athena has a queue of its own for it. */
  private async inTurn(execution: ExecutionEntry, run: () => Promise<void>): Promise<void> {
    const { id, statementType, kind } = execution;
    if (statementType !== 'DML' && kind !== 'CREATE_TABLE_AS_SELECT') return run();
    const wait = new AbortController();
    this.queued.set(id, wait);
    try {
      await this.turns.take(wait.signal, () => {
        this.queued.delete(id);
        return run();
      });
    } catch (error) {
      // It has ended already.
      if (!wait.signal.aborted) throw error;
    } finally {
      this.queued.delete(id);
    }
  }

  private async execute(queued: ExecutionEntry, scanLimitBytes: number | undefined): Promise<void> {
    const { athena } = this;
    const folder = athena.content.stagingPath();
    let execution = queued;
    try {
      execution = await this.begin(queued, athena.clock.now());
      const check = () => void this.current(execution);
      const outcome = await runExecution({ athena, execution, folder, scanLimitBytes, check });
      const { columns, bytesScanned, updateCount, manifest, kind = execution.kind } = outcome;
      const changes = { ...(updateCount !== undefined && { updateCount }), ...(manifest && { manifest }) };
      const state = this.ended(execution, { name: 'SUCCEEDED' as const, columns, ...changes }, bytesScanned);
      const end = () => putExecution(athena.store.entries, { ...this.current(execution), kind, state });
      await publishOutcome(athena, execution.account, outcome, { check, end });
    } catch (error) {
      await this.fail(execution, error, scanLimitBytes).catch((fault: unknown) =>
        this.onDefect(fault, queued.id),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
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
    const isUsers = error instanceof QueryFault || error instanceof StatementFault;
    const state = { name: 'FAILED' as const, ...failureOf(error, execution) };
    if (error instanceof StatementFault && (await this.failWithText(execution, state))) return;
    const isEnded = await this.end(execution, (current) => this.ended(current, state));
    // What an execution that was cancelled met on its way out is of no interest.
    if (!isUsers && isEnded) this.onDefect(error, execution.id);
  }

  /** Athena writes why one of its Hive statements failed in the place of the result. Tells whether that could be done. */
  private async failWithText(
    execution: ExecutionEntry,
    state: { readonly name: 'FAILED' } & ExecutionFailure,
  ): Promise<boolean> {
    const { athena } = this;
    const path = athena.content.stagingPath();
    try {
      await writeFile(path, state.reason);
      const object = { path, uri: outputLocation(execution), contentType: APPLICATION };
      const outcome = { columns: [], bytesScanned: 0, objects: [object] };
      const check = () => void this.current(execution);
      const end = () => {
        const current = this.current(execution);
        putExecution(athena.store.entries, { ...current, state: this.ended(current, state) });
      };
      await publishOutcome(athena, execution.account, outcome, { check, end });
      return true;
    } catch (error) {
      if (error instanceof QueryFault) return false;
      throw error;
    } finally {
      await rm(path, { force: true });
    }
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
