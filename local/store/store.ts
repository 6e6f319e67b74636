import { mkdir, open as openFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { open, type RootDatabase } from 'lmdb';
import { claimDataFolder } from './owner.js';
import { reasonOf, type Table, tableOf, unawaited } from './table.js';

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
  readonly records: Table<Buffer>;
  /** Objects by bucket and the raw UTF-8 bytes of their keys, which is the order that S3 lists in. */
  readonly objects: Table<unknown>;
  /** Versions of objects that are not current, by bucket, key and age. */
  readonly versions: Table<unknown>;
  /**
   * Runs `work` with writes that happen all together. It must be synchronous, and must have made all its checks
   * before its first write: an error does not take back what came before it.
   * @throws StoreFault where the writes could not be kept, as on a full disk: none of them was.
   */
  transaction<T>(work: () => T): Promise<T>;
  /** A number that no other call gets, from 1 on. Call it in a transaction. */
  nextId(): number;
  close(): Promise<void>;
}

/** Entries are typed where they are read: each kind has one module that owns its keys. */
export interface Entries {
  get<T>(key: EntryKey): T | undefined;
  put(key: EntryKey, value: unknown): void;
  remove(key: EntryKey): void;
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
    await makeFolder(path.resolve(folder));
    await checkStoreFile(file);
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
  const versions = database.openDB<unknown, Buffer>({ name: 'versions', keyEncoding: 'binary' });
  const release = claimDataFolder(database, folder);
  return {
    entries: {
      get: <T>(key: EntryKey) => entries.get([...key]) as T | undefined,
      put: (key, value) => unawaited(entries.put([...key], value)),
      remove: (key) => unawaited(entries.remove([...key])),
      list: <T>(prefix: EntryKey, after?: EntryKey) =>
        entries
          .getRange({ start: [...(after ?? prefix)], end: [...prefix, BEHIND_ALL_TEXT] })
          .filter(({ key }) => !after || !sameKey(key, after))
          .map(({ value }) => value as T),
    },
    records: tableOf(records),
    objects: tableOf(objects),
    versions: tableOf(versions),
    transaction: (work) => kept(database, work),
    nextId: () => {
      const id = ((entries.get(['id']) as number | undefined) ?? 0) + 1;
      unawaited(entries.put(['id'], id));
      return id;
    },
    close: async () => {
      // What could not be written, as on a full disk, is never flushed.
      await Promise.race([database.flushed, sleep(LONGEST_FLUSH, undefined, { ref: false })]);
      release();
      await database.close();
    },
  };
}

/** Milliseconds that the last writes may take when the store is closed. */
const LONGEST_FLUSH = 5_000;

/** Runs a transaction, and tells an error of the work in it from one of keeping it. */
async function kept<T>(database: RootDatabase, work: () => T): Promise<T> {
  let outcome: { readonly error: unknown } | undefined;
  const committed = database.transaction(() => {
    try {
      return work();
    } catch (error) {
      outcome = { error };
      throw error;
    }
  });
  return committed.catch(async (error: unknown) => {
    if (outcome) throw outcome.error;
    const reason = await reasonOf(error);
    throw new StoreFault(`the data folder could not be written (${reason}), and nothing of this was kept`);
  });
}

/** The store could not keep what it was given: its disk is full, or gone. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';
}

/** Makes a folder and those above it. Node's own way never returns in folders that a system makes up, as /proc. */
async function makeFolder(folder: string): Promise<void> {
  const make = () => mkdir(folder);
  await make().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (error.code !== 'ENOENT' || path.dirname(folder) === folder) throw error;
    await makeFolder(path.dirname(folder));
    await make();
  });
}

/** @throws Error for a file that is no store: the database would not refuse it but bring the process down. */
async function checkStoreFile(file: string): Promise<void> {
  const handle = await openFile(file, 'r').catch(() => undefined);
  if (!handle) return;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(PAGE_BYTES), 0, PAGE_BYTES, 0);
    if (bytesRead === 0 || buffer.subarray(0, bytesRead).includes(STORE_MAGIC)) return;
    throw new Error(`${path.basename(file)} in it is damaged, or not local AWS's`);
  } finally {
    await handle.close();
  }
}

/** The first page of a store, in which LMDB writes its magic number after a header of its own. */
const PAGE_BYTES = 4096;
const STORE_MAGIC = Buffer.of(0xde, 0xc0, 0xef, 0xbe);

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
