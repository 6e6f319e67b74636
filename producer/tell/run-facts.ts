import type { RunCostReport } from '../cost/run-cost.js';
import type { DamagedFile } from '../spill/spill-rest.js';

/** What is to be told of a run beside its counts. */
export interface RunFacts {
  /** Name of the dataset. */
  readonly dataset: string;
  /** Name of the Kinesis stream. */
  readonly stream: string;
  readonly region: string;
  readonly startedAt: Date;
  /** How long it took. */
  readonly milliseconds: number;
  readonly exitCode: number;
  readonly cost: RunCostReport;
  /** Where events that can never be sent were written; absent where nobody asked for it. */
  readonly deadLetterFile?: string | undefined;
  /** Where events that could not be sent were kept; absent where nobody asked for it. */
  readonly spillFolder?: string | undefined;
  /** Events that were acknowledged, but could not be noted as such in the spill folder. */
  readonly unmarked?: number | undefined;
  /** Files of the spill folder that were found damaged. */
  readonly damaged?: readonly DamagedFile[] | undefined;
  /** Events that did not start at their time, since the run was behind; absent where none had a time. */
  readonly lateStarts?: number | undefined;
  /** Milliseconds that the latest of them was late by. */
  readonly latestStart?: number | undefined;
  /** Events that were to start within the duration and did not: they would have been too late. */
  readonly droppedStarts?: number | undefined;
}
