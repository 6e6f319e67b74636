import { afterAll, beforeAll, expect, it } from 'vitest';
import { customers } from '../../datasets/index.js';
import { loadNamedQueries } from '../../queries/index.js';
import { arrivalQueryOf } from '../../stacks/arrival-query.js';
import { type Lakehouse, openLakehouse } from './lakehouse-on-local-aws.js';

let lakehouse: Lakehouse;
beforeAll(async () => {
  lakehouse = await openLakehouse([customers]);
  await lakehouse.send(customers, 20);
  await lakehouse.waitForCount('SELECT count(*) FROM customers', 20);
});
afterAll(() => lakehouse.end());

it.each(loadNamedQueries())('$name runs as it stands', async ({ sql }) => {
  expect(await lakehouse.column(sql)).not.toEqual([]);
});

it("a dataset's rows come with the hour of their arrival as one timestamp", async () => {
  const { sql } = arrivalQueryOf('customers');
  const hours = await lakehouse.column(sql);
  expect(hours).toHaveLength(20);
  for (const hour of hours) {
    const age = Date.now() - Date.parse(`${String(hour).replace(' ', 'T')}Z`);
    expect(age).toBeGreaterThanOrEqual(0);
    expect(age).toBeLessThan(2 * 3_600_000);
  }
});
