import { hash } from 'node:crypto';
import type { Randomizer } from '@faker-js/faker';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** One stream of random numbers for everything that an event is made of, faker included. */
export class SeededRandomizer implements Randomizer {
  #generator: RandomGenerator = xoroshiro128plus(0);

  /** Starts the stream that belongs to these words. */
  readonly seed = (words: number | readonly (number | string)[]): void => {
    // Words that differ by one bit have to start streams that have nothing in common: a hash sees to that.
    const state = Buffer.from(hash('md5', String(words), 'hex'), 'hex');
    this.#generator = xoroshiro128plusFromState([0, 4, 8, 12].map((at) => state.readInt32BE(at)));
  };

  /** From 0 (included) to 1 (not included), with 53 random bits. A property, since faker takes it off its object. */
  readonly next = (): number =>
    ((this.#generator.next() >>> 5) * 2 ** 26 + (this.#generator.next() >>> 6)) / 2 ** 53;

  /** 32 random bits, as a signed number. */
  bits(): number {
    return this.#generator.next();
  }

  /** From `min` to `max`, both included, each as likely. */
  whole(min: number, max: number): number {
    return uniformInt(this.#generator, min, max);
  }
}
