import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';
import { claimDataFolder } from './owner.js';

/** Names an entry: what it is, then what tells it from its like, such as `['stream', account, region, name]`. */
export type EntryKey = readonly (string | number)[];

/**
 * What local AWS knows, in one embedded database under its data folder. A transaction is whole or absent, whatever
 * kills the process; what a resolved promise has written survives `kill -9`.
 */
export interface Store {
  /** Resources, checkpoints and executions. */
  readonly entries: Entries;
  /** Records of streams by stream, shard and position. */
  readonly records: Database<Buffer, Buffer>;
  /** Objects by bucket and the raw UTF-8 bytes of their keys, which is the order that S3 lists in. */
  readonly objects: Database<unknown, Buffer>;
  /**
   * Runs `work` with writes that happen all together. It must be synchronous, and must have made all its checks
   * before its first write: an error does not take back what came before it.
   */
  transaction<T>(work: () => T): Promise<T>;
  /** A number that no other call gets, from 1 on. Call it in a transaction. */
  nextId(): number;
  close(): Promise<void>;
}

/** Entries are typed where they are read: each kind has one module that owns its keys. */
export interface Entries {
  get<T>(key: EntryKey): T | undefined;
  put(key: EntryKey, value: unknown): Promise<boolean>;
  remove(key: EntryKey): Promise<boolean>;
  /** The values whose keys start with `prefix`, in key order, after `after` if it is given. */
  list<T>(prefix: EntryKey, after?: EntryKey): Iterable<T>;
}

/**
 * Opens the store in `folder`, which is made if it is not there.
 * @throws DataFolderError if the folder cannot be written or belongs to a local AWS that is running.
 */
export async function openStore(folder: string): Promise<Store> {
  let database: RootDatabase;
  const file = path.join(folder, 'store.lmdb');
  try {
    await mkdir(folder, { recursive: true });
    database = open({ path: file, noSubdir: true, maxDbs: 8, encoding: 'msgpack' });
  } catch (error) {
    throw new DataFolderError(folder, `cannot be used: ${(error as Error).message}`);
  }
  const entries = database.openDB<unknown, (string | number | Uint8Array)[]>({ name: 'entries' });
  const records = database.openDB<Buffer, Buffer>({
    name: 'records',
    encoding: 'binary',
    keyEncoding: 'binary',
  });
  const objects = database.openDB<unknown, Buffer>({ name: 'objects', keyEncoding: 'binary' });
  const release = claimDataFolder(database, folder);
  return {
    entries: {
      get: <T>(key: EntryKey) => entries.get([...key]) as T | undefined,
      put: (key, value) => entries.put([...key], value),
      remove: (key) => entries.remove([...key]),
      list: <T>(prefix: EntryKey, after?: EntryKey) =>
        entries
          .getRange({ start: [...(after ?? prefix)], end: [...prefix, BEHIND_ALL_TEXT] })
          .filter(({ key }) => !after || !sameKey(key, after))
          .map(({ value }) => value as T),
    },
    records,
    objects,
    transaction: (work) => database.transaction(work),
    nextId: () => {
      const id = ((entries.get(['id']) as number | undefined) ?? 0) + 1;
      entries.put(['id'], id);
      return id;
    },
    close: async () => {
      await database.flushed;
      release();
      await database.close();
    },
  };
}

/** The part of a key that comes after every string: UTF-8 has no byte 0xFF. */
const BEHIND_ALL_TEXT = Uint8Array.of(0xff);

const sameKey = (a: readonly unknown[], b: EntryKey) =>
  a.length === b.length && a.every((part, index) => part === b[index]);

/** A data folder that cannot be used; the message says why. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
  constructor(
    readonly folder: string,
    readonly reason: string,
  ) {
    super(`The data folder ${folder} ${reason}`);
  }
}
