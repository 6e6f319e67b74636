import { evenRanges } from './hash-key.js';
import { openShards, type ShardEntry } from './stream-entry.js';

/**
 * A stream's shards while they are split and merged. A shard that is split or merged is closed, and others with its
 * hash keys take over from it.
 */
export class Resharding {
  /** By number: the shards as they were come first. */
  readonly shards: ShardEntry[];

  constructor(
    shards: readonly ShardEntry[],
    /** Milliseconds since 1970. */
    private readonly now: number,
  ) {
    this.shards = [...shards];
  }

  /** Splits an open shard in front of the hash key `at`, which must lie behind its first. */
  split(shard: ShardEntry, at: bigint): void {
    this.close(shard);
    this.open([shard], BigInt(shard.startingHashKey), at - 1n);
    this.open([shard], at, BigInt(shard.endingHashKey));
  }

  /** Merges two open shards of which `upper` follows upon `lower`, and gives the shard that they become. */
  merge(lower: ShardEntry, upper: ShardEntry): ShardEntry {
    this.close(lower);
    this.close(upper);
    return this.open([lower, upper], BigInt(lower.startingHashKey), BigInt(upper.endingHashKey));
  }

  /** Splits and merges until `count` open shards divide the hash keys evenly. Those that lie right are left alone. */
  divideEvenly(count: number): void {
    const wanted = evenRanges(count);
    for (const { start } of wanted) {
      const shard = openShards(this).find(
        ({ startingHashKey, endingHashKey }) =>
          BigInt(startingHashKey) < start && start <= BigInt(endingHashKey),
      );
      if (shard) this.split(shard, start);
    }
    const parts = openShards(this);
    for (const { end } of wanted) {
      let whole = parts.shift();
      while (whole && BigInt(whole.endingHashKey) < end) {
        const next = parts.shift();
        if (!next) break;
        whole = this.merge(whole, next);
      }
    }
  }

  private close(shard: ShardEntry): void {
    this.shards[shard.number] = { ...shard, closedAt: this.now };
  }

  private open(parents: readonly ShardEntry[], start: bigint, end: bigint): ShardEntry {
    const shard = {
      number: this.shards.length,
      startingHashKey: String(start),
      endingHashKey: String(end),
      parents: parents.map(({ number }) => number),
      openedAt: this.now,
    };
    this.shards.push(shard);
    return shard;
  }
}
