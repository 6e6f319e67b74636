import { defineDataset, type EventOf } from './dataset.js';

/** The article's record: a customer whose status changed. */
export const customers = defineDataset({
  name: 'customers',
  comment: 'Customers and the status that they have just taken, one row an event.',
  columns: {
    uuid: { type: 'string', comment: 'Identity of the event, a random UUID.' },
    event_date: { type: 'timestamp', comment: 'When the status was taken, UTC.' },
    status: { type: 'string', comment: 'The status taken: Active, Inactive or Canceled.' },
    name: { type: 'string', comment: 'First name.' },
    last_name: { type: 'string', comment: 'Last name.' },
    email: { type: 'string', comment: 'E-mail address.' },
    phone: { type: 'string', comment: 'Telephone number, nine digits from 900000000 to 999999999.' },
  },
  identity: 'uuid',
  time: 'event_date',
  partitionKey: 'uuid',
  generate: ({ faker, now }) => ({
    uuid: faker.string.uuid(),
    event_date: now.toISOString(),
    status: faker.helpers.arrayElement(['Active', 'Inactive', 'Canceled']),
    name: faker.person.firstName(),
    last_name: faker.person.lastName(),
    email: faker.internet.email(),
    phone: String(faker.number.int({ min: 900_000_000, max: 999_999_999 })),
  }),
});

export type CustomerEvent = EventOf<typeof customers>;
