import { ClaimedObject, type ClaimFrom, ClaimLostError } from './claimed-object.js';
import type { FoundObject } from './find-objects.js';
import type { Claim } from './mark.js';
import { findMark } from './marked-object.js';
import { mustStop, ObjectSending, type SendingOptions } from './object-sending.js';

export interface RedriveOptions extends SendingOptions {
  /** Who sends. */
  readonly claim: Claim;
  /** Whether what has been sent already is sent once more. @default false */
  readonly again?: boolean | undefined;
}

/** What became of the objects. */
export interface RedriveReport {
  /** Objects read to their end. */
  readonly objects: number;
  /** Objects that somebody else is sending, or whose mark cannot be read: they were left alone. */
  readonly held: readonly string[];
  /** Events acknowledged by the stream; of one that became several, it counts as one. */
  readonly sent: number;
  /** Events that a mapping left out. */
  readonly leftOut: number;
  /** Events that were not sent because of what they are. */
  readonly unsendable: number;
  /** Events that the stream did not take. */
  readonly undelivered: number;
  /** Whether it ended before all objects were read. */
  readonly isStopped: boolean;
}

/** Sends the records of objects again, one object after the other, and marks each with how far it got. */
export async function redrive(
  objects: Iterable<FoundObject>,
  options: RedriveOptions,
): Promise<RedriveReport> {
  const counts = { objects: 0, sent: 0, leftOut: 0, unsendable: 0, undelivered: 0 };
  const held: string[] = [];
  let isStopped = false;
  for (const object of objects) {
    isStopped = mustStop(options);
    if (isStopped) break;
    const claimed = await claimObject(object, options);
    if (claimed === 'done') continue;
    if (claimed === 'held') {
      held.push(object.key);
      continue;
    }
    const sending = new ObjectSending(object, claimed, options);
    try {
      if (await sending.run()) counts.objects++;
      else isStopped = true;
    } catch (error) {
      if (!(error instanceof ClaimLostError)) throw error;
      held.push(object.key);
    } finally {
      counts.sent += sending.sent;
      counts.leftOut += sending.leftOut;
      counts.unsendable += sending.unsendable;
      counts.undelivered += sending.undelivered;
    }
  }
  return { ...counts, held, isStopped };
}

async function claimObject(
  { key }: FoundObject,
  { bucket, claim, again = false }: RedriveOptions,
): Promise<ClaimedObject | 'done' | 'held'> {
  const found = await findMark(bucket, key, Date.now());
  if (found?.busy || (found && !found.mark && !again)) return 'held';
  if (found?.mark?.complete && !again) return 'done';
  const from: ClaimFrom = {
    condition: found ? { kind: 'unchanged', etag: found.etag } : { kind: 'absent' },
    mark: again ? undefined : found?.mark,
  };
  return (await ClaimedObject.claim(bucket, key, claim, from)) ?? 'held';
}
