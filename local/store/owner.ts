import type { RootDatabase } from 'lmdb';
import { processStart } from '../../cli/process-start.js';
import { DataFolderError } from './store.js';

/** The process that works on a data folder. A process id alone may have been given to another since. */
interface Owner {
  readonly pid: number;
  readonly started: string;
}

const OWNER_KEY = ['owner'];

/**
 * Makes this process the only one that works on a data folder, and gives back what lets go of it. A process that was
 * killed leaves its claim behind, which is taken over.
 *
 * The claim is an entry of the store itself: its write lock, which the system frees when a process dies, makes two that
 * start at once take turns.
 * @throws DataFolderError if another process works on it.
 */
export function claimDataFolder(database: RootDatabase, folder: string): () => void {
  const self: Owner = { pid: process.pid, started: processStart(process.pid) ?? '' };
  const rival = database.transactionSync(() => {
    const owner = database.get(OWNER_KEY) as Owner | undefined;
    if (owner && processStart(owner.pid) === owner.started) return owner;
    database.putSync(OWNER_KEY, self);
    return undefined;
  });
  if (rival) {
    void database.close();
    const who = rival.pid === process.pid ? 'this process' : `process ${rival.pid}`;
    throw new DataFolderError(
      folder,
      `belongs to a local AWS that is running (${who}); stop it or use another folder.`,
    );
  }
  return () => database.removeSync(OWNER_KEY);
}
