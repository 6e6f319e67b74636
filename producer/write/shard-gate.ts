import type { ShardPace } from './shard-pace.js';
import type { Timers } from './timers.js';

/** Where the lanes of one shard wait until the shard's pace lets them send. */
export class ShardGate<L> {
  /** The lane that has waited longest is in front. */
  readonly #waiting = new Set<L>();
  /** When the next look is due; undefined where none is. */
  #wakesAt: number | undefined;

  /** @param onOpen called for a lane that was refused, when it is worth asking again. */
  constructor(
    readonly pace: ShardPace,
    private readonly timers: Timers,
    private readonly onOpen: (lanes: readonly L[]) => void,
  ) {}

  /** Whether the lane may send a record of so many bytes now; where it may not, `onOpen` says when to ask again. */
  admits(lane: L, bytes: number): boolean {
    // Who comes later does not go before those who wait.
    const wait = this.pace.take(bytes, this.timers.now());
    if (wait === 0) return true;
    this.#waiting.add(lane);
    this.#wakeIn(wait);
    return false;
  }

  /** Whether the lane waits here. */
  holds(lane: L): boolean {
    return this.#waiting.has(lane);
  }

  /** The lane goes elsewhere. */
  leave(lane: L): void {
    this.#waiting.delete(lane);
  }

  /** Looks at once, as after a success that ends a blockade. */
  open(): void {
    const lanes: L[] = [];
    for (const lane of this.#waiting) {
      if (lanes.length === MOST_AT_ONCE) break;
      lanes.push(lane);
    }
    for (const lane of lanes) this.#waiting.delete(lane);
    if (lanes.length > 0) this.onOpen(lanes);
    // Those who went found the shard open, or say when it will be: the others look again soon.
    if (this.#waiting.size > 0) this.#wakeIn(SOON);
  }

  /** Looks after so many milliseconds at the latest, as when a single try has said nothing of the shard. */
  lookAgainIn(milliseconds: number): void {
    if (this.#waiting.size > 0) this.#wakeIn(milliseconds);
  }

  #wakeIn(milliseconds: number): void {
    const due = this.timers.now() + milliseconds;
    if (this.#wakesAt !== undefined && this.#wakesAt <= due) return;
    this.#wakesAt = due;
    this.timers.after(milliseconds, () => {
      if (this.#wakesAt !== due) return;
      this.#wakesAt = undefined;
      this.open();
    });
  }
}

/** Lanes that are let go together: as many records as a shard takes in a tenth of a second. */
const MOST_AT_ONCE = 100;
/** Milliseconds. */
const SOON = 10;
