import { type LiveFigures, type LivePicture, settledEvents } from './live-figures.js';
import { RateMeter } from './rate-meter.js';

/** Milliseconds. */
const SECOND = 1_000;
/** Milliseconds that the time left is judged by: a rate of one second jumps too much. */
const MEMORY = 10_000;

/** Looks at a run's figures from time to time and tells how fast it goes and how long it will still take. */
export class LiveView {
  readonly #rate = new RateMeter(SECOND);
  readonly #longRate = new RateMeter(MEMORY);

  constructor(
    private readonly figures: () => LiveFigures,
    now: number,
  ) {
    this.look(now);
  }

  /** @param now milliseconds; never less than before. */
  look(now: number): LivePicture {
    const figures = this.figures();
    const rate = this.#rate.rate(figures.acknowledged, now);
    const settled = settledEvents(figures);
    const secondsLeft = left(figures, settled, this.#longRate.rate(settled, now));
    return { ...figures, rate, ...(secondsLeft !== undefined && { secondsLeft }) };
  }
}

/** By what is still to do, or by the clock; whichever ends the run first. */
function left({ total, secondsToTake }: LiveFigures, settled: number, rate: number): number | undefined {
  const byTotal = total !== undefined && rate > 0 ? Math.max(0, total - settled) / rate : undefined;
  if (byTotal === undefined || secondsToTake === undefined) return byTotal ?? secondsToTake;
  return Math.min(byTotal, secondsToTake);
}
