import { hostname, userInfo } from 'node:os';
import type { LakeBucket } from './lake-bucket.js';
import { type Claim, type Mark, markKey, parseMark } from './mark.js';

/** A mark as it was found, and whether anybody is at work on it. */
export interface FoundMark {
  /** Undefined where this command has not written it. */
  readonly mark: Mark | undefined;
  readonly etag: string;
  /** Who is sending the object's records; undefined where nobody is, or only somebody who has gone. */
  readonly busy: Claim | undefined;
}

/** The mark of an object; undefined where it has none. */
export async function findMark(
  bucket: LakeBucket,
  object: string,
  now: number,
): Promise<FoundMark | undefined> {
  const found = await bucket.readSmall(markKey(object));
  if (!found) return undefined;
  const mark = parseMark(found.text);
  const isGone = mark?.claim && (now - found.writtenAt > ABANDONED || hasEnded(mark.claim));
  return { mark, etag: found.etag, busy: isGone ? undefined : mark?.claim };
}

/** Milliseconds between two writings of a mark by whoever is at work on it, at the most. */
export const HEARTBEAT = 20_000;

/** Milliseconds without a writing after which whoever was at work counts as gone. */
const ABANDONED = 6 * HEARTBEAT;

/** Who runs this process. */
export function thisUser(): string {
  const user = ((): string => {
    try {
      return userInfo().username;
    } catch {
      // A container's user may have no name.
      return String(process.getuid?.() ?? 'somebody');
    }
  })();
  return `${user}@${hostname()}`;
}

/** Whether a claim is that of a process on this machine that is no more. */
function hasEnded({ by, pid }: Claim): boolean {
  if (by !== thisUser()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
