import type { Athena } from './athena.js';
import type { ExecutionEntry } from './execution-entry.js';

/** How an execution runs. */
export interface ExecutionRun {
  readonly athena: Athena;
  readonly execution: ExecutionEntry;
  /** A folder in the staging folder, which is not there yet and is removed afterwards. */
  readonly folder: string;
  readonly scanLimitBytes: number | undefined;
  /** Throws where the execution has ended meanwhile. */
  readonly check: () => void;
}

/** Such as `20260204_213554_00000_7d3f1`: what Trino calls a query. */
export function engineId({ id, submittedAt }: ExecutionEntry): string {
  const [day = '', time = ''] = new Date(submittedAt).toISOString().split('T');
  const moment = `${day.replaceAll('-', '')}_${time.slice(0, 8).replaceAll(':', '')}`;
  return `${moment}_00000_${id.replaceAll('-', '').slice(0, 5)}`;
}
