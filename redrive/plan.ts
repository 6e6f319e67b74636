import { Readable } from 'node:stream';
import type { FoundObject } from './find-objects.js';
import type { LakeBucket } from './lake-bucket.js';
import { type CodeCount, isCode, NOTHING, type Survey, sum, survey } from './survey.js';

/** What would be sent, known before it is. */
export interface Plan {
  /** The objects with something to send, in their order. */
  readonly objects: readonly FoundObject[];
  /** Records to send, and their bytes. */
  readonly records: number;
  readonly bytes: number;
  /** Objects that have been sent again already, as far as they are asked for. */
  readonly doneObjects: number;
  /** Objects whose marks say that somebody else is sending them, or say nothing that can be read. */
  readonly heldObjects: readonly string[];
}

export interface PlanOptions {
  /** Only records with this code. */
  readonly code?: string | undefined;
  /** Whether what has been sent already is sent once more. */
  readonly again?: boolean | undefined;
  /** Ends the counting before its time: the plan is of what was counted. */
  readonly signal?: AbortSignal;
}

/** Reads objects through, several at a time, and counts what there is to send. */
export async function planRedrive(
  bucket: LakeBucket,
  objects: AsyncIterable<FoundObject>,
  { code, again = false, signal }: PlanOptions,
): Promise<Plan> {
  const planned: FoundObject[] = [];
  const heldObjects: string[] = [];
  let records = 0;
  let bytes = 0;
  let doneObjects = 0;
  for await (const { object, found, codes } of surveys(bucket, objects, signal)) {
    let wanted: CodeCount = NOTHING;
    for (const [name, count] of codes) if (isCode(name, code)) wanted = sum(wanted, count);
    const open = again ? wanted.records : wanted.records - wanted.redriven;
    if (wanted.records === 0) continue;
    if (open === 0) doneObjects++;
    else if (found?.busy || (found && !found.mark && !again)) heldObjects.push(object.key);
    else {
      planned.push(object);
      records += open;
      bytes += again ? wanted.bytes : wanted.openBytes;
    }
  }
  return { objects: planned, records, bytes, doneObjects, heldObjects };
}

/**
 * Surveys objects, several at a time, in their order.
 *
 * @param signal ends it before its time.
 */
export async function* surveys(
  bucket: LakeBucket,
  objects: AsyncIterable<FoundObject>,
  signal?: AbortSignal,
): AsyncGenerator<Survey> {
  const surveyed = Readable.from(objects).map((object: FoundObject) => survey(bucket, object), {
    concurrency: AT_A_TIME,
    ...(signal && { signal }),
  });
  try {
    yield* surveyed;
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}

/** Objects that are read at the same time: most are small, so that the time goes into asking for them. */
const AT_A_TIME = 8;
