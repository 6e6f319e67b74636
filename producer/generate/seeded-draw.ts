import type { Draw, Pool } from '../../datasets/index.js';
import type { SeededRandomizer } from './seeded-randomizer.js';

/** Draws for datasets, from one stream of random numbers. */
export class SeededDraw implements Draw {
  readonly #pools = new Map<Pool<unknown>, readonly unknown[]>();
  readonly #uuid = Buffer.from('00000000-0000-0000-0000-000000000000');

  /** @param fill makes a pool's values, independent of what was drawn before. */
  constructor(
    private readonly randomizer: SeededRandomizer,
    private readonly fill: <T>(pool: Pool<T>) => readonly T[],
  ) {}

  uuid(): string {
    const { randomizer } = this;
    const [high, low] = [randomizer.bits(), randomizer.bits()];
    this.#digits(randomizer.bits(), 0);
    this.#digits(randomizer.bits(), 28);
    this.#fourDigits(high >>> 16, 9);
    this.#fourDigits((high & 0x0fff) | 0x4000, 14);
    this.#fourDigits(((low >>> 16) & 0x3fff) | 0x8000, 19);
    this.#fourDigits(low & 0xffff, 24);
    // Made in one piece: a text that is put together from eight has to be copied again by whoever reads it.
    return this.#uuid.toString('latin1');
  }

  whole(min: number, max: number): number {
    return this.randomizer.whole(min, max);
  }

  oneOf<const T>(values: readonly T[]): T {
    if (values.length === 0) throw new RangeError('There is nothing to draw from.');
    return values[this.randomizer.whole(0, values.length - 1)] as T;
  }

  from<T>(pool: Pool<T>): T {
    let values = this.#pools.get(pool) as readonly T[] | undefined;
    if (values === undefined) {
      values = this.fill(pool);
      this.#pools.set(pool, values);
    }
    return values[this.randomizer.whole(0, values.length - 1)] as T;
  }

  #digits(bits: number, at: number): void {
    this.#fourDigits(bits >>> 16, at);
    this.#fourDigits(bits & 0xffff, at + 4);
  }

  #fourDigits(bits: number, at: number): void {
    const uuid = this.#uuid;
    uuid[at] = DIGITS.charCodeAt(bits >>> 12);
    uuid[at + 1] = DIGITS.charCodeAt((bits >>> 8) & 15);
    uuid[at + 2] = DIGITS.charCodeAt((bits >>> 4) & 15);
    uuid[at + 3] = DIGITS.charCodeAt(bits & 15);
  }
}

const DIGITS = '0123456789abcdef';
