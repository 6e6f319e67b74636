/**
 * Says how far the pace is lowered where a shard throttles, and finds out whether it throttles because of the pace at
 * all. Where the pace has fallen far and still many records are throttled, it is raised a little: if the pace is the
 * reason, more of them are throttled then. If not, to go slowly helps nobody, and the pace is what it was before it fell.
 * Times are the clock's milliseconds.
 */
export class ThrottleTrial {
  readonly #share = new ThrottledShare();
  #trial: Trial | undefined;
  /** The share that is throttled whatever the pace is, as far as is known. */
  #constant: { readonly share: number; readonly until: number } | undefined;
  /** Records throttled of requests of which nothing was taken, one after another. */
  #inRow = 0;
  /** When the last request was sent of which something was taken. */
  #takenAt = Number.NEGATIVE_INFINITY;
  /** The highest pace since the shard was last calm. */
  #peak = 0;
  #loweredAt = Number.NEGATIVE_INFINITY;

  /** Counts a record that was answered; those of a request that were taken come first. */
  answered(isThrottled: boolean, sentAt: number): void {
    this.#share.add(isThrottled);
    if (!isThrottled) this.#takenAt = Math.max(this.#takenAt, sentAt);
    this.#inRow = sentAt <= this.#takenAt ? 0 : this.#inRow + 1;
    if (!this.#trial || sentAt < this.#trial.since) return;
    this.#trial.records++;
    if (isThrottled) this.#trial.throttled++;
  }

  /** Whether what is throttled now is no reason to lower the pace. */
  isConstant(now: number): boolean {
    if (this.#inRow > MOST_IN_ROW) return false;
    if (this.#trial) return true;
    const { share, until } = this.#constant ?? { share: 0, until: 0 };
    return now < until && this.#share.value <= share * 1.5 + 0.05;
  }

  /** The pace to go on with where the shard throttles at this one. */
  lowered(pace: number, now: number): number {
    this.#peak = now - this.#loweredAt > CALM ? pace : Math.max(pace, this.#peak);
    this.#loweredAt = now;
    const isFar = pace <= this.#peak * FAR && this.#share.value >= LEAST_SHARE;
    if (isFar && !this.#trial) this.#trial = { pace, since: now, records: 0, throttled: 0 };
    return Math.max(LEAST_PACE, pace * (this.#trial ? 1 : DECREASE));
  }

  /** The pace to go on with after something was taken, where it is to be another. */
  next(now: number): number | undefined {
    const trial = this.#trial;
    if (!trial || now - trial.since < SHORTEST) return undefined;
    const { pace, records, throttled, before } = trial;
    if (records < LEAST_RECORDS && now - trial.since < LONGEST) return undefined;
    this.#trial = undefined;
    const share = throttled / Math.max(1, records);
    if (share < LEAST_SHARE / 2 || records < LEAST_RECORDS / 2) return undefined;
    if (before === undefined) {
      this.#trial = { pace, since: now, records: 0, throttled: 0, before: share };
      return pace * RAISE;
    }
    // If the shard took no more than before, it would throttle so much.
    const expected = 1 - (1 - before) / RAISE;
    if (share > (before + expected) / 2) return Math.max(LEAST_PACE, pace * (1 - before));
    this.#constant = { share: (share + before) / 2, until: now + KNOWN_FOR };
    return this.#peak;
  }
}

/** A pace that is kept for a while and then raised, and what comes of it. */
interface Trial {
  /** The pace that is kept at first. */
  readonly pace: number;
  /** Since when it has been that, or the higher one. */
  readonly since: number;
  /** Records sent since that have been answered, and those of them that were throttled. */
  records: number;
  throttled: number;
  /** The share that was throttled before it was raised. */
  readonly before?: number;
}

/** The share of records that is throttled; the more have come since, the less one counts. */
class ThrottledShare {
  #records = 0;
  #throttled = 0;

  get value(): number {
    return this.#throttled / Math.max(1, this.#records);
  }

  add(isThrottled: boolean): void {
    const rest = 1 - 1 / MEMORY;
    this.#records = this.#records * rest + 1;
    this.#throttled = this.#throttled * rest + Number(isThrottled);
  }
}

/** Records. */
const MEMORY = 100;
/** What is left of the pace when the shard throttles. */
const DECREASE = 0.85;
/** Waits between single tries slow down further what gets less than this. */
const LEAST_PACE = 0.1;
/** What is left of a pace that has fallen far: it is a rare rival that takes so much of a shard. */
const FAR = 0.55;
/** What the pace is multiplied by in a trial. */
const RAISE = 1.5;
/** A pace that is only a little too high is throttled less. */
const LEAST_SHARE = 0.15;
/** Milliseconds, and records, that a step of a trial needs; and milliseconds after which it ends with fewer. */
const SHORTEST = 1_500;
const LONGEST = 6_000;
const LEAST_RECORDS = 12;
/** More than chance would throttle one after another. */
const MOST_IN_ROW = 4;
/** Milliseconds that it is believed that the pace makes no difference. */
const KNOWN_FOR = 60_000;
/** Milliseconds without throttling after which what was before does not count. */
const CALM = 60_000;
