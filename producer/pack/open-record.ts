import type { Line } from './packer.js';

/** A record that is being filled. */
export class OpenRecord {
  readonly events: number[] = [];
  readonly starts: number[] = [];
  readonly #buffer: Uint8Array;
  #length = 0;

  /**
   * @param capacity bytes that it holds at most.
   * @param openedAt milliseconds.
   */
  constructor(
    capacity: number,
    readonly openedAt: number,
  ) {
    this.#buffer = Buffer.allocUnsafeSlow(capacity);
  }

  /** The lines so far. */
  get data(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  hasRoomFor(bytes: number): boolean {
    return this.#length + bytes <= this.#buffer.length;
  }

  add({ bytes, start, end, event, startedAt }: Line): void {
    this.#buffer.set(bytes.subarray(start, end), this.#length);
    this.#length += end - start;
    this.events.push(event);
    this.#started(startedAt);
  }

  #started(at: number): void {
    const { starts } = this;
    const last = starts.length - 2;
    if (last >= 0 && starts[last] === at) starts[last + 1] = (starts[last + 1] ?? 0) + 1;
    else starts.push(at, 1);
  }
}
