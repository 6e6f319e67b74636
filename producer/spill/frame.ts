import { crc32 } from 'node:zlib';

/** Events as a journal keeps them together, written at once. */
export interface Frame {
  /** A line for each event, with its line feed; an empty one for an event that can never be sent. */
  readonly lines: Uint8Array;
  /** The first 32 bits of the MD5 of each event's partition key. */
  readonly hashes: Uint32Array;
  /** The partition keys, where records of one event each are to carry them. */
  readonly keys?: readonly string[] | undefined;
  /** Events that are to share their record with no other (offsets, ascending). */
  readonly alone?: readonly number[] | undefined;
}

/** A frame as it was found. */
export interface StoredFrame extends Frame {
  /** Number of its first line in the file, from 0. */
  readonly first: number;
}

/**
 * A frame's bytes: `#`, the CRC-32 of what follows it in hexadecimal, a line of JSON, and the lines themselves. So the
 * file stays one that people can read, and damage in it is seen.
 *
 * @param first number of its first line in the file.
 */
export function frameBytes(first: number, { lines, hashes, keys, alone }: Frame): Uint8Array {
  const head = Buffer.from(
    `${JSON.stringify({
      first,
      events: hashes.length,
      bytes: lines.byteLength,
      hashes: Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength).toString('base64'),
      keys,
      alone: alone?.length ? alone : undefined,
    })}\n`,
  );
  const crc = crc32(lines, crc32(head));
  return Buffer.concat([Buffer.from(`#${crc.toString(16).padStart(CRC_DIGITS, '0')} `), head, lines]);
}

/** The end of a file with so many lines: a frame of no events. */
export const endBytes = (count: number) => frameBytes(count, { lines: EMPTY, hashes: new Uint32Array() });

/** What is in a journal's file. */
export interface StoredFrames {
  readonly frames: readonly StoredFrame[];
  /** Lines that the file has, or is known to have had. */
  readonly count: number;
  /** Whether it was ended as it should be: nothing is missing behind. */
  readonly isEnded: boolean;
  /** Whether there is something at the end that is no frame cut short, as when its process was killed. */
  readonly hasBadEnd: boolean;
}

/** Reads a journal's file; what is damaged is passed over, and missing in the row of lines. */
export function readFrames(bytes: Buffer): StoredFrames {
  const frames: StoredFrame[] = [];
  let count = 0;
  let isEnded = false;
  let isWell = true;
  let bad: Head | undefined;
  for (let at = 0; at < bytes.length; ) {
    const head = headAt(bytes, at);
    const frame = head && frameOf(bytes, head);
    // Frames are in the row of their numbers; what says otherwise is a part of an event that looks like one.
    if (!head || !frame || frame.first < count) {
      if (isWell) bad = head;
      isWell = false;
      const next = bytes.indexOf(MARK_OF_A_LINE, at);
      at = next < 0 ? bytes.length : next + 1;
      continue;
    }
    isWell = true;
    frames.push(frame);
    isEnded = head.events === 0;
    count = frame.first + head.events;
    at = head.end;
  }
  // Each line has a byte at least: a head that says more says nothing.
  const known = bad ? bad.first + bad.events : 0;
  const hasBadEnd = !isWell && bad !== undefined && Math.max(bad.end, known) <= bytes.length;
  return { frames, count: hasBadEnd ? Math.max(count, known) : count, isEnded, hasBadEnd };
}

/** A frame's line of JSON. */
interface Head extends Pick<StoredFrame, 'first' | 'keys' | 'alone'> {
  readonly crc: number;
  readonly events: number;
  readonly hashes: string;
  /** Where what the CRC covers begins, where the lines do, and where they end. */
  readonly start: number;
  readonly lines: number;
  readonly end: number;
}

/** Undefined where there is none, or only a part of one. */
function headAt(bytes: Buffer, at: number): Head | undefined {
  const start = at + 1 + CRC_DIGITS + 1;
  const lines = bytes.indexOf(LINE_FEED, start) + 1;
  if (bytes[at] !== MARK || lines === 0) return undefined;
  try {
    const head = JSON.parse(bytes.toString('utf8', start, lines)) as Head & { readonly bytes: number };
    const isHead = [head.first, head.events, head.bytes].every(
      (each) => Number.isSafeInteger(each) && each >= 0,
    );
    const crc = Number.parseInt(bytes.toString('latin1', at + 1, start - 1), 16);
    return isHead ? { ...head, crc, start, lines, end: lines + head.bytes } : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined where it is not as it was written. */
function frameOf(bytes: Buffer, head: Head): StoredFrame | undefined {
  const { start, lines, end, crc, first, keys, alone } = head;
  if (end > bytes.length || crc32(bytes.subarray(start, end)) !== crc) return undefined;
  const hashes = new Uint8Array(Buffer.from(head.hashes, 'base64'));
  return { first, lines: bytes.subarray(lines, end), hashes: new Uint32Array(hashes.buffer), keys, alone };
}

const EMPTY = new Uint8Array();
const LINE_FEED = 0x0a;
const MARK = 0x23;
const MARK_OF_A_LINE = Buffer.from('\n#');
const CRC_DIGITS = 8;
