import { appendFileSync, closeSync, ftruncateSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';
import type { RunFolder } from './run-folder.js';
import { spilling } from './spill-error.js';

/** Bytes after which a segment is full: what is settled is deleted in pieces of this size. */
export const SEGMENT_BYTES = 8 * 1_024 * 1_024;

/** The ending of a file of events, and of the file beside it that says which of them are settled. */
export const LINES = '.jsonl';
export const SETTLED = '.settled';

/**
 * A piece of a journal: a file of events, one a line, and beside it a file of numbers (32 bits, little-endian) that
 * says which of the lines are settled, counted from 0. Both are gone when all are settled and no more will come.
 */
export class Segment {
  /** The file of lines, as long as it is written. */
  #lines: number | undefined;
  #bytes = 0;
  #settledBytes: number;
  #count: number;
  #left: number;
  #unmarked = 0;

  private constructor(
    private readonly folder: RunFolder,
    readonly name: string,
    { count, left, noted }: { readonly count: number; readonly left: number; readonly noted: number },
  ) {
    this.#count = count;
    this.#left = left;
    this.#settledBytes = noted * BYTES_PER_NUMBER;
  }

  /** A new segment, to be written. @throws SpillError */
  static create(folder: RunFolder, name: string): Segment {
    const segment = new Segment(folder, name, { count: 0, left: 0, noted: 0 });
    segment.#lines = spilling(folder.path, 'writing to it', () => openSync(folder.file(name + LINES), 'ax'));
    return segment;
  }

  /**
   * A segment that was written by another process.
   * @param count lines in it.
   * @param left how many of them are not settled.
   * @param noted whole numbers in its file of settled lines.
   */
  static of(folder: RunFolder, name: string, count: number, left: number, noted: number): Segment {
    const segment = new Segment(folder, name, { count, left, noted });
    // A number that was cut off when its process died would shift those that follow.
    cutTo(folder.file(name + SETTLED), noted * BYTES_PER_NUMBER);
    if (left === 0) segment.#remove();
    return segment;
  }

  /** Lines in it. */
  get count(): number {
    return this.#count;
  }

  /** Events that are not settled. */
  get left(): number {
    return this.#left;
  }

  /** Events that are settled, but could not be noted as such: they would be sent again. */
  get unmarked(): number {
    return this.#unmarked;
  }

  /** Whether it has as many bytes as it may. */
  get isFull(): boolean {
    return this.#bytes >= SEGMENT_BYTES;
  }

  /**
   * Writes lines of so many events; they outlive this process, if not a failure of the power.
   * @throws SpillError where it cannot; then nothing of them is kept.
   */
  append(lines: Uint8Array, events: number): void {
    const file = this.#lines;
    if (file === undefined) throw new Error(`Segment ${this.name} is finished.`);
    try {
      spilling(this.folder.path, 'writing to it', () => writeAll(file, lines));
    } catch (error) {
      // Half a line would be the beginning of the next.
      ftruncateSync(file, this.#bytes);
      throw error;
    }
    this.#bytes += lines.byteLength;
    this.#count += events;
    this.#left += events;
  }

  /** Notes lines as settled, by their numbers. Where the disk does not take the note, `unmarked` counts them. */
  settle(lines: readonly number[]): void {
    this.#left -= lines.length;
    if (this.#left === 0 && this.#lines === undefined) {
      this.#remove();
      return;
    }
    const file = this.folder.file(this.name + SETTLED);
    try {
      appendFileSync(file, new Uint8Array(Uint32Array.from(lines).buffer));
      this.#settledBytes += lines.length * BYTES_PER_NUMBER;
    } catch {
      this.#unmarked += lines.length;
      cutTo(file, this.#settledBytes);
    }
  }

  /** No more lines will come. */
  finish(): void {
    if (this.#lines === undefined) return;
    closeSync(this.#lines);
    this.#lines = undefined;
    if (this.#left === 0) this.#remove();
  }

  #remove(): void {
    for (const ending of [LINES, SETTLED]) rmSync(this.folder.file(this.name + ending), { force: true });
  }
}

export const BYTES_PER_NUMBER = 4;

/** A write to a file can be cut short, by a disk that is nearly full for instance. */
function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.byteLength; ) written += writeSync(file, bytes, written);
}

/** Half a number would shift those after it. */
function cutTo(file: string, bytes: number): void {
  try {
    truncateSync(file, bytes);
  } catch {
    // It was not even made.
  }
}
