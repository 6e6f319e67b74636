import type { Entry } from './entry.js';
import type { ShardGate } from './shard-gate.js';

/** Records that go to one place in the hash space, in a row. */
export class Lane<R> {
  /** Waiting, the next to be sent in front. */
  readonly queue: Entry<R>[] = [];
  /** Records in requests that have not been answered. */
  underWay = 0;
  /** Whether it waits after an error before it tries again. */
  isBackingOff = false;
  /** Since when nothing has got through, in the clock's milliseconds; undefined where the last try did. */
  failingSince: number | undefined;
  /** What the last failure was; known where it is failing. */
  failure: { readonly code: string; readonly message: string } | undefined;
  /** Whether a timer looks after those that wait too long. */
  isWatched = false;
  /** Why it takes no more records: one of them was given up, and those after it must not overtake it. */
  closedBy: { readonly code: string; readonly message: string } | undefined;

  /** @param gate of the shard that its records go to, as far as that is known. */
  constructor(public gate: ShardGate<Lane<R>>) {}
}
