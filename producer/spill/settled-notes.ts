import { closeSync, constants, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/**
 * The file that says which lines of a segment are settled, by their numbers from 0. A note is how many they are, the
 * CRC-32 of the numbers, and the numbers: 32 bits each.
 */
export class SettledNotes {
  /** @param bytes that the file's notes have. */
  constructor(
    private readonly file: () => string,
    private bytes = 0,
  ) {}

  /** Notes lines. @returns whether the disk has taken it: all of them or none. */
  add(lines: readonly number[]): boolean {
    const numbers = Uint32Array.from(lines);
    const head = Uint32Array.of(numbers.length, crc32(new Uint8Array(numbers.buffer)));
    const note = Buffer.concat([new Uint8Array(head.buffer), new Uint8Array(numbers.buffer)]);
    try {
      const file = openSync(this.file(), constants.O_WRONLY | constants.O_CREAT, 0o666);
      try {
        // At its place: a note that was cut short would else stand before it.
        for (let written = 0; written < note.length; )
          written += writeSync(file, note, written, note.length - written, this.bytes + written);
      } finally {
        closeSync(file);
      }
    } catch {
      return false;
    }
    this.bytes += note.length;
    return true;
  }
}

export interface StoredNotes {
  readonly settled: Set<number>;
  /** Bytes of the notes that can be read: those that follow are put behind them. */
  readonly bytes: number;
  /** Lines, at most, whose notes cannot be read. */
  readonly unreadable: number;
}

/** Reads notes up to the first that is damaged; one that was cut short when its process was killed does not count. */
export function readNotes(file: string): StoredNotes {
  const stored = existsSync(file) ? new Uint8Array(readFileSync(file)) : new Uint8Array();
  const words = new Uint32Array(stored.buffer, 0, Math.floor(stored.byteLength / BYTES_PER_NUMBER));
  const settled = new Set<number>();
  let at = 0;
  for (; at < words.length; at += HEAD + (words[at] ?? 0)) {
    const [count = 0, crc] = words.subarray(at, at + HEAD);
    const end = at + HEAD + count;
    const numbers = stored.subarray((at + HEAD) * BYTES_PER_NUMBER, end * BYTES_PER_NUMBER);
    if (end > words.length || crc32(numbers) !== crc || count === 0) break;
    for (const line of words.subarray(at + HEAD, end)) settled.add(line);
  }
  const isCutShort = at + HEAD + (words[at] ?? 0) > words.length;
  const unreadable = isCutShort ? 0 : Math.max(0, words.length - at - HEAD);
  return { settled, bytes: at * BYTES_PER_NUMBER, unreadable };
}

/** Numbers in front of those of the lines. */
const HEAD = 2;
const BYTES_PER_NUMBER = 4;
