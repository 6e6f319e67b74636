import { readFileSync } from 'node:fs';
import { readFrames, type StoredFrame, type StoredFrames } from './frame.js';
import type { RunFolder } from './run-folder.js';
import { EVENTS, SETTLED } from './segment.js';
import { readNotes } from './settled-notes.js';
import { spilling } from './spill-error.js';

/** What is found of a segment that another process has written. */
export interface StoredSegment {
  /** Lines that it had. */
  readonly count: number;
  /** Lines that are settled, and those that stand for events that can never be sent. */
  readonly settled: ReadonlySet<number>;
  /** Lines that can be read and are not settled. */
  readonly left: number;
  /** Lines that cannot be read and are not settled. */
  readonly uncertain: number;
  /** Whether these may be more: it is not known where the segment ended. */
  readonly isAtLeast: boolean;
  /** Bytes of the notes of what is settled that can be read, and of how many lines at most there are more. */
  readonly notes: number;
  readonly unreadableNotes: number;
}

/**
 * Looks at a segment.
 * @param isEnded whether its writer has ended it, so that what has no end was cut.
 * @throws SpillError where it cannot be read.
 */
export function readSegment(folder: RunFolder, name: string, isEnded: boolean): StoredSegment {
  const { frames, count: known, isEnded: hasEnd, hasBadEnd } = framesOf(folder, name);
  const notes = spilling(folder.path, `reading ${name + SETTLED}`, () =>
    readNotes(folder.file(name + SETTLED)),
  );
  const settled = new Set(notes.settled);
  let left = 0;
  let uncertain = 0;
  let next = 0;
  const passOverTo = (number: number) => {
    for (; next < number; next++) if (!settled.has(next)) uncertain++;
  };
  for (const frame of frames) {
    passOverTo(frame.first);
    for (const { number, bytes } of linesOf(frame)) {
      next = number + 1;
      if (bytes.byteLength === 1) settled.add(number);
      else if (!settled.has(number)) left++;
    }
  }
  // What is settled was there.
  const last = [...notes.settled].reduce((most, line) => Math.max(most, line), -1);
  passOverTo(Math.max(known, last + 1));
  return {
    count: next,
    settled,
    left,
    uncertain,
    isAtLeast: !hasEnd && (isEnded || hasBadEnd),
    notes: notes.bytes,
    unreadableNotes: notes.unreadable,
  };
}

/** @throws SpillError where it cannot be read. */
export function framesOf(folder: RunFolder, name: string): StoredFrames {
  return spilling(folder.path, `reading ${name + EVENTS}`, () =>
    readFrames(readFileSync(folder.file(name + EVENTS))),
  );
}

/** A line of a segment. */
export interface StoredLine {
  /** From 0. */
  readonly number: number;
  /** With its line feed. */
  readonly bytes: Uint8Array;
  /** The first 32 bits of the MD5 of its partition key. */
  readonly hash: number;
  readonly key: string | undefined;
  /** Whether it is to share its record with no other. */
  readonly isAlone: boolean;
}

/** The lines of a frame. */
export function* linesOf({
  first,
  lines,
  hashes,
  keys,
  alone = [],
}: StoredFrame): Generator<StoredLine, void, undefined> {
  const apart = new Set(alone);
  let start = 0;
  for (const [offset, hash] of hashes.entries()) {
    const end = lines.indexOf(LINE_FEED, start) + 1;
    const bytes = lines.subarray(start, end);
    yield { number: first + offset, bytes, hash, key: keys?.[offset], isAlone: apart.has(offset) };
    start = end;
  }
}

const LINE_FEED = 0x0a;
