import { customers } from '../../datasets/index.js';
import type { EventBlock } from '../../producer/event-block.js';
import { generateBlocks } from '../../producer/generate/generate-blocks.js';

/** Different events that are made beforehand; who needs more sends them again. */
const SUPPLY = 100_000;

/** Events that were made before the clock starts: `amount` of them, in blocks of a thousand, again and again the same. */
export async function eventSupply(amount: number): Promise<Iterable<EventBlock>> {
  const blocks: EventBlock[] = [];
  const options = { amount: Math.min(amount, SUPPLY), keys: true, workers: 0 };
  for await (const block of generateBlocks(customers, options)) blocks.push(block);
  return repeated(blocks, amount);
}

/** One event of a block, as a record of its own. */
export interface SingleRecord {
  readonly PartitionKey: string;
  readonly Data: Uint8Array;
}

/** The same events one by one, ready to be sent, so that peers need not even serialize. */
export async function recordSupply(amount: number): Promise<readonly SingleRecord[]> {
  const records: SingleRecord[] = [];
  for (const { lines, ends, keys = [] } of await eventSupply(amount)) {
    let start = 0;
    for (const [offset, end] of ends.entries()) {
      records.push({ PartitionKey: keys[offset] ?? '', Data: lines.subarray(start, end) });
      start = end;
    }
  }
  return records.slice(0, amount);
}

function* repeated(blocks: readonly EventBlock[], amount: number): Generator<EventBlock> {
  let left = amount;
  while (left > 0) {
    for (const block of blocks) {
      if (left <= 0) return;
      yield block;
      left -= block.ends.length;
    }
  }
}
