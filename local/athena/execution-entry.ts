import type { ResultColumn } from '../engine/engine.js';
import type { Entries } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';

/** A query execution as the store keeps it. Times are milliseconds since 1970. */
export interface ExecutionEntry {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly workGroup: string;
  readonly query: string;
  readonly parameters: readonly string[];
  readonly database: string | undefined;
  /** Where results go: `s3://bucket/prefix/`. */
  readonly outputFolder: string;
  readonly encryption: { readonly EncryptionOption: string; readonly KmsKey?: string } | undefined;
  readonly statementType: 'DML' | 'DDL' | 'UTILITY';
  readonly kind: string;
  readonly submittedAt: number;
  readonly state: ExecutionState;
}

export type ExecutionState =
  | { readonly name: 'QUEUED' }
  | { readonly name: 'RUNNING'; readonly startedAt: number }
  | ({ readonly name: 'SUCCEEDED'; readonly columns: readonly ResultColumn[] } & Ended)
  | ({ readonly name: 'CANCELLED'; readonly reason: string } & Ended)
  | ({ readonly name: 'FAILED'; readonly reason: string; readonly category: 1 | 2 | 3 } & Ended);

interface Ended {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly bytesScanned: number;
}

export const executionKey = (account: string, region: string, id: string) =>
  ['execution', account, region, id] as const;

/** Where a result lies: a CSV of one name with its execution. */
export const outputLocation = ({ outputFolder, id }: ExecutionEntry) => `${outputFolder}${id}.csv`;

/** @throws AwsError `InvalidRequestException` where there is no such execution. */
export function findExecution(
  entries: Entries,
  { account, region }: { readonly account: string; readonly region: string },
  id: string,
): ExecutionEntry {
  const execution = entries.get<ExecutionEntry>(executionKey(account, region, id));
  if (!execution) throw new AwsError('InvalidRequestException', `QueryExecution ${id} was not found`);
  return execution;
}
