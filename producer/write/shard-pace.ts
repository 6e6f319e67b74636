import { type Backoff, retryDelay } from './backoff.js';
import { SHARD_LIMITS } from './limits.js';
import { ThrottleTrial } from './throttle-trial.js';

/**
 * How fast one shard may be written to. Knows no limit until the shard throttles; then the pace is found between what
 * the shard takes and what it does not: down by a step when it throttles, up slowly while it does not, as TCP finds
 * its share of a line. Paces are in shares of the capacity that Kinesis gives a shard: 1 is 1 MB/s or 1,000 records/s.
 *
 * While nothing gets through at all the pace stays, and single tries follow one another ever more slowly.
 */
export class ShardPace {
  /** Undefined until the shard has throttled. */
  #pace: number | undefined;
  /** What may be sent now, as a share of a second's capacity. */
  #credit = 0;
  #creditAt = 0;
  #blockedUntil = 0;
  /** Throttled answers without a success in between. */
  #refusals = 0;
  #throttledAt = Number.NEGATIVE_INFINITY;
  readonly #trial = new ThrottleTrial();
  /** Whether something has got through since the pace was last lowered. */
  #hasSucceeded = true;

  constructor(
    private readonly backoff: Backoff,
    private readonly random: () => number,
  ) {}

  /** Takes what a record of so many bytes needs, and tells how many milliseconds it has to wait for it: 0 if it was taken. */
  take(bytes: number, now: number): number {
    if (now < this.#blockedUntil) return this.#blockedUntil - now;
    const pace = this.#refill(now);
    if (pace === undefined) return 0;
    const cost = shareOf(bytes);
    // A record larger than the credit can ever be goes when the credit is full, and leaves a debt.
    const needed = Math.min(cost, pace * MOST_CREDIT);
    if (this.#credit < needed) return Math.max(1, ((needed - this.#credit) / pace) * 1_000);
    this.#credit -= cost;
    // While it is not known whether the shard takes anything, one try is enough.
    if (this.#refusals > 0) this.#blockedUntil = now + this.backoff.cap;
    return 0;
  }

  /**
   * @param sentAt when the request was sent that the shard has throttled, in the clock's milliseconds.
   * @returns in how many milliseconds the next may follow, where a single try was waited for; 0 where none was.
   */
  throttled(sentAt: number, now: number): number {
    this.#trial.answered(true, sentAt);
    if (this.#trial.isConstant(now)) return this.failed(now);
    // What was under way already when the shard said so says nothing new.
    if (sentAt < this.#throttledAt) return 0;
    const wasTried = this.#refusals > 0;
    this.#throttledAt = now;
    const pace = this.#refill(now);
    this.#refusals++;
    this.#blockedUntil = now + retryDelay(this.#refusals, this.random, this.backoff);
    if (this.#hasSucceeded) this.#lower(pace, now);
    return wasTried ? Math.max(1, this.#blockedUntil - now) : 0;
  }

  /**
   * A record was not taken, for a reason that is not the shard's pace: that says nothing of it, so that where a single
   * try was waited for, the next may follow. Gives in how many milliseconds; 0 where nothing was waited for.
   */
  failed(now: number): number {
    if (this.#refusals === 0) return 0;
    const wait = retryDelay(this.#refusals, this.random, this.backoff);
    this.#blockedUntil = Math.min(this.#blockedUntil, now + wait);
    return Math.max(1, this.#blockedUntil - now);
  }

  /**
   * The shard has taken a record.
   * @returns whether this ends a blockade, so that those who wait need wait no longer.
   */
  acknowledged(sentAt: number, now: number): boolean {
    this.#trial.answered(false, sentAt);
    const pace = this.#trial.next(now);
    if (pace !== undefined) this.#pace = pace;
    return sentAt >= this.#throttledAt && this.unblock();
  }

  /** Lets all go on: something has got through. @returns whether they were held up. */
  unblock(): boolean {
    this.#hasSucceeded = true;
    if (this.#refusals === 0) return false;
    this.#refusals = 0;
    this.#blockedUntil = 0;
    return true;
  }

  #lower(pace: number | undefined, now: number): void {
    this.#hasSucceeded = false;
    this.#pace = pace === undefined ? FIRST_PACE : this.#trial.lowered(pace, now);
    this.#credit = Math.min(this.#credit, 0);
    this.#creditAt = now;
  }

  /** The pace now, with the credit and the growth of the time since it was last looked at. */
  #refill(now: number): number | undefined {
    if (this.#pace === undefined) return undefined;
    const seconds = Math.max(0, now - this.#creditAt) / 1_000;
    this.#creditAt = now;
    const increase = now - this.#throttledAt > CALM ? CALM_INCREASE : INCREASE;
    if (this.#hasSucceeded) this.#pace = Math.min(MOST_PACE, this.#pace + seconds * increase);
    this.#credit = Math.min(this.#pace * MOST_CREDIT, this.#credit + seconds * this.#pace);
    return this.#pace;
  }
}

/** What a record takes of a second's capacity: it counts by its bytes or as one record, whichever is more. */
function shareOf(bytes: number): number {
  return Math.max(bytes / SHARD_LIMITS.bytesPerSecond, 1 / SHARD_LIMITS.recordsPerSecond);
}

/** The pace after a shard throttles for the first time: it has limits, then, and they are known. */
const FIRST_PACE = 0.95;
/** What the pace grows by in a second. */
const INCREASE = 0.014;
/** What it grows by once the shard has not throttled for so many milliseconds: others may have left it. */
const CALM_INCREASE = 0.1;
const CALM = 8_000;
/** A little more than the limits say, should a shard take that. */
const MOST_PACE = 1.1;
/** Seconds of the pace that may be saved up. */
const MOST_CREDIT = 0.1;
