import { counted, inBytes } from './in-words.js';
import { EVENTS_A_MARK } from './object-sending.js';
import type { Plan } from './plan.js';
import type { ObjectKind } from './stored-records.js';
import { rangeInWords, type TimeRange } from './time-range.js';

/** Where and how a plan would be carried out. */
export interface PlanContext {
  readonly kind: ObjectKind;
  readonly range: TimeRange;
  readonly stream: string;
  /** Where the stream is, as in `AWS account 123456789012, us-east-1`. */
  readonly place: string;
  readonly map?: string | undefined;
  readonly again: boolean;
  readonly isDryRun: boolean;
}

/** What is said before anything is sent. */
export function planLines(plan: Plan, context: PlanContext): readonly string[] {
  const { objects, records, bytes, doneObjects, heldObjects } = plan;
  const { kind, range, stream, place, map, again, isDryRun } = context;
  const what = kind === 'errors' ? 'failed records' : 'backed-up records';
  const lines = [`Objects of ${what} whose oldest record arrived ${rangeInWords(range)}:`];
  if (doneObjects > 0)
    lines.push(`- ${counted(doneObjects, 'object')} sent again already (--again sends them once more)`);
  for (const key of heldObjects)
    lines.push(`- left alone, as somebody is sending it or its mark cannot be read: ${key}`);
  if (objects.length === 0) return [...lines, 'There is nothing to send.'];
  const through = map === undefined ? '' : ` through ${map}`;
  lines.push(
    `- ${counted(objects.length, 'object')} with ${counted(records, 'record')} (${inBytes(bytes)}) to send${through} to stream ${stream} in ${place}`,
  );
  if (isDryRun) return lines;
  if (kind === 'source')
    lines.push('What of this is in the table already will be there twice: the identity column tells.');
  lines.push(
    `Interrupted, the same command${again ? ' without --again' : ''} goes on where it was. A run that is killed may have sent up to ${counted(EVENTS_A_MARK, 'event')} that the next one sends again.`,
  );
  return lines;
}
