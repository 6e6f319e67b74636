/** Tells how fast a count grows, by what it was a while ago. */
export class RateMeter {
  readonly #samples: { readonly at: number; readonly count: number }[] = [];

  /** @param window milliseconds that the rate is taken over, or a little more: to the last sample before. */
  constructor(private readonly window: number) {}

  /**
   * Notes a count, and tells how much it grows in a second; 0 as long as there is nothing to compare with.
   * @param now milliseconds; never less than before.
   */
  rate(count: number, now: number): number {
    const samples = this.#samples;
    samples.push({ at: now, count });
    while (samples[1] && samples[1].at <= now - this.window) samples.shift();
    const [oldest] = samples;
    return oldest && now > oldest.at ? ((count - oldest.count) / (now - oldest.at)) * 1_000 : 0;
  }
}
