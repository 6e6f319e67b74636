import type { Faker } from '@faker-js/faker';

/** Values that faker makes once a run, to be drawn from often. */
export interface Pool<T> {
  /** How many values; some may be equal. */
  readonly size: number;
  /** Makes one value. */
  readonly make: (faker: Faker) => T;
}

/**
 * Declares a pool. Its values are made when it is first drawn from, and depend on the run's seed alone.
 *
 * @example
 * const cities = pool({ size: 500, make: (faker) => faker.location.city() });
 * // … generate: ({ draw }) => ({ city: draw.from(cities) })
 *
 * @throws RangeError where there would be nothing to draw.
 */
export function pool<T>(definition: Pool<T>): Pool<T> {
  const { size } = definition;
  if (!Number.isSafeInteger(size) || size < 1)
    throw new RangeError(`A pool has at least one value, not ${size}.`);
  return definition;
}
