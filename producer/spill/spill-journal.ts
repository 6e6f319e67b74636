import type { EventBlock } from '../event-block.js';
import type { Journal } from '../journal.js';
import type { Frame } from './frame.js';
import { RunFolder } from './run-folder.js';
import { Segment } from './segment.js';
import type { SpillRest } from './spill-rest.js';
import type { SpillRun } from './spill-run.js';

/**
 * Keeps events in a folder until they are acknowledged: each is written before it is sent, so that what was taken
 * survives the end of the process, `kill -9` included. What has been acknowledged is deleted as it goes on.
 */
export class SpillJournal implements Journal {
  /** Each with the number of its first event, the oldest first; those that are settled are gone from it. */
  readonly #segments: { readonly first: number; readonly segment: Segment }[] = [];
  #made = 0;
  #unmarked = 0;

  private constructor(private readonly folder: RunFolder) {}

  /** @throws SpillError where the folder cannot be written to. */
  static open(spillDir: string, run: SpillRun, now = new Date()): SpillJournal {
    return new SpillJournal(RunFolder.create(spillDir, run, now));
  }

  /** @throws SpillError where the event cannot be kept. */
  append(line: Uint8Array, event: number, hash: number): void {
    const lines = line.byteLength === 0 ? LINE_FEED : line;
    this.#append({ lines, hashes: Uint32Array.of(hash) }, event);
  }

  /** @throws SpillError where the events cannot be kept; then none is. */
  appendBlock(block: EventBlock, first: number): void {
    const { ends, hashes, keys, alone, refused } = block;
    if (ends.length === 0) return;
    const lines = refused?.length ? withEmptyLines(block) : block.lines;
    this.#append({ lines, hashes: hashes.subarray(0, ends.length), keys, alone }, first);
  }

  /** Never throws; where the disk does not take it, `close` tells how many. */
  settled(events: readonly number[]): void {
    // Most records lie in one segment whole.
    for (let from = 0; from < events.length; ) {
      const event = events[from] ?? 0;
      const place = this.#segments.find(({ first, segment }) => event < first + segment.count);
      if (!place || event < place.first) {
        this.#unmarked++;
        from++;
        continue;
      }
      const { first, segment } = place;
      const end = first + segment.count;
      let to = from + 1;
      while (to < events.length && (events[to] ?? 0) < end) to++;
      segment.settle(events.slice(from, to).map((each) => each - first));
      from = to;
    }
    this.#forget();
  }

  /** Ends the run; the folder is gone where no event is left. Never throws. */
  close(): SpillRest {
    const isEnded = this.#isFinished();
    const events = this.#segments.reduce((sum, { segment }) => sum + segment.left, 0);
    const unmarked = this.#segments.reduce((sum, { segment }) => sum + segment.unmarked, this.#unmarked);
    const isGone = this.folder.close(events === 0, isEnded);
    return { events, unmarked: isGone ? 0 : unmarked, folder: this.folder.path, damaged: [] };
  }

  #append(frame: Frame, first: number): void {
    this.#current(first).append(frame);
  }

  /** The segment that the event goes to. */
  #current(event: number): Segment {
    const last = this.#segments.at(-1)?.segment;
    if (last && !last.isFull) return last;
    last?.finish();
    const segment = Segment.create(this.folder, String(this.#made++).padStart(6, '0'));
    this.#segments.push({ first: event, segment });
    return segment;
  }

  #isFinished(): boolean {
    try {
      this.#segments.at(-1)?.segment.finish();
      return true;
    } catch {
      return false;
    }
  }

  /** Lets go of segments that are full and settled, wherever they are in the row. */
  #forget(): void {
    for (let index = this.#segments.length - 2; index >= 0; index--) {
      const segment = this.#segments[index]?.segment;
      if (segment?.left !== 0) continue;
      this.#unmarked += segment.unmarked;
      this.#segments.splice(index, 1);
    }
  }
}

const LINE_FEED = Uint8Array.of(0x0a);

/** A block's lines with an empty one for each event that can never be sent, so that the number of a line is its event's. */
function withEmptyLines({ lines, ends }: EventBlock): Uint8Array {
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (const end of ends) {
    pieces.push(end === start ? LINE_FEED : lines.subarray(start, end));
    start = end;
  }
  return Buffer.concat(pieces);
}
