/** A budget that fills up at a steady rate, to a limit. */
export class TokenBucket {
  #tokens: number;
  #filledAt = 0;

  /**
   * @param rate tokens a second.
   * @param burst tokens that it holds at most, and at first.
   */
  constructor(
    private readonly rate: number,
    private readonly burst: number,
  ) {
    this.#tokens = burst;
  }

  /**
   * Fills up for the time that has passed.
   * @param now milliseconds.
   * @param share of the rate that is left to fill it.
   */
  fill(now: number, share: number): void {
    const tokens = ((now - this.#filledAt) / 1_000) * this.rate * share;
    this.#tokens = Math.min(this.burst, this.#tokens + tokens);
    this.#filledAt = now;
  }

  has(tokens: number): boolean {
    return this.#tokens >= tokens;
  }

  take(tokens: number): void {
    this.#tokens -= tokens;
  }
}
