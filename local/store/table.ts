import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from 'lmdb';

/** Values by keys that are bytes, in the order of these. Write to it in transactions only. */
export interface Table<Value> {
  get(key: Buffer): Value | undefined;
  put(key: Buffer, value: Value): void;
  remove(key: Buffer): void;
  /** From `start` on, up to what comes before `end`; all without them. The values are copies. */
  getRange(range: KeyRange): Iterable<{ readonly key: Buffer; readonly value: Value }>;
  getKeys(range: KeyRange): Iterable<Buffer>;
}

export interface KeyRange {
  readonly start?: Buffer;
  readonly end?: Buffer;
}

/** A database as a table. */
export function tableOf<Value>(database: Database<Value, Buffer>): Table<Value> {
  return {
    get: (key) => database.get(key),
    put: (key, value) => unawaited(database.put(key, value)),
    remove: (key) => unawaited(database.remove(key)),
    getRange: (range) => database.getRange(range),
    getKeys: (range) => database.getKeys(range),
  };
}

/**
 * Leaves a write's own promise alone: whether a transaction was kept is what the transaction's promise says, and a
 * rejection that nobody heard would end the process.
 */
export function unawaited(write: Promise<unknown>): void {
  write.catch((error: unknown) => void reasonOf(error));
}

/** Why a commit failed: LMDB's errors say so in a promise of their own, which somebody has to hear as well. */
export async function reasonOf(error: unknown): Promise<string> {
  const { message = String(error), commitError } = error as {
    message?: string;
    commitError?: Promise<never>;
  };
  if (!commitError) return message;
  const reason = commitError.then(
    () => message,
    (cause: Error) => cause.message,
  );
  return Promise.race([reason, sleep(LONGEST_WAIT, message, { ref: false })]);
}

/** Milliseconds that the reason may take: it comes at once, if it comes. */
const LONGEST_WAIT = 200;
