import { createReadStream } from 'node:fs';
import type { Dataset } from '../../datasets/index.js';
import type { EventBlock } from '../event-block.js';
import { BlockBuilder } from '../generate/block-builder.js';
import { BLOCK } from '../generate/generation-plan.js';
import { LIMITS } from '../write/limits.js';
import { LineCheck } from './line-check.js';
import { type InputLine, LineSplitter } from './line-splitter.js';

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
 * passed on as they are, to the byte; those that are there go on without waiting for others.
 *
 * @param source such as a file's stream.
 * @throws what the source throws.
 */
export async function* readEvents(
  dataset: Omit<Dataset, 'generate'>,
  source: AsyncIterable<Uint8Array>,
  { keys = false, onUnknownField }: ReadEventsOptions = {},
): AsyncGenerator<EventBlock, void, undefined> {
  const splitter = new LineSplitter(LIMITS.bytesPerRecord);
  const builder = new BlockBuilder(dataset, keys);
  const check = new LineCheck(dataset, onUnknownField);
  let first = 0;
  const take = () => {
    const block = builder.take(first);
    first += block.ends.length;
    return block;
  };
  const blocksOf = function* (lines: Iterable<InputLine>) {
    let bytes = 0;
    for (const line of lines) {
      addLine(builder, check, line);
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

function addLine(builder: BlockBuilder, check: LineCheck, { number, bytes, isTooLong }: InputLine): void {
  if (isTooLong) {
    const message = `The line is longer than the ${LIMITS.bytesPerRecord} bytes that Kinesis takes.`;
    const text = `${Buffer.from(bytes).toString()}…`;
    builder.refuse({ code: 'RecordTooLarge', message, text, line: number });
    return;
  }
  const checked = check.check(bytes);
  if (checked.kind === 'event') builder.addLine(bytes, checked.key, number);
  else {
    const { code, message } = checked;
    builder.refuse({ code, message, text: Buffer.from(bytes).toString(), line: number });
  }
}
