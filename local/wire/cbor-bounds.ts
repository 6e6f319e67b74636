/**
 * Whether a body is one CBOR item that can be decoded at a cost in proportion to its size. The SDK's decoder believes
 * what it reads: a list that says it has 30 million items is made room for before the first of them is looked at, each
 * in its turn where they are nested; a bignum takes the square of its length, and a decimal fraction of nine bytes a
 * text of 256 MiB. Nor does the decoder mind where an item ends behind its body.
 * @see https://www.rfc-editor.org/rfc/rfc8949.html#section-3
 */
export function isBoundedCbor(body: Buffer): boolean {
  return itemEnd(body, 0, 0) === body.length;
}

/** Levels of lists, maps and tags in one another; no operation's input has a third of them. */
const MAX_DEPTH = 64;

/** Major types: the first three bits of what an item begins with. */
const BYTES = 2;
const TEXT = 3;
const LIST = 4;
const MAP = 5;
const TAG = 6;
const SIMPLE = 7;

/** The other five bits, where they are no number themselves. */
const ONE_BYTE = 24;
const EIGHT_BYTES = 27;
const INDEFINITE = 31;
const BREAK = 0xff;

/** Bignums and decimal fractions: no service that local AWS has asks for one. */
const COSTLY_TAGS: readonly number[] = [2, 3, 4];

/** Where the item ends that starts at `at`; `NONE` where there is none, or one that would cost too much. */
function itemEnd(body: Buffer, at: number, depth: number): number {
  const first = body[at];
  if (first === undefined || depth > MAX_DEPTH) return NONE;
  const major = first >> 5;
  const minor = first & 0x1f;
  if (minor === INDEFINITE) return indefiniteEnd(body, at + 1, major, depth);
  const from = at + 1 + argumentBytes(minor);
  if (minor > EIGHT_BYTES || from > body.length) return NONE;
  if (major < BYTES || major === SIMPLE) return from;
  const count = argumentOf(body, at + 1, minor);
  switch (major) {
    case LIST:
      return itemsEnd(body, from, count, depth);
    case MAP:
      return itemsEnd(body, from, 2 * count, depth, true);
    case TAG:
      return COSTLY_TAGS.includes(count) ? NONE : itemEnd(body, from, depth + 1);
    default:
      return count > body.length - from ? NONE : from + count;
  }
}

const NONE = -1;

function itemsEnd(body: Buffer, from: number, count: number, depth: number, isMap = false): number {
  // Each has a byte at the least.
  if (count > body.length - from) return NONE;
  let at = from;
  for (let item = 0; item < count && at !== NONE; item++) {
    if (isMap && item % 2 === 0 && !isText(body, at)) return NONE;
    at = itemEnd(body, at, depth + 1);
  }
  return at;
}

/** What a map's key has to be: the decoder takes it for that, and would read on at another place than this does. */
const isText = (body: Buffer, at: number) => (body[at] ?? 0) >> 5 === TEXT;

/** Items up to a break: a text or bytes in pieces, or a list or map that does not say how long it is. */
function indefiniteEnd(body: Buffer, from: number, major: number, depth: number): number {
  if (major < BYTES || major > MAP) return NONE;
  const isInPieces = major === BYTES || major === TEXT;
  let at = from;
  let count = 0;
  while (at !== NONE && at < body.length && body[at] !== BREAK) {
    if (isInPieces && (body.readUInt8(at) >> 5 !== major || (body.readUInt8(at) & 0x1f) === INDEFINITE))
      return NONE;
    if (major === MAP && count % 2 === 0 && !isText(body, at)) return NONE;
    at = itemEnd(body, at, depth + 1);
    count++;
  }
  return at === NONE || at >= body.length || (major === MAP && count % 2 === 1) ? NONE : at + 1;
}

/** Bytes of the number behind an item's first byte. */
const argumentBytes = (minor: number) => (minor < ONE_BYTE ? 0 : 2 ** (minor - ONE_BYTE));

function argumentOf(body: Buffer, at: number, minor: number): number {
  if (minor < ONE_BYTE) return minor;
  if (minor === EIGHT_BYTES) return Number(body.readBigUInt64BE(at));
  return body.readUIntBE(at, argumentBytes(minor));
}
