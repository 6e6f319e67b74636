import { statfs } from 'node:fs/promises';

/** The data folder could not keep what it was given, and kept nothing of it: its disk is full, or cannot be written. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';
  /** @param reason what stands in the way, in the system's words or plainer ones. */
  constructor(reason: string) {
    super(`The data folder could not be written (${reason}), and nothing of this was kept.`);
  }
}

/** Free bytes below which a write that failed is laid to the disk being full. */
const HARDLY_ANY = 1024 ** 2;

/** The fault that a write to the data folder met, of which the system may have said no more than that it failed. */
export async function writeFault(folder: string, reason: string): Promise<StoreFault> {
  const disk = await statfs(folder).catch(() => undefined);
  const isFull = disk && disk.bavail * disk.bsize < HARDLY_ANY;
  return new StoreFault(isFull ? 'its disk is full' : reason);
}

/** What the system calls a disk that is full or may not be written, and the plain words for it. */
const UNWRITABLE: Readonly<Record<string, string>> = {
  ENOSPC: 'its disk is full',
  EDQUOT: 'its disk quota is used up',
  EFBIG: 'a file may not become so large',
  EROFS: 'its disk is read-only',
  EACCES: 'this process may not write there',
  EPERM: 'this process may not write there',
  EIO: 'its disk fails',
};

/** A fault as the store tells it, where an error is the system's about a file that could not be written. */
export function storeFaultOf(error: unknown): StoreFault | undefined {
  if (error instanceof StoreFault) return error;
  const reason = UNWRITABLE[String((error as NodeJS.ErrnoException | undefined)?.code)];
  return reason === undefined ? undefined : new StoreFault(reason);
}
