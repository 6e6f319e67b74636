import type { HashKeyRange } from '../../../local/kinesis/hash-key.js';
import { CommitLog } from './commit-log.js';
import { TokenBucket } from './token-bucket.js';

/** A shard of a scripted stream. */
export class Shard {
  /** Its events, in the order of their sequence numbers. */
  readonly log = new CommitLog();
  /** Bytes taken in each second of the stream's clock, keys included. */
  readonly bytesBySecond: number[] = [];
  isOpen = true;
  readonly #bytes = new TokenBucket(BYTES_PER_SECOND, LARGEST_RECORD);
  readonly #records = new TokenBucket(RECORDS_PER_SECOND, RECORDS_PER_SECOND);

  /** @param parents numbers of the shards that were closed for this one. */
  constructor(
    readonly number: number,
    readonly range: HashKeyRange,
    readonly parents: readonly number[],
  ) {}

  get id(): string {
    return `shardId-${String(this.number).padStart(12, '0')}`;
  }

  /** Uses up budget for a record, where there is enough. @param share of the budget that nobody else uses. */
  admit(bytes: number, now: number, share: number): boolean {
    this.#bytes.fill(now, share);
    this.#records.fill(now, share);
    if (!this.#bytes.has(bytes) || !this.#records.has(1)) return false;
    this.#bytes.take(bytes);
    this.#records.take(1);
    return true;
  }

  countBytes(bytes: number, now: number): void {
    const second = Math.floor(now / 1_000);
    this.bytesBySecond[second] = (this.bytesBySecond[second] ?? 0) + bytes;
  }
}

/**
 * What a shard takes a second.
 * @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
 */
export const BYTES_PER_SECOND = 1_000_000;
const RECORDS_PER_SECOND = 1_000;

/** Bytes that a shard which was idle takes at once: a second's worth, and the largest record has to fit. */
const LARGEST_RECORD = 1_048_576;
