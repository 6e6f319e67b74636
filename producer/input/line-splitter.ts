/** A line of an input, without its line ending. */
export interface InputLine {
  /** From 1; lines that are skipped count. */
  readonly number: number;
  /** Of a line that is too long, its beginning. */
  readonly bytes: Uint8Array;
  readonly isTooLong: boolean;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** Bytes that are kept of a line that is too long. */
const BEGINNING = 1_024;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/**
 * Splits bytes that come in pieces into lines. Lines end with a line feed, or a carriage return and a line feed; the last
 * may end with neither. Lines of nothing but spaces are left out, as is a byte order mark at the beginning.
 */
export class LineSplitter {
  /** The beginning of a line whose end has not come. */
  #parts: Uint8Array[] = [];
  #length = 0;
  #number = 0;

  /** @param longest bytes of the longest line that is held; of longer ones only the beginning is given. */
  constructor(private readonly longest: number) {}

  /** The lines that end in a piece. They are parts of it: to be used before the next piece is taken. */
  *push(piece: Uint8Array): Generator<InputLine, void, undefined> {
    let start = 0;
    for (let end = piece.indexOf(LINE_FEED); end >= 0; end = piece.indexOf(LINE_FEED, start)) {
      this.#keep(piece.subarray(start, end));
      yield* this.#line();
      start = end + 1;
    }
    // A copy, since whoever reads the pieces may use their memory again.
    if (start < piece.length) this.#keep(new Uint8Array(piece.subarray(start)));
  }

  /** The last line, if it has no line ending. */
  *end(): Generator<InputLine, void, undefined> {
    if (this.#length > 0) yield* this.#line();
  }

  #keep(part: Uint8Array): void {
    if (this.#length <= this.longest + 1) this.#parts.push(part);
    this.#length += part.length;
  }

  *#line(): Generator<InputLine, void, undefined> {
    const [only = EMPTY, ...others] = this.#parts;
    let bytes = others.length > 0 ? Buffer.concat(this.#parts) : only;
    const number = ++this.#number;
    let length = this.#length;
    this.#parts = [];
    this.#length = 0;
    if (bytes.length === length && bytes.at(-1) === CARRIAGE_RETURN) {
      bytes = bytes.subarray(0, -1);
      length--;
    }
    if (number === 1 && BYTE_ORDER_MARK.equals(bytes.subarray(0, BYTE_ORDER_MARK.length))) {
      bytes = bytes.subarray(BYTE_ORDER_MARK.length);
      length -= BYTE_ORDER_MARK.length;
    }
    if (length > this.longest) yield { number, bytes: bytes.subarray(0, BEGINNING), isTooLong: true };
    else if (!bytes.every(isSpace)) yield { number, bytes, isTooLong: false };
  }
}

const EMPTY = new Uint8Array();

/** Of JSON's white space what can be within a line. */
function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === CARRIAGE_RETURN;
}
