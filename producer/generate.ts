import type { Faker } from '@faker-js/faker';
// One locale: the whole of faker takes six times as long to load.
import { faker as template } from '@faker-js/faker/locale/en';
import type { Dataset } from '../datasets/index.js';

/** The events of a dataset that `D` is. */
export type GeneratedEvent<D extends Dataset> = ReturnType<D['generate']>;

export interface GenerateOptions {
  /** How many events. */
  readonly amount: number;
  /**
   * The same seed and amount give the same events, to the byte; 0 to 2^53 - 1.
   * @default - a random seed, and events that happen now.
   */
  readonly seed?: number | undefined;
  /** @default - the real clock; not looked at where there is a seed. */
  readonly clock?: () => Date;
}

/**
 * Makes events of a dataset, one when asked for one.
 *
 * With a seed, event number n happens n milliseconds after the reference date.
 */
export function* generate<D extends Dataset>(
  dataset: D,
  { amount, seed, clock = () => new Date() }: GenerateOptions,
): Generator<GeneratedEvent<D>, void, undefined> {
  const faker = newFaker();
  const words = seedWords(seed ?? Math.floor(Math.random() * Number.MAX_SAFE_INTEGER));
  if (seed !== undefined) faker.setDefaultRefDate(REFERENCE_DATE);
  for (let index = 0; index < amount; index++) {
    if (index % BLOCK === 0) faker.seed([...words, index / BLOCK]);
    const now = seed === undefined ? clock() : new Date(REFERENCE_DATE.getTime() + index);
    yield dataset.generate({ faker, now }) as GeneratedEvent<D>;
  }
}

/**
 * Events that share a seeding. A block depends on the seed and its number alone, so whoever makes it, in whatever
 * order, makes the same events.
 */
export const BLOCK = 1_000;

/** When the first event of a seeded run happens. */
export const REFERENCE_DATE = new Date('2026-01-01T00:00:00.000Z');

/** A faker of one's own: the shared one could be reseeded by anybody between two events. */
function newFaker(): Faker {
  return new (template.constructor as typeof Faker)({ locale: template.rawDefinitions });
}

/** Faker's generator takes words of 32 bits and drops what is above. */
function seedWords(seed: number): readonly [low: number, high: number] {
  return [seed % 2 ** 32, Math.floor(seed / 2 ** 32)];
}
