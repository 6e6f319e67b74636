import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import type { Dataset } from '../../datasets/index.js';
import type { EventBlock, RefusedEvent } from '../event-block.js';
import { BlockBuilder } from '../generate/block-builder.js';
import { BLOCK } from '../generate/generation-plan.js';
import { LIMITS } from '../write/limits.js';
import { type ByteLine, LineSplitter } from './byte-lines.js';
import { LineCheck } from './line-check.js';

export interface ReadEventsOptions {
  /** Whether blocks are to carry the partition keys. @default false */
  readonly keys?: boolean | undefined;
  /** Called for each field of an event that is no column of the dataset: Firehose will leave it out. */
  readonly onUnknownField?: (name: string) => void;
}

/** Bytes of lines that a block has about, at most. */
const BLOCK_BYTES = LIMITS.bytesPerRecord;

/**
 * Reads JSON lines as events of a dataset. A line that is none is refused by its number, and the rest goes on. Lines are
 * passed on as they are, to the byte; those that are there go on without waiting for others. They end with a line feed,
 * or a carriage return and a line feed; the last may end with neither. Lines of nothing but spaces are left out, as is a
 * byte order mark at the beginning.
 *
 * @param source such as a file's stream.
 * @throws what the source throws.
 */
export async function* readEvents(
  dataset: Omit<Dataset, 'generate'>,
  source: AsyncIterable<Uint8Array>,
  { keys = false, onUnknownField }: ReadEventsOptions = {},
): AsyncGenerator<EventBlock, void, undefined> {
  const splitter = new LineSplitter();
  const builder = new BlockBuilder(dataset, keys);
  const check = new LineCheck(dataset, onUnknownField);
  let first = 0;
  const take = () => {
    const block = builder.take(first);
    first += block.ends.length;
    return block;
  };
  const blocksOf = function* (lines: Iterable<ByteLine>) {
    let bytes = 0;
    for (const line of lines) {
      addLine(builder, check, withoutEnding(line));
      bytes += line.bytes.byteLength;
      if (builder.events < BLOCK && bytes < BLOCK_BYTES) continue;
      yield take();
      bytes = 0;
    }
    if (builder.events > 0) yield take();
  };
  for await (const piece of source) yield* blocksOf(splitter.push(piece));
  yield* blocksOf(splitter.end());
}

/** The bytes of a file, or of standard input for `-`. */
export function openInput(path: string): AsyncIterable<Uint8Array> {
  return path === '-' ? process.stdin : createReadStream(path, { highWaterMark: PIECE });
}

/** Bytes that are read of a file at once. */
const PIECE = 256 * 1_024;

/** The line without its carriage return, and the first without a byte order mark. */
function withoutEnding({ number, bytes, length }: ByteLine): ByteLine {
  const isWhole = bytes.length === length;
  const from =
    number === 1 && BYTE_ORDER_MARK.equals(bytes.subarray(0, BYTE_ORDER_MARK.length))
      ? BYTE_ORDER_MARK.length
      : 0;
  const to = isWhole && bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
  return { number, bytes: bytes.subarray(from, to), length: length - from - (bytes.length - to) };
}

function addLine(builder: BlockBuilder, check: LineCheck, { number, bytes, length }: ByteLine): void {
  if (length > LIMITS.bytesPerRecord) {
    const message = `The line has ${length} bytes; Kinesis takes ${LIMITS.bytesPerRecord}.`;
    const cut = length > bytes.length && ({ cut: true } as const);
    builder.refuse({ code: 'RecordTooLarge', message, ...textOf(bytes), ...cut, line: number });
    return;
  }
  if (bytes.every(isSpace)) return;
  const checked = check.check(bytes);
  if (checked.kind === 'event') builder.addLine(bytes, checked.key, number);
  else {
    const { code, message } = checked;
    builder.refuse({ code, message, ...textOf(bytes), line: number });
  }
}

/** Bytes as a text that says them exactly. */
function textOf(bytes: Uint8Array): Pick<RefusedEvent, 'text' | 'encoding'> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return { text: buffer.toString() };
  return { text: buffer.toString('base64'), encoding: 'base64' };
}

const BYTE_ORDER_MARK = Buffer.from('\ufeff');
const CARRIAGE_RETURN = 0x0d;

/** Of JSON's white space what can be within a line. */
function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === CARRIAGE_RETURN;
}
