/** A line of a stream of bytes. */
export interface ByteLine {
  /** From 1. */
  readonly number: number;
  /** Without the line feed; its beginning, where it is longer than may be. */
  readonly bytes: Uint8Array;
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
  let number = 1;
  let pieces: Uint8Array[] = [];
  let length = 0;
  const add = (piece: Uint8Array) => {
    const taken = piece.subarray(0, Math.max(0, longest - length));
    if (taken.length > 0) pieces.push(taken);
    length += taken.length;
  };
  const take = (): ByteLine => {
    const [only, ...others] = pieces;
    const bytes = only && others.length === 0 ? only : Buffer.concat(pieces);
    pieces = [];
    length = 0;
    return { number: number++, bytes };
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      add(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  if (length > 0) yield take();
}

const LINE_FEED = 0x0a;

/** A record of 10 MiB, the most that Kinesis takes, as base64 with what Firehose says about it, and to spare. */
const LONGEST_LINE = 16 * 1_024 * 1_024;
