import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { SpillError, spilling } from './spill-error.js';

/** What is known of the events in a run's folder. */
export interface SpillRun {
  /** The dataset's name. */
  readonly dataset: string;
  /** The column that the partition key is in. */
  readonly partitionKey: string;
  readonly streamName: string;
}

/** Says in a folder what is known of its events. */
export function writeRun(folder: string, run: SpillRun): void {
  writeFileSync(path.join(folder, RUN_FILE), `${JSON.stringify({ format: FORMAT, ...run })}\n`);
}

/** @throws SpillError where it cannot be read, or is of another version of the producer. */
export function readRun(folder: string): SpillRun {
  const text = spilling(folder, `reading ${RUN_FILE}`, () =>
    readFileSync(path.join(folder, RUN_FILE), 'utf8'),
  );
  try {
    const { format: _, ...run } = STORED_RUN.parse(JSON.parse(text));
    return run;
  } catch (error) {
    throw new SpillError(folder, `${RUN_FILE} is not what this version of the producer writes`, error);
  }
}

const RUN_FILE = 'run.json';
/** Of the files beside it. */
const FORMAT = 2;
const STORED_RUN = z.object({
  format: z.literal(FORMAT),
  dataset: z.string(),
  partitionKey: z.string(),
  streamName: z.string(),
});
