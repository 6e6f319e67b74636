/** Whole numbers from 0, kept and written as ranges: `1-120,122,130-131`. */
export class NumberRanges {
  /** Sorted, apart from each other by one number at least; both ends included. */
  readonly #ranges: [first: number, last: number][] = [];
  #size = 0;

  /** Reads what `toString` has written; undefined for any other text. */
  static parse(text: string): NumberRanges | undefined {
    const ranges = new NumberRanges();
    if (text === '') return ranges;
    let before = -1;
    for (const part of text.split(',')) {
      const [, first, last = first] = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(part) ?? [];
      if (first === undefined || Number(first) <= before || Number(last) < Number(first)) return undefined;
      before = Number(last);
      ranges.#append(Number(first), before);
    }
    return ranges;
  }

  /** How many numbers there are. */
  get size(): number {
    return this.#size;
  }

  has(number: number): boolean {
    const [, last = -1] = this.#ranges[this.#indexOf(number)] ?? [];
    return number <= last;
  }

  /** Adds a number; the cheapest is one higher than all others. */
  add(number: number): void {
    if (this.has(number)) return;
    const index = this.#indexOf(number);
    const [before, after] = [this.#ranges[index], this.#ranges[index + 1]];
    const isBehind = before !== undefined && before[1] === number - 1;
    const isInFront = after !== undefined && after[0] === number + 1;
    this.#size++;
    if (isBehind && isInFront) {
      before[1] = after[1];
      this.#ranges.splice(index + 1, 1);
    } else if (isBehind) before[1] = number;
    else if (isInFront) after[0] = number;
    else this.#ranges.splice(index + 1, 0, [number, number]);
  }

  toString(): string {
    return this.#ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
  }

  #append(first: number, last: number): void {
    const before = this.#ranges.at(-1);
    if (before && before[1] === first - 1) before[1] = last;
    else this.#ranges.push([first, last]);
    this.#size += last - first + 1;
  }

  /** The last range that does not begin behind a number; -1 where all do. */
  #indexOf(number: number): number {
    let [low, high] = [0, this.#ranges.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ranges[middle]?.[0] ?? 0) <= number) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
