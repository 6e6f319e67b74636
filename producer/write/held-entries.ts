import type { Entry } from './entry.js';

/** Bytes that a record costs beside its data. */
const OVERHEAD = 256;

/** The entries whose end is not known: waiting, under way, or between two tries. */
export class HeldEntries<R> {
  readonly #entries = new Set<Entry<R>>();
  readonly #waitingForChange: (() => void)[] = [];
  readonly #waitingForEnd: (() => void)[] = [];
  #bytes = 0;

  /** What they take of the memory, about. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether a record of so many bytes fits as well; where there is none, any does. */
  hasRoomFor(bytes: number, maxBytes: number): boolean {
    return this.#entries.size === 0 || this.#bytes + bytes + OVERHEAD <= maxBytes;
  }

  /** All of them at this moment. */
  all(): readonly Entry<R>[] {
    return [...this.#entries];
  }

  add(entry: Entry<R>): void {
    this.#entries.add(entry);
    this.#bytes += entry.bytes + OVERHEAD;
  }

  /** False where it was not held any more. */
  remove(entry: Entry<R>): boolean {
    if (!this.#entries.delete(entry)) return false;
    this.#bytes -= entry.bytes + OVERHEAD;
    this.wakeWaiting();
    if (this.#entries.size === 0) for (const resolve of this.#waitingForEnd.splice(0)) resolve();
    return true;
  }

  /** Resolves when it is worth looking again how much they are: at once where there are none. */
  change(): Promise<void> {
    if (this.#entries.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waitingForChange.push(resolve));
  }

  /** Lets everyone look again. */
  wakeWaiting(): void {
    if (this.#waitingForChange.length === 0) return;
    for (const resolve of this.#waitingForChange.splice(0)) resolve();
  }

  /** Resolves when none is left. */
  async allGone(): Promise<void> {
    if (this.#entries.size > 0) await new Promise<void>((resolve) => this.#waitingForEnd.push(resolve));
  }
}
