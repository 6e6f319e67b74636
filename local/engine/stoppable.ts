import type { QueryFault } from './engine.js';

/** Milliseconds between interrupts of a statement that goes on nevertheless. */
const INTERRUPT_EVERY = 20;

/** An execution that can be stopped at any moment: while it waits, is prepared or runs. */
export class Stoppable {
  private stopped: QueryFault | undefined;
  private onStop: (() => void) | undefined;

  /** Stops it with what is then said of it. The first reason counts. */
  stop(fault: QueryFault): void {
    if (this.stopped) return;
    this.stopped = fault;
    this.onStop?.();
  }

  /** @throws QueryFault where it was stopped. */
  check(): void {
    if (this.stopped) throw this.stopped;
  }

  /** Waits in a queue until it is called out of it, or is stopped. */
  turn(queue: Set<() => void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = () => {
        queue.delete(start);
        this.onStop = undefined;
        resolve();
      };
      queue.add(start);
      this.onStop = () => {
        queue.delete(start);
        reject(this.stopped);
      };
    });
  }

  /**
   * Runs a statement that `interrupt` ends. DuckDB forgets an interrupt that comes before the statement has begun, so
   * one is sent after another until the statement has ended.
   * @throws QueryFault where it was stopped, whatever came of the statement.
   */
  async interruptible<T>(interrupt: () => void, run: () => Promise<T>): Promise<T> {
    this.check();
    let again: NodeJS.Timeout | undefined;
    this.onStop = () => {
      interrupt();
      again = setInterval(interrupt, INTERRUPT_EVERY);
    };
    try {
      return await run();
    } finally {
      clearInterval(again);
      this.onStop = undefined;
      this.check();
    }
  }
}
