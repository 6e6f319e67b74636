import type { Clock } from '../clock.js';
import type { Store } from '../store/store.js';
import { type HistoryEntry, removeExecution } from './execution-entry.js';
import { type TokenEntry, tokenKey } from './request-token.js';

interface ExpiryParts {
  readonly store: Store;
  readonly clock: Clock;
}

const HOUR_MS = 3_600_000;
/** How often that is done, in milliseconds. */
export const EXPIRES_EVERY = HOUR_MS;
/** How long a request that is sent again is known by its token. */
const TOKEN_MS = 24 * HOUR_MS;
/** How long Athena keeps its history. */
const HISTORY_MS = 45 * 24 * HOUR_MS;
/** Entries that one transaction removes at the most: others wait for it. */
const AT_ONCE = 1_000;

/** Forgets the query executions and request tokens that are too old now. Results are objects like any other, and stay. */
export async function expire({ store, clock }: ExpiryParts): Promise<void> {
  const { entries } = store;
  const now = clock.now();
  const removals: (() => void)[] = [];
  for (const token of entries.list<TokenEntry>(['request-token'])) {
    if (token.usedAt < now - TOKEN_MS) removals.push(() => entries.remove(tokenKey(token, token.token)));
  }
  for (const execution of entries.list<HistoryEntry>(['history'])) {
    if (execution.submittedAt < now - HISTORY_MS) removals.push(() => removeExecution(entries, execution));
  }
  while (removals.length > 0) {
    const some = removals.splice(0, AT_ONCE);
    await store.transaction(() => {
      for (const remove of some) remove();
    });
  }
}
