/** Lets no more than so many run at once; the others wait in the order in which they came. */
export class Turns {
  private running = 0;
  private readonly waiting = new Set<() => void>();

  constructor(private readonly most: number) {}

  /**
   * Runs it when its turn has come.
   * @throws the signal's reason where it is aborted before that.
   */
  async take<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
    if (this.running >= this.most) await this.turn(signal);
    else this.running++;
    try {
      return await run();
    } finally {
      const [next] = this.waiting;
      if (next) next();
      else this.running--;
    }
  }

  private turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.waiting.delete(start);
        reject(signal.reason);
      };
      const start = () => {
        this.waiting.delete(start);
        signal.removeEventListener('abort', leave);
        resolve();
      };
      this.waiting.add(start);
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}
