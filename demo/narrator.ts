/** Tells the steps of a story on stdout: what happened, how long it took, where to look. */
export class Narrator {
  private told = 0;

  /**
   * @param steps how many there will be.
   * @param since when the first began, by `performance.now()`.
   */
  constructor(
    private readonly steps: number,
    private since: number,
  ) {}

  /** A step that is done. */
  step(what: string, details: readonly string[]): void {
    const now = performance.now();
    this.told++;
    process.stdout.write(
      `\n${this.told}/${this.steps}  ${what} (${((now - this.since) / 1000).toFixed(1)} s)\n`,
    );
    for (const detail of details) this.aside(detail);
    this.since = now;
  }

  /** A line beside the step. */
  aside(text: string): void {
    process.stdout.write(`     ${text}\n`);
  }
}
