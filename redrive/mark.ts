import { z } from 'zod';
import { FOLDERS } from '../settings/index.js';
import { NumberRanges } from './number-ranges.js';

/** Who is sending an object's records at the moment. */
export interface Claim {
  /** One run of the command, apart from all others. */
  readonly run: string;
  /** Who runs it, as `user@host`. */
  readonly by: string;
  /** The process on that host. */
  readonly pid: number;
}

/**
 * What has been sent again of an object, as it is written down beside it for everyone: an object of the same bucket
 * under `redriven/` and the object's own key.
 */
export interface Mark {
  /** The object that it is about. */
  readonly object: string;
  /** Absent where nobody is sending. */
  readonly claim?: Claim | undefined;
  /** When it was last written, in ISO 8601. */
  readonly updated: string;
  /** Counts up from 1 with every writing. */
  readonly revision: number;
  /** Whether there is nothing left to send. */
  readonly complete: boolean;
  /** Events that the stream has said it has, in all runs. */
  readonly sent: number;
  /** Events that a mapping left out, in all runs. */
  readonly leftOut: number;
  /** Numbers of the records all of whose events were sent or left out. */
  readonly done: NumberRanges;
  /** Of records that are not done: the events, counted from 0, that are. */
  readonly partly: ReadonlyMap<number, NumberRanges>;
}

/** The key of an object's mark. */
export const markKey = (object: string) => `${FOLDERS.redriven}${object}`;

/** The key of the object that a mark is about. */
export const objectOfMark = (key: string) => key.slice(FOLDERS.redriven.length);

/** A mark as text. */
export function markText({ partly, done, ...mark }: Mark): string {
  const text = {
    ...mark,
    done: String(done),
    partly: Object.fromEntries([...partly].map(([record, events]) => [record, String(events)])),
  };
  return `${JSON.stringify(text)}\n`;
}

/** The mark that a text is; undefined for one that this command has not written. */
export function parseMark(text: string): Mark | undefined {
  const result = schema.safeParse(text);
  if (!result.success) return undefined;
  const { partly, ...mark } = result.data;
  return {
    ...mark,
    partly: new Map(Object.entries(partly).map(([record, events]) => [Number(record), events])),
  };
}

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'no JSON' });
    return z.NEVER;
  }
});

const ranges = z.string().transform((text, context) => {
  const parsed = NumberRanges.parse(text);
  if (parsed) return parsed;
  context.addIssue({ code: 'custom', message: 'no ranges of numbers' });
  return z.NEVER;
});

const count = z.int().nonnegative();

const schema = json.pipe(
  z.object({
    object: z.string(),
    claim: z.object({ run: z.string(), by: z.string(), pid: count }).optional(),
    updated: z.string(),
    revision: count,
    complete: z.boolean(),
    sent: count,
    leftOut: count,
    done: ranges,
    partly: z.record(z.string().regex(/^\d+$/), ranges),
  }),
);
