import type { Entry } from './entry.js';

/** What a writer may hold before it makes its caller wait. */
export interface Capacity {
  readonly maxBufferRecords: number;
  readonly maxBufferBytes: number;
}

/** The entries whose end is not known: waiting, under way, or between two tries. Bounds the writer's memory. */
export class HeldEntries<R> {
  readonly #entries = new Set<Entry<R>>();
  readonly #waitingForRoom: (() => void)[] = [];
  readonly #waitingForEnd: (() => void)[] = [];
  #bytes = 0;

  constructor(private readonly capacity: Capacity) {}

  get bytes(): number {
    return this.#bytes;
  }

  has(entry: Entry<R>): boolean {
    return this.#entries.has(entry);
  }

  /** All of them at this moment. */
  all(): readonly Entry<R>[] {
    return [...this.#entries];
  }

  /** One entry always has room, however large. */
  hasRoomFor(bytes: number): boolean {
    const { maxBufferRecords, maxBufferBytes } = this.capacity;
    if (this.#entries.size === 0) return true;
    return this.#entries.size < maxBufferRecords && this.#bytes + bytes <= maxBufferBytes;
  }

  add(entry: Entry<R>): void {
    this.#entries.add(entry);
    this.#bytes += entry.bytes;
  }

  remove(entry: Entry<R>): void {
    this.#entries.delete(entry);
    this.#bytes -= entry.bytes;
    this.wakeWaiting();
    if (this.#entries.size === 0) for (const resolve of this.#waitingForEnd.splice(0)) resolve();
  }

  /** Resolves when it is worth looking again whether there is room. */
  roomMayBeThere(): Promise<void> {
    return new Promise((resolve) => this.#waitingForRoom.push(resolve));
  }

  /** Lets everyone look again. */
  wakeWaiting(): void {
    for (const resolve of this.#waitingForRoom.splice(0)) resolve();
  }

  /** Resolves when none is left. */
  async allGone(): Promise<void> {
    if (this.#entries.size > 0) await new Promise<void>((resolve) => this.#waitingForEnd.push(resolve));
  }
}
