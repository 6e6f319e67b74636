import { performance } from 'node:perf_hooks';

/** Milliseconds for which natives may keep the thread of this process from everything else. */
const MOST = 50;

/**
 * Sees to it that natives leave the thread of this process to others. Where several threads of DuckDB wait for calls of
 * a native, Node answers one after another, a thousand calls and many seconds long, before it looks at anything else.
 */
export class NativeTurn {
  private calls = 0;
  private since: number | undefined;

  /** Calls that were refused so far. */
  get refused(): number {
    return this.calls;
  }

  /** @throws where nothing but natives has had its turn for too long. */
  check(): void {
    const now = performance.now();
    if (this.since === undefined) {
      this.since = now;
      setImmediate(() => {
        this.since = undefined;
      });
    } else if (now - this.since > MOST) {
      this.calls++;
      throw new Error('Natives take too long');
    }
  }
}
