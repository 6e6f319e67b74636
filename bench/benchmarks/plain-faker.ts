import type { Faker } from '@faker-js/faker';

/** A customer as the article's producer makes it: every value by a call of faker. */
export function plainFakerEvent(faker: Faker): Readonly<Record<string, string>> {
  return {
    uuid: faker.string.uuid(),
    event_date: new Date().toISOString(),
    status: faker.helpers.arrayElement(['Active', 'Inactive', 'Canceled']),
    name: faker.person.firstName(),
    last_name: faker.person.lastName(),
    email: faker.internet.email(),
    phone: String(faker.number.int({ min: 900_000_000, max: 999_999_999 })),
  };
}
