import type { Clock } from './clock.js';

/** Work that is done again and again, as long after its end as it is told. */
export class Rounds {
  private cancelTimer: (() => void) | undefined;
  private running: Promise<void> | undefined;
  private isStopped = false;

  /**
   * @param options.every milliseconds.
   * @param options.round does it once; where `isStopped` holds it may leave the rest.
   * @param options.onTrouble hears of a round that failed; the next comes all the same.
   */
  constructor(
    private readonly options: {
      readonly clock: Clock;
      readonly every: number;
      readonly round: (isStopped: () => boolean) => Promise<void>;
      readonly onTrouble: (error: unknown) => void;
    },
  ) {}

  /** Begins, with a first round at once. */
  start(): void {
    const { clock, every, round, onTrouble } = this.options;
    this.running = round(() => this.isStopped)
      .catch(onTrouble)
      .then(() => {
        if (!this.isStopped) this.cancelTimer = clock.after(every, () => this.start());
      });
  }

  /** Resolves when no round runs, and none will. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.cancelTimer?.();
    await this.running;
  }
}
