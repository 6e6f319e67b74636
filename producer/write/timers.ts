/** The clock that a writer lives by: a test's own, or the real one. */
export interface Timers {
  /** Milliseconds since some moment. */
  now(): number;
  /** Calls back after a delay in milliseconds; what it gives back cancels. */
  after(delay: number, callback: () => void): () => void;
}

export const realTimers: Timers = {
  now: () => performance.now(),
  after: (delay, callback) => {
    const timer = setTimeout(callback, delay);
    return () => clearTimeout(timer);
  },
};

/** Timers that can be cancelled together. */
export class CancellableTimers implements Timers {
  readonly #cancels = new Set<() => void>();

  constructor(private readonly timers: Timers) {}

  now(): number {
    return this.timers.now();
  }

  after(delay: number, callback: () => void): () => void {
    const cancel = this.timers.after(delay, () => {
      this.#cancels.delete(cancel);
      callback();
    });
    this.#cancels.add(cancel);
    return () => {
      this.#cancels.delete(cancel);
      cancel();
    };
  }

  cancelAll(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }
}
