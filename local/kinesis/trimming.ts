import type { Clock } from '../clock.js';
import type { Store } from '../store/store.js';
import type { RecordLog } from './record-log.js';
import { type StreamEntry, trimHorizon } from './stream-entry.js';

interface TrimParts {
  readonly store: Store;
  readonly log: RecordLog;
  readonly clock: Clock;
}

/** Milliseconds between two times that the space of old records is freed. Readers never see them, and do not wait for it. */
export const TRIMS_EVERY = 60_000;
/** Records that one transaction removes at the most: others wait for it. */
const AT_ONCE = 1_000;

/** Frees the space of all records that are older than their streams keep them. */
export async function trimAll(parts: TrimParts, isStopped: () => boolean): Promise<void> {
  for (const stream of [...parts.store.entries.list<StreamEntry>(['stream'])]) {
    if (isStopped()) return;
    await trim(stream, parts);
  }
}

/** Frees the space of a stream's records that are older than it keeps them. */
export async function trim(stream: StreamEntry, { store, log, clock }: TrimParts): Promise<void> {
  const horizon = trimHorizon(stream, clock.now());
  for (const { number } of stream.shards) {
    const oldest = () => log.arrivalOf(stream.id, number, log.head(stream.id, number).position);
    while ((oldest() ?? horizon) < horizon) {
      await store.transaction(() => log.trim(stream.id, number, horizon, AT_ONCE));
    }
  }
}
