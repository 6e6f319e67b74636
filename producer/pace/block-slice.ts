import type { EventBlock } from '../event-block.js';

/** The events of a block from offset `from` up to `to`, exclusive, as a block of their own that shares its lines. */
export function sliceBlock(block: EventBlock, from: number, to: number): EventBlock {
  const { first, lines, ends, hashes, keys, alone, refused, imperfect } = block;
  if (from === 0 && to === ends.length) return block;
  const start = from === 0 ? 0 : (ends[from - 1] ?? 0);
  const end = to === 0 ? 0 : (ends[to - 1] ?? 0);
  const isIn = (offset: number) => offset >= from && offset < to;
  const named = <T extends { readonly offset: number }>(all: readonly T[]) =>
    all.filter(({ offset }) => isIn(offset)).map((one) => ({ ...one, offset: one.offset - from }));
  return {
    first: first + from,
    lines: lines.subarray(start, end),
    ends: ends.slice(from, to).map((each) => each - start),
    hashes: hashes.subarray(from, to),
    ...(keys && { keys: keys.slice(from, to) }),
    ...(alone && { alone: alone.filter(isIn).map((offset) => offset - from) }),
    ...(refused && { refused: named(refused) }),
    ...(imperfect && { imperfect: named(imperfect) }),
  };
}
