import type { Timers } from '../../producer/index.js';

interface Alarm {
  readonly due: number;
  readonly callback: () => void;
  cancelled: boolean;
}

/** A clock that jumps to the next timer whenever nothing else is left to do. */
export class VirtualTimers implements Timers {
  #now = 0;
  #scheduled = false;
  /** The next one last, so that it is taken from the end. */
  readonly #alarms: Alarm[] = [];

  now(): number {
    return this.#now;
  }

  after(delay: number, callback: () => void): () => void {
    const alarm = { due: this.#now + Math.max(0, delay), callback, cancelled: false };
    this.#alarms.splice(this.#placeOf(alarm.due), 0, alarm);
    this.#schedule();
    return () => {
      alarm.cancelled = true;
    };
  }

  /** Resolves after a delay in milliseconds. */
  sleep(delay: number): Promise<void> {
    return new Promise((resolve) => this.after(delay, resolve));
  }

  /** In front of those that are due at the same moment, since they were set before. */
  #placeOf(due: number): number {
    let [low, high] = [0, this.#alarms.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#alarms[middle]?.due ?? 0) > due) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #schedule(): void {
    if (this.#scheduled || this.#alarms.length === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#ring();
      this.#schedule();
    });
  }

  #ring(): void {
    for (let next = this.#alarms.pop(); next; next = this.#alarms.pop()) {
      // One that was cancelled takes no time: the clock must not go on for it.
      if (next.cancelled) continue;
      this.#now = next.due;
      next.callback();
      return;
    }
  }
}
