import { defineDataset, type EventOf } from './dataset.js';
import { pool } from './pool.js';

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
  generate: ({ draw, now }) => {
    const first = draw.from(firstNames);
    const last = draw.from(lastNames);
    return {
      uuid: draw.uuid(),
      event_date: now.toISOString(),
      status: draw.oneOf(['Active', 'Inactive', 'Canceled']),
      name: first.name,
      last_name: last.name,
      email: `${first.mailbox}.${last.mailbox}${draw.whole(1, 99)}@${draw.oneOf(MAIL_DOMAINS)}`,
      phone: String(draw.whole(900_000_000, 999_999_999)),
    };
  },
});

export type CustomerEvent = EventOf<typeof customers>;

const firstNames = pool({ size: 2_000, make: (faker) => named(faker.person.firstName()) });
const lastNames = pool({ size: 2_000, make: (faker) => named(faker.person.lastName()) });

/** Reserved, so that no address is anybody's: https://www.rfc-editor.org/rfc/rfc2606#section-3 */
const MAIL_DOMAINS = ['example.com', 'example.net', 'example.org'];

/** A name, and what it becomes in an e-mail address: its letters in lower case, without accents. */
function named(name: string) {
  return {
    name,
    mailbox: name
      .normalize('NFKD')
      .replace(/[^a-z]/gi, '')
      .toLowerCase(),
  };
}
