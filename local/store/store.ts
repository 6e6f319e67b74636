import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { open, type RootDatabase } from 'lmdb';
import { DataFolderError } from './data-folder-error.js';
import { allocateLockFile, claimDataFolder } from './owner.js';
import { checkPages } from './page-check.js';
import { writeFault } from './store-fault.js';
import { reasonOf, type Table, tableOf, unawaited } from './table.js';

/** Names an entry: what it is, then what tells it from its like, such as `['stream', account, region, name]`. */
export type EntryKey = readonly (string | number)[];

/**
 * What local AWS knows, in one embedded database under its data folder. A transaction is whole or absent, whatever
 * kills the process; what a resolved promise has written is on the disk: commits that come at once share a flush.
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
 * @throws DataFolderError if the folder cannot be used, holds a store that is damaged or of a newer version, or belongs
 * to a local AWS that is running.
 */
export async function openStore(folder: string): Promise<Store> {
  let release = async () => {};
  try {
    await makeFolder(path.resolve(folder));
    release = await claimDataFolder(folder);
    return await openClaimed(folder, release);
  } catch (error) {
    await release();
    if (error instanceof DataFolderError) throw error;
    throw new DataFolderError(folder, `cannot be used: ${(error as Error).message}`);
  }
}

async function openClaimed(folder: string, release: () => Promise<void>): Promise<Store> {
  const file = path.join(folder, 'store.lmdb');
  try {
    checkPages(file);
  } catch (error) {
    throw new DataFolderError(
      folder,
      `cannot be used: ${path.basename(file)} in it is damaged, or not local AWS's: ${(error as Error).message}. ` +
        'Put back a copy of the folder, or use another.',
    );
  }
  await allocateLockFile(file, MOST_READERS);
  const database = open({
    path: file,
    noSubdir: true,
    maxDbs: 8,
    maxReaders: MOST_READERS,
    encoding: 'msgpack',
    // Else each turn's batch has a promise that nobody can hear, whose rejection would end the process.
    eventTurnBatching: false,
  });
  const entries = database.openDB<unknown, (string | number | Uint8Array)[]>({ name: 'entries' });
  const records = database.openDB<Buffer, Buffer>({
    name: 'records',
    encoding: 'binary',
    keyEncoding: 'binary',
  });
  const objects = database.openDB<unknown, Buffer>({ name: 'objects', keyEncoding: 'binary' });
  const versions = database.openDB<unknown, Buffer>({ name: 'versions', keyEncoding: 'binary' });
  const format = entries.get(['format']) ?? FORMAT;
  if (Number(format) > FORMAT) {
    await database.close();
    throw new DataFolderError(
      folder,
      `was written by a newer version of local AWS: its format is ${format}, and this one knows ${FORMAT}.`,
    );
  }
  await kept(database, folder, () => unawaited(entries.put(['format'], FORMAT)));
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
    transaction: (work) => kept(database, folder, work),
    nextId: () => {
      const id = ((entries.get(['id']) as number | undefined) ?? 0) + 1;
      unawaited(entries.put(['id'], id));
      return id;
    },
    close: async () => {
      // What could not be written, as on a full disk, is never flushed, and would be waited for.
      const closed = new AbortController();
      const longest = sleep(LONGEST_CLOSE, undefined, { signal: closed.signal }).catch(() => {});
      try {
        await Promise.race([database.close(), longest]);
      } finally {
        // Else the process would not end before that time.
        closed.abort();
      }
      await release();
    },
  };
}

/** Version of what the entries and their keys are. */
const FORMAT = 1;
/** Transactions that may read at once. */
const MOST_READERS = 126;
/** Milliseconds that closing the store may take. */
const LONGEST_CLOSE = 2_000;

/** Runs a transaction, and tells an error of the work in it from one of keeping it. */
async function kept<T>(database: RootDatabase, folder: string, work: () => T): Promise<T> {
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
    // LMDB's own errors have numbers: a write in the work may be what fails first.
    if (outcome && typeof (outcome.error as { code?: unknown }).code !== 'number') throw outcome.error;
    throw await writeFault(folder, await reasonOf(error));
  });
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

/** The part of a key that comes after every string: UTF-8 has no byte 0xFF. */
const BEHIND_ALL_TEXT = Uint8Array.of(0xff);

const sameKey = (a: readonly unknown[], b: EntryKey) =>
  a.length === b.length && a.every((part, index) => part === b[index]);
