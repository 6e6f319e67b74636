/**
 * Bytes as text, with a replacement for each sequence that is no UTF-8: of a sequence that is cut off, for what there is
 * of it, of one that is complete and yet not allowed (a surrogate, too long a form), for the whole.
 */
export function fixedUtf8(bytes: Uint8Array, replacement: string): string {
  const pieces: string[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length < 0) {
      pieces.push(utf8(bytes, start, at), replacement);
      start = at - length;
    }
    at += Math.abs(length);
  }
  return pieces.join('') + utf8(bytes, start, bytes.length);
}

function utf8(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}

/** How many bytes a code point has; how many to skip, as a negative number, where there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const size = SIZES.findIndex((end) => first < end);
  if (size < 2) return -1;
  let code = first & (0x7f >> size);
  for (let i = 1; i < size; i++) {
    const next = bytes[at + i] ?? 0;
    if (at + i >= bytes.length || (next & 0xc0) !== 0x80) return -i;
    code = (code << 6) | (next & 0x3f);
  }
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return size > 4 || code < (LEAST[size] ?? 0) || code > 0x10ffff || isSurrogate ? -size : size;
}

/** The first byte that begins no sequence of so many bytes any more; those of five and six are not allowed. */
const SIZES = [0, 0xc0, 0xe0, 0xf0, 0xf8, 0xfc, 0xfe];

/** The first code point that needs so many bytes. */
const LEAST: Readonly<Record<number, number>> = { 2: 0x80, 3: 0x800, 4: 0x10000 };
