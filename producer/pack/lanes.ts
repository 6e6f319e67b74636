/**
 * The lanes that the hash space is divided into, all equally wide. Events whose keys hash into one lane travel one
 * record after another, so that their order holds; records of different lanes do not wait for one another.
 *
 * A lane's records all go to one point in the hash space, which stays the same when shards are split or merged: what
 * was sent to a parent shard is read before what is sent to its children.
 */
export class Lanes {
  readonly #hashKeys: readonly string[];

  /** @param count 1 or more; four a shard leave no shard waiting for an answer. */
  constructor(readonly count: number) {
    const width = HASH_SPACE / BigInt(count);
    this.#hashKeys = Array.from({ length: count }, (_, lane) => String(BigInt(lane) * width + width / 2n));
  }

  /** The lane of a key, by the first 32 bits of its MD5. */
  laneOf(hash: number): number {
    return Math.floor((hash * this.count) / 2 ** 32);
  }

  /** The `ExplicitHashKey` of a lane's records: the middle of the lane, as Kinesis writes 128-bit numbers. */
  hashKeyOf(lane: number): string {
    const hashKey = this.#hashKeys[lane];
    if (hashKey === undefined) throw new RangeError(`There is no lane ${lane} of ${this.count}.`);
    return hashKey;
  }
}

/** The partition key of a lane's records. */
export const laneName = (lane: number) => `lane-${lane}`;

/** Bytes that a lane's name has at most. */
export const LANE_NAME_BYTES = 10;

/** More would have longer names. */
export const MOST_LANES = 10_000;

/** How many hash keys there are. */
const HASH_SPACE = 1n << 128n;
