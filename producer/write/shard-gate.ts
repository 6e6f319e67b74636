import type { ShardPace } from './shard-pace.js';
import type { Timers } from './timers.js';

interface GateCallbacks<L> {
  /** Bytes that a lane would send next; 0 where it has nothing more. */
  readonly bytesOf: (lane: L) => number;
  /** These lanes may send now what they would send next. */
  readonly onOpen: (lanes: readonly L[]) => void;
}

/** Where the lanes of one shard wait in a row until the shard's pace lets them send. */
export class ShardGate<L> {
  /** The lane that has waited longest is in front. While there is one, a wake-up is due. */
  readonly #waiting = new Set<L>();
  /** Lanes whose turn has come, and that have not sent yet. */
  readonly #granted = new Set<L>();
  /** When the next look is due; undefined where none is. */
  #wakesAt: number | undefined;

  constructor(
    readonly pace: ShardPace,
    private readonly timers: Timers,
    private readonly callbacks: GateCallbacks<L>,
  ) {}

  /** Whether the lane may send a record of so many bytes now; where it may not, it waits, and `onOpen` names it. */
  admits(lane: L, bytes: number): boolean {
    if (this.#granted.delete(lane)) return true;
    // Who comes later does not go before those who wait, or what needs much would never get it.
    if (this.#waiting.size === 0) {
      const wait = this.pace.take(bytes, this.timers.now());
      if (wait === 0) return true;
      this.#wakeIn(wait);
    }
    this.#waiting.add(lane);
    return false;
  }

  /** Whether the lane waits here. */
  holds(lane: L): boolean {
    return this.#waiting.has(lane);
  }

  /** The lane goes elsewhere. */
  leave(lane: L): void {
    this.#waiting.delete(lane);
    this.#granted.delete(lane);
  }

  /** Lets go who may go, as after a success that ends a blockade. */
  open(): void {
    const lanes: L[] = [];
    for (const lane of this.#waiting) {
      const bytes = this.callbacks.bytesOf(lane);
      const wait = bytes === 0 ? 0 : this.pace.take(bytes, this.timers.now());
      if (wait > 0) {
        this.#wakeIn(wait);
        break;
      }
      this.#waiting.delete(lane);
      if (bytes === 0) continue;
      this.#granted.add(lane);
      lanes.push(lane);
    }
    if (lanes.length > 0) this.callbacks.onOpen(lanes);
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
