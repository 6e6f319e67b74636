import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { endBytes, type Frame, frameBytes } from './frame.js';
import { spilling } from './spill-error.js';

/** A file of events that is being written. */
export class SegmentFile {
  readonly #file: number;
  #bytes = 0;
  #count = 0;
  /** Whether there may be a part of a frame at its end. */
  #isTorn = false;

  /** @throws SpillError where it cannot be made, or is there. */
  constructor(
    private readonly folder: string,
    path: string,
  ) {
    this.#file = spilling(folder, 'writing to it', () => openSync(path, 'ax'));
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Writes events; they outlive this process, if not a failure of the power.
   * @throws SpillError where it cannot; then nothing of them is kept.
   */
  append(frame: Frame): void {
    this.#write(frameBytes(this.#count, frame));
    this.#count += frame.hashes.length;
  }

  /** Writes that no more lines come. @throws SpillError where it cannot. */
  end(): void {
    this.#write(endBytes(this.#count));
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(bytes: Uint8Array): void {
    spilling(this.folder, 'writing to it', () => {
      this.#cutTorn();
      this.#isTorn = true;
      try {
        // A write can be cut short, by a disk that is nearly full for instance.
        for (let written = 0; written < bytes.byteLength; ) written += writeSync(this.#file, bytes, written);
        this.#bytes += bytes.byteLength;
        this.#isTorn = false;
      } catch (error) {
        this.#tryToCut();
        throw error;
      }
    });
  }

  /** Half a frame must stand before no other. */
  #cutTorn(): void {
    if (!this.#isTorn) return;
    ftruncateSync(this.#file, this.#bytes);
    this.#isTorn = false;
  }

  #tryToCut(): void {
    try {
      this.#cutTorn();
    } catch {
      // Tried again before the next.
    }
  }
}
