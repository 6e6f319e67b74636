import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from './frame.js';
import type { RunFolder } from './run-folder.js';
import { SegmentFile } from './segment-file.js';
import { SettledNotes } from './settled-notes.js';

/** Bytes after which a segment is full: what is settled is deleted in pieces of this size. */
export const SEGMENT_BYTES = 8 * 1_024 * 1_024;

/** The ending of a file of events, and of the file beside it that says which of them are settled. */
export const EVENTS = '.journal';
export const SETTLED = '.settled';

/** What another process has left of a segment. */
export interface LeftSegment {
  /** Lines in it. */
  readonly count: number;
  /** How many of them are not settled. */
  readonly left: number;
  /** Bytes of its notes of what is settled. */
  readonly notes: number;
  /** Whether its file is to be kept, since there is something in it that cannot be read. */
  readonly isDamaged: boolean;
}

/**
 * A piece of a journal: a file of events, and beside it one that says which of its lines are settled, counted from 0.
 * Both are gone when all are settled and no more will come.
 */
export class Segment {
  /** As long as it is written. */
  #file: SegmentFile | undefined;
  readonly #notes: SettledNotes;
  readonly #isDamaged: boolean;
  #count: number;
  #left: number;
  #unmarked = 0;
  #isGone = false;

  private constructor(
    private readonly folder: RunFolder,
    readonly name: string,
    { count, left, notes, isDamaged }: LeftSegment,
  ) {
    this.#count = count;
    this.#left = left;
    this.#isDamaged = isDamaged;
    this.#notes = new SettledNotes(() => folder.file(name + SETTLED), notes);
  }

  /** A new segment, to be written. @throws SpillError */
  static create(folder: RunFolder, name: string): Segment {
    const segment = new Segment(folder, name, { count: 0, left: 0, notes: 0, isDamaged: false });
    segment.#file = new SegmentFile(folder.path, folder.file(name + EVENTS));
    return segment;
  }

  /** A segment that was written by another process. */
  static of(folder: RunFolder, name: string, left: LeftSegment): Segment {
    const segment = new Segment(folder, name, left);
    segment.#letGo();
    return segment;
  }

  /** Where its events are. */
  get path(): string {
    const name = this.name + EVENTS;
    return this.#isGone && this.#isDamaged ? path.join(this.folder.aside, name) : this.folder.file(name);
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
    return this.#isGone ? 0 : this.#unmarked;
  }

  /** Whether it is out of the run's folder: deleted, or set aside where it is damaged. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Whether it has as many bytes as it may. */
  get isFull(): boolean {
    return this.#file === undefined || this.#file.bytes >= SEGMENT_BYTES;
  }

  /** Keeps events. @throws SpillError where it cannot; then none of them is kept. */
  append(frame: Frame): void {
    if (this.#file === undefined) throw new Error(`Segment ${this.name} is finished.`);
    this.#file.append(frame);
    this.#count += frame.hashes.length;
    this.#left += frame.hashes.length;
  }

  /** Notes lines as settled, by their numbers. Where the disk does not take the note, `unmarked` counts them. */
  settle(lines: readonly number[]): void {
    this.#left -= lines.length;
    this.#letGo();
    if (!this.#isGone && !this.#notes.add(lines)) this.#unmarked += lines.length;
  }

  /** No more lines will come. @throws SpillError where that cannot be written; then more may come. */
  finish(): void {
    if (this.#file === undefined) return;
    if (this.#left > 0 || this.#unmarked > 0) this.#file.end();
    this.#file.close();
    this.#file = undefined;
    this.#letGo();
  }

  /** Removes it where nothing of it is needed any more; it stays where the disk does not let it go. */
  #letGo(): void {
    if (this.#left > 0 || this.#file !== undefined || this.#isGone) return;
    if (this.#isDamaged) {
      this.#isGone = this.folder.setAside([EVENTS, SETTLED].map((ending) => this.name + ending));
      return;
    }
    // Events first: notes are nothing without them.
    this.#isGone = [EVENTS, SETTLED].every((ending) => isRemoved(this.folder.file(this.name + ending)));
  }
}

function isRemoved(file: string): boolean {
  try {
    rmSync(file, { force: true });
    return true;
  } catch {
    return false;
  }
}
