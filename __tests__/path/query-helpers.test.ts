import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  date,
  decimal,
  happenedBetween,
  identifier,
  sql,
  timestamp,
  toDate,
  UserQueryError,
} from '../../athena/index.js';
import { customers } from '../../datasets/index.js';
import { type Lakehouse, openLakehouse } from './lakehouse-on-local-aws.js';

let lakehouse: Lakehouse;
beforeAll(async () => {
  lakehouse = await openLakehouse([customers]);
  await lakehouse.send(customers, 300);
  await lakehouse.waitForCount('SELECT count(*) FROM customers', 300);
});
afterAll(() => lakehouse.end());

describe('a value that is sent', () => {
  it('comes back as it was, of every type', async () => {
    const [row] = await lakehouse.session.rows(
      sql`SELECT ${"it's \\ \n 日本 👩‍👩‍👧"} AS t, ${''} AS nothing, ${null} AS n, ${true} AS b, ${-7} AS i, ${1.5} AS d,
        ${2n ** 62n} AS l, ${decimal('1.10')} AS dec, ${date('2026-02-04')} AS day,
        ${timestamp('2026-02-04 21:35:54.759')} AS ts, ${new Uint8Array([0, 255])} AS bytes`,
    );
    expect(row).toEqual({
      t: "it's \\ \n 日本 👩‍👩‍👧",
      nothing: '',
      n: null,
      b: true,
      i: -7,
      d: 1.5,
      l: 2n ** 62n,
      dec: '1.10',
      day: '2026-02-04',
      ts: '2026-02-04 21:35:54.759',
      bytes: new Uint8Array([0, 255]),
    });
  });

  it('comes back as it was, whatever text it is, and however long', async () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 50 }),
      fc.string({ unit: fc.constantFrom("'", '"', '\\', '\n', '\r', ',', '?', '-', ';', ' ') }),
      fc.string({ unit: fc.constantFrom("'", 'é'), minLength: 1_000, maxLength: 1_500 }),
    );
    await fc.assert(
      fc.asyncProperty(
        anyText.filter((text) => !text.includes('\0')),
        async (text) => {
          const [row] = await lakehouse.session.rows(sql`SELECT ${text} AS t`);
          expect(row?.t).toBe(text);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is a moment in UTC, both ways', async () => {
    const moment = new Date('2026-03-29T01:30:00.123Z');
    const [row] = await lakehouse.session.rows<{ t: string }>(sql`SELECT ${moment} AS t`);
    expect(toDate(row?.t ?? '')).toEqual(moment);
  });
});

describe('a large result', () => {
  it('comes from its object, row for row the same as in pages', async () => {
    const statement = 'SELECT a.uuid, b.email, a.event_date FROM customers a CROSS JOIN customers b';
    const result = await lakehouse.session.query(statement);
    const seen = new Set<string>();
    let rows = 0;
    for await (const { uuid, email } of result) {
      rows++;
      seen.add(`${uuid} ${email}`);
    }
    expect(rows).toBe(90_000);
    // Two of them may share an address.
    expect(seen.size).toBeGreaterThan(80_000);
  });

  it('is left in the middle without harm', async () => {
    const result = await lakehouse.session.query('SELECT a.* FROM customers a CROSS JOIN customers b');
    for await (const _ of result) if (result.rowsRead === 5_000) break;
    expect(await lakehouse.column('SELECT 1')).toEqual([1]);
  });
});

it('queries run at once do not get into each other', async () => {
  const numbers = Array.from({ length: 20 }, (_, n) => n);
  const answers = await Promise.all(numbers.map((n) => lakehouse.session.rows(sql`SELECT ${n} AS n`)));
  expect(answers.map(([row]) => row?.n)).toEqual(numbers);
});

it('events of a range of their own time are found in the folders of their arrival', async () => {
  const now = Date.now();
  const range = happenedBetween(customers, new Date(now - 3_600_000), new Date(now + 60_000));
  const [row] = await lakehouse.session.rows(
    sql`SELECT count(*) AS n FROM ${identifier('customers')} WHERE ${range} AND status IN (${['Active', 'Inactive', 'Canceled']})`,
  );
  expect(row?.n).toBe(300n);
});

it('a mistake is told with its place', async () => {
  const error = await lakehouse.session.query('SELECT 1,\n  nix FROM customers').catch((thrown) => thrown);
  expect(error).toBeInstanceOf(UserQueryError);
  expect(error).toMatchObject({ errorName: 'COLUMN_NOT_FOUND', position: { line: 2, column: 3 } });
});

it('a query that is aborted ends on the server', async () => {
  const abort = new AbortController();
  const onProgress = () => abort.abort();
  const slow = 'SELECT count(*) FROM customers a, customers b, customers c, customers d, customers e';
  const error = await lakehouse.session
    .query(slow, { signal: abort.signal, onProgress })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'QueryCancelledError', stopError: undefined });
});
