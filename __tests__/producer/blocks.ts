import type { EventBlock } from '../../producer/index.js';

/** The lines of a block's events as text, without their line feeds; empty for a refused event. */
export function linesOf({ lines, ends }: EventBlock): string[] {
  const bytes = Buffer.from(lines);
  return [...ends].map((end, offset) =>
    bytes.toString('utf8', ends[offset - 1] ?? 0, end).replace(/\n$/, ''),
  );
}

/** All of what an iteration gives. */
export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}

/** A block of these lines; what is not told is left out. */
export function blockOf(lines: readonly string[], first = 0): EventBlock {
  const bytes = lines.map((line) => Buffer.from(line === '' ? '' : `${line}\n`));
  let end = 0;
  return {
    first,
    lines: Buffer.concat(bytes),
    ends: Uint32Array.from(bytes, ({ length }) => {
      end += length;
      return end;
    }),
    hashes: Uint32Array.from(lines, (_, index) => index),
  };
}
