/**
 * Milliseconds of many events, kept as counts in buckets that grow by one percent each, so that any percentile can be
 * told with an error below half a percent from some kilobytes of memory.
 *
 * @see https://www.vldb.org/pvldb/vol12/p2195-masson.pdf DDSketch, which these buckets are from. Node's own histogram
 * takes values one by one, and whole ones; here one call counts all events of a record.
 */
export class LatencyHistogram {
  readonly #counts = new Float64Array(BUCKETS);
  #total = 0;

  /** Counts events that took so many milliseconds. What is below a microsecond counts as none, and none is above 30 days. */
  record(milliseconds: number, events = 1): void {
    const bucket =
      milliseconds > SMALLEST ? 1 + Math.floor(Math.log(milliseconds / SMALLEST) / LOG_GROWTH) : 0;
    const index = Math.min(bucket, BUCKETS - 1);
    this.#counts[index] = (this.#counts[index] ?? 0) + events;
    this.#total += events;
  }

  /** How many events were counted. */
  get count(): number {
    return this.#total;
  }

  /**
   * Milliseconds within which so many percent of the events were (0 to 100); 0 where there are none. The same as the
   * value at the rank that is next above in the sorted list, but for the error.
   */
  percentile(percent: number): number {
    const rank = Math.max(1, Math.ceil((percent / 100) * this.#total));
    let below = 0;
    for (const [bucket, count] of this.#counts.entries()) {
      below += count;
      if (count > 0 && below >= rank) return middleOf(bucket);
    }
    return 0;
  }
}

/** Milliseconds. */
const SMALLEST = 0.001;
/** Milliseconds: 30 days. */
const LARGEST = 30 * 86_400_000;
/** Each bucket's upper end to its lower. */
const GROWTH = 1.009;
const LOG_GROWTH = Math.log(GROWTH);
const BUCKETS = 2 + Math.ceil(Math.log(LARGEST / SMALLEST) / LOG_GROWTH);

/** The value that is as far from both ends of a bucket, relatively. */
function middleOf(bucket: number): number {
  return bucket === 0 ? 0 : (SMALLEST * GROWTH ** (bucket - 1) * 2 * GROWTH) / (1 + GROWTH);
}
