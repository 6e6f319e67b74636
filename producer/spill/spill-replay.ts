import { readdirSync } from 'node:fs';
import type { EventBlock } from '../event-block.js';
import type { JsonEvent } from '../event-line.js';
import type { Journal } from '../journal.js';
import { keyHash } from '../key-hash.js';
import { partitionKeyOf } from '../partition-key.js';
import type { RunFolder } from './run-folder.js';
import { EVENTS, Segment } from './segment.js';
import { spilling } from './spill-error.js';
import type { DamagedFile, SpillRest } from './spill-rest.js';
import type { SpillRun } from './spill-run.js';
import { framesOf, linesOf, readSegment, type StoredLine, type StoredSegment } from './stored-segment.js';

/** Events of a block. */
const BLOCK = 1_000;

/**
 * What an earlier run has kept, to be sent again: the events that are not settled, in their order. It is its own
 * journal: what is acknowledged is noted where the event lies, so that a replay that is interrupted goes on there.
 */
export class SpillReplay implements Journal {
  /** Where the events lie that have been handed out, by their numbers in this run. */
  readonly #places: Place[] = [];
  #events = 0;
  #unmarked = 0;

  private constructor(
    private readonly folder: RunFolder,
    private readonly pieces: readonly Piece[],
    private readonly keys: boolean,
  ) {}

  /**
   * Looks at what there is.
   * @param keys whether blocks are to carry the partition keys.
   * @throws SpillError where it cannot be read.
   */
  static open(folder: RunFolder, { keys = false } = {}): SpillReplay {
    const files = spilling(folder.path, 'reading it', () => readdirSync(folder.path).sort());
    const names = files.filter((file) => file.endsWith(EVENTS)).map((file) => file.slice(0, -EVENTS.length));
    const pieces = names.map((name, index): Piece => {
      // A run that was killed has not ended the last.
      const stored = readSegment(folder, name, folder.isEnded || index < names.length - 1);
      const { count, left, notes } = stored;
      const isDamaged = stored.uncertain > 0 || stored.isAtLeast || stored.unreadableNotes > 0;
      return { stored, isDamaged, segment: Segment.of(folder, name, { count, left, notes, isDamaged }) };
    });
    return new SpillReplay(folder, pieces, keys);
  }

  get run(): SpillRun {
    return this.folder.run;
  }

  /** Events that are not settled. */
  get left(): number {
    return this.pieces.reduce((sum, { segment }) => sum + segment.left, 0);
  }

  /** The events, in blocks. To be taken by one producer, whose journal this is. */
  async *blocks(): AsyncGenerator<EventBlock, void, undefined> {
    for (const piece of this.pieces) if (piece.segment.left > 0) yield* this.#blocksOf(piece);
  }

  /** They are kept already. */
  append(): void {}

  appendBlock(): void {}

  /** Never throws; where the disk does not take it, `close` tells how many. */
  settled(events: readonly number[]): void {
    const bySegment = new Map<Segment, number[]>();
    for (const event of events) {
      const place = this.#places.find(({ first, lines }) => event < first + lines.length);
      const line = place?.lines[event - place.first];
      if (!place || line === undefined) {
        this.#unmarked++;
        continue;
      }
      place.left--;
      const lines = bySegment.get(place.segment);
      if (lines) lines.push(line);
      else bySegment.set(place.segment, [line]);
    }
    for (const [segment, lines] of bySegment) segment.settle(lines);
    while (this.#places[0]?.left === 0) this.#places.shift();
  }

  /** Ends the replay; the folder is gone where no event is left. Never throws. */
  close(): SpillRest {
    const { left: events } = this;
    const unmarked = this.pieces.reduce((sum, { segment }) => sum + segment.unmarked, this.#unmarked);
    const isDone = this.pieces.every(({ segment, isDamaged }) =>
      isDamaged ? segment.isGone : segment.left === 0,
    );
    const isGone = this.folder.close(isDone);
    return {
      events,
      unmarked: isGone ? 0 : unmarked,
      folder: this.folder.path,
      damaged: [...this.#damaged()],
    };
  }

  *#damaged(): Generator<DamagedFile, void, undefined> {
    for (const { segment, isDamaged, stored } of this.pieces) {
      if (!isDamaged) continue;
      const { uncertain, isAtLeast, unreadableNotes } = stored;
      yield { file: segment.path, uncertain, isAtLeast, unreadableNotes };
    }
  }

  *#blocksOf({ segment, stored }: Piece): Generator<EventBlock, void, undefined> {
    let lines: StoredLine[] = [];
    for (const frame of framesOf(this.folder, segment.name).frames) {
      for (const line of linesOf(frame)) {
        if (stored.settled.has(line.number)) continue;
        lines.push(line);
        if (lines.length < BLOCK) continue;
        yield this.#block(segment, lines);
        lines = [];
      }
    }
    if (lines.length > 0) yield this.#block(segment, lines);
  }

  #block(segment: Segment, lines: readonly StoredLine[]): EventBlock {
    const first = this.#events;
    this.#events += lines.length;
    this.#places.push({ first, segment, lines: lines.map(({ number }) => number), left: lines.length });
    let end = 0;
    return {
      first,
      lines: Buffer.concat(lines.map(({ bytes }) => bytes)),
      ends: Uint32Array.from(lines, ({ bytes }) => {
        end += bytes.byteLength;
        return end;
      }),
      hashes: Uint32Array.from(lines, ({ hash }) => hash),
      alone: lines.flatMap(({ isAlone }, offset) => (isAlone ? [offset] : [])),
      ...(this.keys && { keys: lines.map((line) => line.key ?? this.#keyOf(line)) }),
    };
  }

  /** The key of a line that was kept without: the event's, unless it was given another; then one that stands for it. */
  #keyOf({ bytes, hash }: StoredLine): string {
    try {
      const key = partitionKeyOf(this.run, JSON.parse(Buffer.from(bytes).toString()) as JsonEvent);
      if (typeof key === 'string' && keyHash(key) === hash) return key;
    } catch {
      // It is malformed.
    }
    return String(hash);
  }
}

interface Piece {
  readonly segment: Segment;
  /** What was found of it when it was opened. */
  readonly stored: StoredSegment;
  readonly isDamaged: boolean;
}

/** Events that were handed out together. */
interface Place {
  /** The number of the first. */
  readonly first: number;
  readonly segment: Segment;
  /** Their lines' numbers in the segment. */
  readonly lines: readonly number[];
  /** How many are not settled. */
  left: number;
}
