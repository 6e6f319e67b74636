import { LIMITS } from '../write/limits.js';

/** A line of a stream of bytes. */
export interface ByteLine {
  /** From 1. */
  readonly number: number;
  /** Without the line feed; its beginning, where it is longer than may be. */
  readonly bytes: Uint8Array;
  /** Bytes that the line has, all of them. */
  readonly length: number;
}

/**
 * The lines of a stream of bytes, without the empty last one. No more than one is held at a time.
 *
 * @param longest bytes after which a line is cut: its rest is passed over.
 */
export async function* byteLines(
  chunks: AsyncIterable<Uint8Array>,
  longest = LONGEST_LINE,
): AsyncGenerator<ByteLine> {
  const splitter = new LineSplitter(longest);
  for await (const chunk of chunks) yield* splitter.push(chunk);
  yield* splitter.end();
}

/** Splits bytes that come in pieces into lines, for those who are to know where a piece ends. */
export class LineSplitter {
  /** The beginning of a line whose end has not come. */
  #parts: Uint8Array[] = [];
  /** Bytes of it, and of those how many are held. */
  #length = 0;
  #held = 0;
  #number = 1;

  /** @param longest bytes after which a line is cut. */
  constructor(private readonly longest = LONGEST_LINE) {}

  /** The lines that end in a piece. They are parts of it: to be used before the next piece is taken. */
  *push(piece: Uint8Array): Generator<ByteLine, void, undefined> {
    let start = 0;
    for (let end = piece.indexOf(LINE_FEED); end >= 0; end = piece.indexOf(LINE_FEED, start)) {
      this.#add(piece.subarray(start, end));
      yield this.#line();
      start = end + 1;
    }
    // A copy, since whoever reads the pieces may use their memory again.
    if (start < piece.length) this.#add(new Uint8Array(piece.subarray(start)));
  }

  /** The last line, if it has no line feed. */
  *end(): Generator<ByteLine, void, undefined> {
    if (this.#length > 0) yield this.#line();
  }

  #add(part: Uint8Array): void {
    const taken = part.subarray(0, this.longest - this.#held);
    if (taken.length > 0) this.#parts.push(taken);
    this.#held += taken.length;
    this.#length += part.length;
  }

  #line(): ByteLine {
    const [only, ...others] = this.#parts;
    const bytes = only && others.length === 0 ? only : Buffer.concat(this.#parts);
    const line = { number: this.#number++, bytes, length: this.#length };
    this.#parts = [];
    this.#length = 0;
    this.#held = 0;
    return line;
  }
}

const LINE_FEED = 0x0a;

/** The longest record that Kinesis takes, as base64 with what Firehose says about it, and to spare. */
const LONGEST_LINE = 1.6 * LIMITS.raisedBytesPerRecord;
