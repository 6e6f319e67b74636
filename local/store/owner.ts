import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { open } from 'lmdb';
import { DataFolderError } from './data-folder-error.js';

/** The database of claims: nothing is ever written to it. */
const CLAIMS = 'owner.lmdb';
/** Readers that it has room for; each start of a second process takes one while it looks. */
const MOST_READERS = 16;

/**
 * Makes this process the only one that works on a data folder, and gives back what lets go of it.
 *
 * The claim is a read transaction that stays open for as long as the process works on the folder. LMDB keeps a list of
 * those, by locks that the system frees when a process dies: whoever was killed is not on it any more, and a process in
 * another container is, though its id means nothing here and may even be this one's. LMDB's write lock makes two that
 * start at once take turns.
 * @throws DataFolderError if another process works on it.
 */
export async function claimDataFolder(folder: string): Promise<() => Promise<void>> {
  const file = path.join(folder, CLAIMS);
  await allocateLockFile(file, MOST_READERS);
  const claims = open({ path: file, noSubdir: true, overlappingSync: false, maxReaders: MOST_READERS });
  const outcome = claims.transactionSync(() => {
    const rival = /^ *(\d+) /m.exec(claims.readerList())?.[1];
    return rival === undefined ? { claim: claims.useReadTransaction() } : { rival: Number(rival) };
  });
  if ('rival' in outcome) {
    await claims.close();
    const who = outcome.rival === process.pid ? 'this process' : `process ${outcome.rival}`;
    throw new DataFolderError(
      folder,
      `belongs to a local AWS that is running (${who}); stop it or use another folder.`,
    );
  }
  return async () => {
    outcome.claim.done();
    await claims.close();
  };
}

/**
 * Makes the file that LMDB keeps its locks in, beside a database's own, with disk space behind every byte of it. LMDB
 * would make it sparse and write to it through the memory: where the disk is full, that ends a process without a word.
 * @param database path of the database's file.
 * @throws the system's error, as ENOSPC.
 */
export async function allocateLockFile(database: string, mostReaders: number): Promise<void> {
  const file = `${database}-lock`;
  if (existsSync(file)) return;
  const blank = `${file}.${randomUUID()}`;
  try {
    await writeFile(blank, Buffer.alloc(LOCK_HEADER_BYTES + mostReaders * LOCK_READER_BYTES));
    // Linked, not written: another process may be using the file by now, and then this one has to leave it alone.
    await link(blank, file);
  } catch (error) {
    // Some file systems have no links. LMDB makes the file itself there.
    if (!['EEXIST', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(String(codeOf(error)))) throw error;
  } finally {
    await rm(blank, { force: true });
  }
}

/** LMDB's header has 208 bytes and each reader a cache line of 64; it takes a larger file as it is. */
const LOCK_HEADER_BYTES = 1024;
const LOCK_READER_BYTES = 64;

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;
