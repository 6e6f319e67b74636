import { afterAll, beforeAll, expect, it } from 'vitest';
import { arrivedBetween, bindQuery, type QueryValues, sql } from '../../athena/index.js';
import { customers } from '../../datasets/index.js';
import { datasetQueries, loadNamedQueries } from '../../queries/index.js';
import { arrivalQueryOf } from '../../stacks/arrival-query.js';
import { type Lakehouse, openLakehouse } from './lakehouse-on-local-aws.js';

let lakehouse: Lakehouse;
beforeAll(async () => {
  lakehouse = await openLakehouse([customers]);
  await lakehouse.send(customers, 20);
  await lakehouse.waitForCount('SELECT count(*) FROM customers', 20);
});
afterAll(() => lakehouse.end());

const queries = [...loadNamedQueries(), ...datasetQueries(customers)];

it.each(queries)('$name runs as it stands', async ({ name, sql }) => {
  const rows = await lakehouse.session.rows(sql);
  // No event was sent twice.
  expect(rows.length > 0).toBe(!name.endsWith('duplicates'));
});

it.each(queries.filter(({ parameters }) => parameters.length > 0))(
  '$name runs with a value for each of its parameters',
  async (query) => {
    const run = (values: QueryValues) => lakehouse.session.rows(bindQuery(query, values));
    const examples: QueryValues = { status: 'Inactive', since: new Date(Date.now() - 3_600_000) };
    const given = Object.entries(examples).filter(([name]) =>
      query.parameters.some((known) => known.name === name),
    );
    const lately = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) };
    const rows = await run({ ...Object.fromEntries(given), hours: lately });
    for (const row of rows) if ('status' in row && given.length > 0) expect(row.status).toBe('Inactive');
    const before = { from: new Date('2025-01-01'), to: new Date('2025-01-02') };
    const none = await run({ hours: before });
    // A profile has a row for each column, of no event.
    expect(none.filter((row) => row.events !== 0n)).toEqual([]);
  },
);

it('customers-profile says of each column what there is', async () => {
  const [{ sql } = { sql: '' }] = queries.filter(({ name }) => name === 'customers-profile');
  const rows = await lakehouse.session.rows(sql);
  expect(rows.map((row) => row.column_name)).toEqual(Object.keys(customers.columns));
  expect(rows[0]).toMatchObject({ events: 20n, filled: 20n });
});

it('a range of hours reads the folders in it, and no other', async () => {
  const hour = 3_600_000;
  const read = async (from: number, to: number) => {
    const range = verbatimHours(from, to);
    const result = await lakehouse.session.query(sql`SELECT count(uuid) AS n FROM customers WHERE ${range}`);
    const [row] = await result.all();
    return { n: Number(row?.n), bytes: result.statistics.bytesScanned };
  };
  const now = Date.now();
  const here = await read(now - hour, now + hour);
  expect(here.n).toBe(20);
  expect(here.bytes).toBeGreaterThan(0);
  expect(await read(now - 48 * hour, now - 24 * hour)).toEqual({ n: 0, bytes: 0 });
});

const verbatimHours = (from: number, to: number) => arrivedBetween(new Date(from), new Date(to));

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
