import type { Line } from './packer.js';

/** A record that is being filled. */
export class OpenRecord {
  readonly events: number[] = [];
  readonly starts: number[] = [];
  #buffer: Uint8Array;
  #length = 0;

  /**
   * @param mostBytes that it holds.
   * @param openedAt milliseconds.
   */
  constructor(
    private readonly mostBytes: number,
    readonly openedAt: number,
  ) {
    this.#buffer = Buffer.allocUnsafeSlow(Math.min(FIRST_BYTES, mostBytes));
  }

  /** Bytes of memory that it takes. */
  get capacity(): number {
    return this.#buffer.byteLength;
  }

  hasRoomFor(bytes: number): boolean {
    return this.#length + bytes <= this.mostBytes;
  }

  add({ bytes, start, end, event, startedAt }: Line): void {
    this.#reserve(end - start);
    this.#buffer.set(bytes.subarray(start, end), this.#length);
    this.#length += end - start;
    this.events.push(event);
    this.#started(startedAt);
  }

  /** The lines, in no more memory than they need. */
  take(): Uint8Array {
    const isFull = this.#length >= this.#buffer.byteLength * FULL;
    const lines = this.#buffer.subarray(0, this.#length);
    return isFull ? lines : new Uint8Array(lines);
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#buffer.byteLength) return;
    const larger = Buffer.allocUnsafeSlow(
      Math.min(this.mostBytes, Math.max(needed, this.#buffer.byteLength * 4)),
    );
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }

  #started(at: number): void {
    const { starts } = this;
    const last = starts.length - 2;
    if (last >= 0 && starts[last] === at) starts[last + 1] = (starts[last + 1] ?? 0) + 1;
    else starts.push(at, 1);
  }
}

/** Bytes that a record has room for at first: at low rates there are many, and none of them gets full. */
const FIRST_BYTES = 2_048;
/** Part of the memory from which on it is not worth a copy to save the rest. */
const FULL = 0.9;
