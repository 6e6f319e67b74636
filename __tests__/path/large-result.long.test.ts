import { afterAll, beforeAll, expect, it } from 'vitest';
import { customers } from '../../datasets/index.js';
import { type Lakehouse, openLakehouse } from './lakehouse-on-local-aws.js';

let lakehouse: Lakehouse;
beforeAll(async () => {
  lakehouse = await openLakehouse([customers]);
  await lakehouse.send(customers, 500);
  await lakehouse.waitForCount('SELECT count(*) FROM customers', 500);
});
afterAll(() => lakehouse.end());

it('ten million rows are read one after another, in the memory that a hundred thousand take', async () => {
  const result = await lakehouse.session.query(
    'SELECT a.uuid, b.email, a.event_date, c.name AS other FROM customers a CROSS JOIN customers b ' +
      'CROSS JOIN (SELECT name FROM customers LIMIT 40) c',
  );
  let rows = 0;
  let most = 0;
  for await (const { uuid, email } of result) {
    if (typeof uuid !== 'string' || typeof email !== 'string') throw new Error(`Row ${rows} is not whole.`);
    if (++rows % 100_000 !== 0) continue;
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    most = Math.max(most, heapUsed + arrayBuffers);
  }
  expect(rows).toBe(10_000_000);
  // Local AWS, in the same process, is counted in.
  expect(most).toBeLessThan(500 * 1_024 * 1_024);
});
