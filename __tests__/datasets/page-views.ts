import { defineDataset } from '../../datasets/index.js';

/** A second, tiny dataset: what works for it as well is not hard-wired to the first. */
export const pageViews = defineDataset({
  name: 'page_views',
  comment: 'One row for each page that a visitor opens.',
  columns: {
    id: { type: 'bigint', comment: 'Identity of the view.' },
    viewed_at: { type: 'timestamp', comment: 'When the page was opened, UTC.' },
    price: { type: 'decimal(10,2)', comment: 'What the page shows as its price.' },
    tags: { type: 'array<string>', comment: 'What the page is about.' },
  },
  identity: 'id',
  time: 'viewed_at',
  partitionKey: 'id',
  generate: ({ faker, now }) => ({
    id: faker.number.int(),
    viewed_at: now.toISOString(),
    price: faker.commerce.price(),
    tags: [faker.commerce.department()],
  }),
});
