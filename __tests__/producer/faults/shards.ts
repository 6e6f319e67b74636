import { evenRanges } from '../../../local/kinesis/hash-key.js';
import type { Reshard } from './faults.js';
import { Shard } from './shard.js';

/** The shards of a stream, while it is split and merged. */
export class Shards {
  /** By number, which is also the order of opening: a parent comes before its children. */
  readonly all: Shard[];

  constructor(count: number) {
    this.all = evenRanges(count).map((range, number) => new Shard(number, range, []));
  }

  get open(): Shard[] {
    return this.all.filter(({ isOpen }) => isOpen);
  }

  /** The open shard whose range holds a hash key. */
  holding(hashKey: bigint): Shard {
    for (const shard of this.all) {
      if (shard.isOpen && shard.range.start <= hashKey && hashKey <= shard.range.end) return shard;
    }
    throw new RangeError(`No shard holds the hash key ${hashKey}.`);
  }

  reshard(change: Reshard): void {
    if ('split' in change) {
      const { start, end } = this.#close(change.split);
      const middle = (start + end) / 2n;
      this.#open(start, middle, [change.split]);
      this.#open(middle + 1n, end, [change.split]);
    } else {
      const [lower, upper] = change.merge.map((number) => this.#close(number));
      if (!lower || !upper || lower.end + 1n !== upper.start) {
        throw new RangeError(`Shards ${change.merge.join(' and ')} are no neighbours.`);
      }
      this.#open(lower.start, upper.end, change.merge);
    }
  }

  #close(number: number) {
    const shard = this.all[number];
    if (!shard?.isOpen) throw new RangeError(`Shard ${number} is not open.`);
    shard.isOpen = false;
    return shard.range;
  }

  #open(start: bigint, end: bigint, parents: readonly number[]): void {
    this.all.push(new Shard(this.all.length, { start, end }, parents));
  }
}
