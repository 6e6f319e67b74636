import type { Timers } from '../../producer/index.js';

/** A clock that jumps to the next timer whenever nothing else is left to do. */
export class VirtualTimers implements Timers {
  #now = 0;
  #scheduled = false;
  #alarms: { due: number; callback: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(delay: number, callback: () => void): () => void {
    const alarm = { due: this.#now + delay, callback };
    this.#alarms.push(alarm);
    this.#schedule();
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm);
    };
  }

  #schedule(): void {
    if (this.#scheduled || this.#alarms.length === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      const [next] = this.#alarms.sort((one, other) => one.due - other.due).splice(0, 1);
      if (next) {
        this.#now = next.due;
        next.callback();
      }
      this.#schedule();
    });
  }
}
