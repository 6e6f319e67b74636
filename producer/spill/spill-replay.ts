import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import type { EventBlock } from '../event-block.js';
import type { JsonEvent } from '../event-line.js';
import { byteLines } from '../input/byte-lines.js';
import type { Journal } from '../journal.js';
import { keyHash } from '../key-hash.js';
import { partitionKeyOf } from '../partition-key.js';
import type { RunFolder, SpillRun } from './run-folder.js';
import { BYTES_PER_NUMBER, LINES, SETTLED, Segment } from './segment.js';
import { spilling } from './spill-error.js';
import type { SpillRest } from './spill-journal.js';

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

  private constructor(
    private readonly folder: RunFolder,
    private readonly pieces: readonly Piece[],
  ) {}

  /** Looks at what there is. @throws SpillError where it cannot be read. */
  static async open(folder: RunFolder): Promise<SpillReplay> {
    const files = spilling(folder.path, 'reading it', () => readdirSync(folder.path).sort());
    const pieces: Piece[] = [];
    for (const file of files) {
      if (!file.endsWith(LINES)) continue;
      const name = file.slice(0, -LINES.length);
      const { settled, noted } = settledLines(folder.file(name + SETTLED));
      const count = await countLines(folder.file(file), settled);
      for (const line of settled) if (line >= count) settled.delete(line);
      pieces.push({ segment: Segment.of(folder, name, count, count - settled.size, noted), settled });
    }
    return new SpillReplay(folder, pieces);
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

  settled(events: readonly number[]): void {
    const bySegment = new Map<Segment, number[]>();
    for (const event of events) {
      const { segment, line } = this.#take(event);
      const lines = bySegment.get(segment);
      if (lines) lines.push(line);
      else bySegment.set(segment, [line]);
    }
    for (const [segment, lines] of bySegment) segment.settle(lines);
    while (this.#places[0]?.left === 0) this.#places.shift();
  }

  /** Ends the replay; the folder is gone where no event is left. */
  close(): SpillRest {
    const { left: events } = this;
    const unmarked = this.pieces.reduce((sum, { segment }) => sum + segment.unmarked, 0);
    if (events + unmarked === 0) this.folder.remove();
    else this.folder.release();
    return { events, unmarked, folder: this.folder.path };
  }

  async *#blocksOf({ segment, settled }: Piece): AsyncGenerator<EventBlock, void, undefined> {
    let lines: Line[] = [];
    for await (const { number, bytes } of byteLines(
      createReadStream(this.folder.file(segment.name + LINES)),
    )) {
      const index = number - 1;
      if (index < segment.count && !settled.has(index)) lines.push({ bytes, index });
      if (lines.length < BLOCK) continue;
      yield this.#block(segment, lines);
      lines = [];
    }
    if (lines.length > 0) yield this.#block(segment, lines);
  }

  #block(segment: Segment, lines: readonly Line[]): EventBlock {
    const first = this.#events;
    this.#events += lines.length;
    this.#places.push({ first, segment, lines: lines.map(({ index }) => index), left: lines.length });
    const keys = lines.map(({ bytes }) => this.#keyOf(bytes));
    let end = 0;
    return {
      first,
      lines: Buffer.concat(lines.flatMap(({ bytes }) => [bytes, LINE_FEED])),
      ends: Uint32Array.from(lines, ({ bytes }) => {
        end += bytes.byteLength + 1;
        return end;
      }),
      // What has no key has no order to keep.
      hashes: Uint32Array.from(keys, (key) => keyHash(key ?? '')),
      keys: keys.map((key) => key ?? 'malformed'),
      alone: keys.flatMap((key, offset) => (key === undefined ? [offset] : [])),
    };
  }

  /** Undefined where the line was malformed from the beginning. */
  #keyOf(line: Uint8Array): string | undefined {
    try {
      const key = partitionKeyOf(this.folder.run, JSON.parse(Buffer.from(line).toString()) as JsonEvent);
      return typeof key === 'string' ? key : undefined;
    } catch {
      return undefined;
    }
  }

  #take(event: number): { readonly segment: Segment; readonly line: number } {
    const place = this.#places.find(({ first, lines }) => event < first + lines.length);
    const line = place?.lines[event - place.first];
    if (!place || line === undefined) throw new RangeError(`Event ${event} was not handed out.`);
    place.left--;
    return { segment: place.segment, line };
  }
}

interface Piece {
  readonly segment: Segment;
  /** Lines of it that were settled when it was opened, counted from 0. */
  readonly settled: ReadonlySet<number>;
}

interface Line {
  /** Without its line feed. */
  readonly bytes: Uint8Array;
  /** Its number in the segment, from 0. */
  readonly index: number;
}

const LINE_FEED = Uint8Array.of(0x0a);

/** The lines that are noted as settled, and how many whole numbers the file has. */
function settledLines(file: string): { readonly settled: Set<number>; readonly noted: number } {
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  const noted = Math.floor(bytes.byteLength / BYTES_PER_NUMBER);
  const settled = new Set<number>();
  for (let number = 0; number < noted; number++) settled.add(bytes.readUInt32LE(number * BYTES_PER_NUMBER));
  return { settled, noted };
}

/** Lines that are whole. Those that are empty stand for events that can never be sent: they are added to the settled. */
async function countLines(file: string, settled: Set<number>): Promise<number> {
  let count = 0;
  let last = 0x0a;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    for (const byte of chunk) {
      if (byte === 0x0a) {
        if (last === 0x0a) settled.add(count);
        count++;
      }
      last = byte;
    }
  }
  return count;
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
