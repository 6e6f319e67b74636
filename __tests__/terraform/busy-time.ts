/** How long at least one request was under way: requests at the same time count once. */
export class BusyTime {
  private readonly spans: { readonly start: number; readonly end: number }[] = [];

  /** A request that has just been answered, and how long it took. */
  add(milliseconds: number): void {
    const end = performance.now();
    this.spans.push({ start: end - milliseconds, end });
  }

  reset(): void {
    this.spans.length = 0;
  }

  get milliseconds(): number {
    let [sum, reached] = [0, 0];
    for (const { start, end } of [...this.spans].sort((a, b) => a.start - b.start)) {
      sum += Math.max(0, end - Math.max(start, reached));
      reached = Math.max(reached, end);
    }
    return sum;
  }
}
