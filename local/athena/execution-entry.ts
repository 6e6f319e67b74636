import type { ResultColumn } from '../engine/engine.js';
import type { Place } from '../resources/resource-table.js';
import type { Entries, Store } from '../store/store.js';
import { invalidRequest } from './invalid-request.js';
import type { StatementKind } from './statements/statement-kinds.js';

/** A query execution as the store keeps it. Times are milliseconds since 1970. */
export interface ExecutionEntry {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly workGroup: string;
  readonly query: string;
  readonly parameters: readonly string[];
  /** As it was asked for, in lower case, where it was. */
  readonly catalog?: string;
  readonly database: string | undefined;
  /** Where results go: `s3://bucket/prefix/`. */
  readonly outputFolder: string;
  readonly encryption: { readonly EncryptionOption: string; readonly KmsKey?: string } | undefined;
  readonly statementType: 'DML' | 'DDL' | 'UTILITY';
  readonly kind: string;
  /** What its result is: rows as CSV, lines of text, or no object of its own. @default - csv */
  readonly result?: StatementKind['result'];
  /** Given where an earlier execution's result stands for its own: where that lies. */
  readonly reused?: string;
  /** Minutes that a result may be old to stand for this one's, where that was asked for. */
  readonly reuseMinutes?: number;
  readonly submittedAt: number;
  readonly state: ExecutionState;
}

export type ExecutionState =
  | { readonly name: 'QUEUED' }
  | { readonly name: 'RUNNING'; readonly startedAt: number }
  | ({ readonly name: 'SUCCEEDED'; readonly columns: readonly ResultColumn[] } & Changes & Ended)
  | ({ readonly name: 'CANCELLED'; readonly reason: string } & Ended)
  | ({
      readonly name: 'FAILED';
      readonly reason: string;
      readonly category: 1 | 2 | 3;
      readonly errorType?: number;
    } & Ended);

/** What a statement has changed. */
export interface Changes {
  /** Rows that it wrote; 0 for one that only reads. */
  readonly updateCount?: number;
  /** The object that lists those it wrote. */
  readonly manifest?: string;
}

interface Ended {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly bytesScanned: number;
}

/** An execution in its workgroup's history, by which it is listed and expires. */
export interface HistoryEntry extends Place {
  /** Lower for a later execution. */
  readonly order: number;
  readonly id: string;
  readonly workGroup: string;
  /** Milliseconds since 1970. */
  readonly submittedAt: number;
}

const executionKey = ({ account, region }: Place, id: string) => ['execution', account, region, id] as const;

/** Prefix of a workgroup's history, the latest execution first. */
export const historyOf = ({ account, region }: Place, workGroup: string) =>
  ['history', account, region, workGroup] as const;

/** Names the executions that have not ended, so that a start need not read all that there ever were. */
const unfinishedKey = ({ account, region }: Place, id: string) =>
  ['unfinished-execution', account, region, id] as const;

/** Later executions come first in a list, so they are ordered by what is left up to this. */
const LAST_ORDER = Number.MAX_SAFE_INTEGER;

/** Whether an execution has come to its end, which is final. */
export const hasEnded = ({ state }: ExecutionEntry) => state.name !== 'QUEUED' && state.name !== 'RUNNING';

/** Adds an execution. Call it in a transaction. */
export function addExecution(store: Store, execution: ExecutionEntry): void {
  const { account, region, id, workGroup, submittedAt } = execution;
  const order = LAST_ORDER - store.nextId();
  const history: HistoryEntry = { order, id, account, region, workGroup, submittedAt };
  store.entries.put([...historyOf(execution, workGroup), order], history);
  putExecution(store.entries, execution);
}

/** Keeps what has become of an execution. Call it in a transaction. */
export function putExecution(entries: Entries, execution: ExecutionEntry): void {
  const { account, region, id } = execution;
  entries.put(executionKey(execution, id), execution);
  if (hasEnded(execution)) entries.remove(unfinishedKey(execution, id));
  else entries.put(unfinishedKey(execution, id), { account, region, id });
}

/** Forgets an execution. Call it in a transaction. */
export function removeExecution(entries: Entries, history: HistoryEntry): void {
  entries.remove([...historyOf(history, history.workGroup), history.order]);
  entries.remove(executionKey(history, history.id));
  entries.remove(unfinishedKey(history, history.id));
}

/** The executions that have not ended. */
export function unfinishedExecutions(entries: Entries): ExecutionEntry[] {
  const names = [...entries.list<Place & { readonly id: string }>(['unfinished-execution'])];
  return names.flatMap((name) => lookUpExecution(entries, name, name.id) ?? []);
}

/** An execution, or undefined where there is none. */
export function lookUpExecution(entries: Entries, place: Place, id: string): ExecutionEntry | undefined {
  return id.length > LONGEST_ID ? undefined : entries.get<ExecutionEntry>(executionKey(place, id));
}

/** Characters: what is longer names nothing, and is too long for the store. */
export const LONGEST_ID = 128;

/**
 * Where a result lies, or would.
 * @see https://docs.aws.amazon.com/athena/latest/ug/querying-finding-output-files.html
 */
export function outputLocation({ outputFolder, id, result = 'csv', reused }: ExecutionEntry): string {
  if (reused !== undefined) return reused;
  const name = { csv: `${id}.csv`, txt: `${id}.txt`, none: id, tables: `tables/${id}` }[result];
  return `${outputFolder}${name}`;
}

/** @throws AwsError `InvalidRequestException` where there is no such execution. */
export function findExecution(entries: Entries, place: Place, id: string): ExecutionEntry {
  const execution = lookUpExecution(entries, place, id);
  if (!execution) throw invalidRequest(`QueryExecution ${id} was not found`, 'QUERY_EXECUTION_NOT_FOUND');
  return execution;
}
