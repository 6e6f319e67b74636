import type { ResultReuseConfiguration } from '@aws-sdk/client-athena';
import { type BucketEntry, bucketKey } from '../s3/bucket-entry.js';
import type { Checked } from '../wire/operation.js';
import type { Athena } from './athena.js';
import {
  type ExecutionEntry,
  type HistoryEntry,
  historyOf,
  lookUpExecution,
  outputLocation,
} from './execution-entry.js';
import { invalidRequest } from './invalid-request.js';
import { parseObject } from './location.js';

/** Seven days, and an hour for who does not say: from Athena's API reference. */
const MOST_MINUTES = 10_080;
const DEFAULT_MINUTES = 60;

/** @throws AwsError for an age that Athena does not take. */
export function reuseMinutes(configuration: Checked<ResultReuseConfiguration> | undefined) {
  const { Enabled: isEnabled = false, MaxAgeInMinutes: minutes = DEFAULT_MINUTES } =
    configuration?.ResultReuseByAgeConfiguration ?? {};
  if (!isEnabled) return {};
  if (Number.isInteger(minutes) && minutes >= 0 && minutes <= MOST_MINUTES) return { reuseMinutes: minutes };
  throw invalidRequest(`MaxAgeInMinutes must be 0 to ${MOST_MINUTES}, and not ${minutes}.`);
}

/**
 * The execution with the result of an earlier one, where there is one that is young enough, of the same text, values,
 * database and workgroup, and whose result is still there.
 * @see https://docs.aws.amazon.com/athena/latest/ug/reusing-query-results.html
 */
export function reusedResult(athena: Athena, queued: ExecutionEntry): ExecutionEntry | undefined {
  const { reuseMinutes: minutes, submittedAt } = queued;
  if (minutes === undefined) return undefined;
  const { entries } = athena.store;
  for (const { id, submittedAt: at } of entries.list<HistoryEntry>(historyOf(queued, queued.workGroup))) {
    if (at < submittedAt - minutes * 60_000) return undefined;
    const earlier = lookUpExecution(entries, queued, id);
    if (earlier?.state.name !== 'SUCCEEDED' || !isSame(earlier, queued) || !isThere(athena, earlier))
      continue;
    // Only what was read from the tables themselves has the age that was asked for.
    if (earlier.reused !== undefined) continue;
    const { columns, updateCount = 0 } = earlier.state;
    const ended = { startedAt: submittedAt, endedAt: submittedAt, bytesScanned: 0 };
    const state = { name: 'SUCCEEDED' as const, columns, updateCount, ...ended };
    return { ...queued, reused: outputLocation(earlier), state };
  }
  return undefined;
}

const isSame = (a: ExecutionEntry, b: ExecutionEntry) =>
  a.query === b.query &&
  a.database === b.database &&
  a.kind === b.kind &&
  JSON.stringify(a.parameters) === JSON.stringify(b.parameters) &&
  JSON.stringify(a.encryption) === JSON.stringify(b.encryption);

function isThere({ store, objects }: Athena, execution: ExecutionEntry): boolean {
  const { bucket, key } = parseObject(outputLocation(execution));
  const entry = store.entries.get<BucketEntry>(bucketKey(bucket));
  return entry?.account === execution.account && objects.get(entry.id, key) !== undefined;
}
