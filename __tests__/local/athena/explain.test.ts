import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningAthena, runAthena } from './running-athena.js';

/** What Athena explains: https://docs.aws.amazon.com/athena/latest/ug/athena-explain-statement.html */
let athena: RunningAthena;
beforeAll(async () => {
  athena = await runAthena();
  await athena.run(
    "CREATE TABLE t WITH (partitioned_by = ARRAY['year']) AS SELECT id, 2020 + id AS year FROM UNNEST(ARRAY[1, 2]) AS u(id)",
  );
});
afterAll(() => athena.end());

async function textOf(sql: string): Promise<string> {
  return (await athena.run(sql)).rows.flat().join('\n');
}

it('EXPLAIN names what would be read, and reads nothing', async () => {
  const { rows, execution } = await athena.run('EXPLAIN SELECT id FROM t');
  expect(rows.flat().join('\n')).toMatch(
    /^Query Plan\nLocal AWS\nOutput\[columnNames = \[id\]\]\n│ {3}Layout: \[id:integer\]\n└─ TableScan\[table = awsdatacatalog:d:t, files = 2, bytes = \d+, partitions = 2\]\n+$/,
  );
  expect(execution.Statistics?.DataScannedInBytes).toBe(0);
});

it('EXPLAIN ANALYZE runs the query and says what of each table was read', async () => {
  const query = 'SELECT id FROM t WHERE year = 2022';
  const scanned = (await athena.run(query)).execution.Statistics?.DataScannedInBytes;
  expect(scanned).toBeGreaterThan(0);
  const { rows, execution } = await athena.run(`EXPLAIN ANALYZE ${query}`);
  expect(rows.flat().join('\n')).toMatch(/^Query Plan\nLocal AWS\nExecution: [\d.]+ms\nOutput\[/);
  expect(rows.flat()).toEqual(
    expect.arrayContaining(['│   Output: 1 row', `       Input: 1 file (${scanned} bytes)`]),
  );
  expect(execution.Statistics?.DataScannedInBytes).toBe(scanned);
  expect(execution.SubstatementType).toBe('EXPLAIN');
});

it('EXPLAIN ANALYZE VERBOSE names the objects that were read', async () => {
  const plan = await textOf('EXPLAIN ANALYZE VERBOSE SELECT id FROM t WHERE year = 2022');
  expect(plan.match(/s3:\/\/\S+\/year=2022\/\S+ \(\d+ bytes\)/g)).toHaveLength(1);
  expect(plan).not.toContain('year=2021');
});

it('EXPLAIN ANALYZE fails as the query does', async () => {
  expect(await athena.reason('EXPLAIN ANALYZE SELECT 1 / (id - id) FROM t')).toContain('DIVISION_BY_ZERO');
});

it('a plan is JSON where that is asked for, by fragments where it is distributed', async () => {
  const json = async (sql: string) => JSON.parse((await textOf(sql)).replace(/^.*\n/, '')) as unknown;
  const plan = {
    name: 'Output',
    descriptor: { columnNames: '[id]' },
    outputs: [{ symbol: 'id', type: 'integer' }],
    children: [{ name: 'TableScan', descriptor: { table: 'awsdatacatalog:d:t', files: '2' } }],
  };
  expect(await json('EXPLAIN (FORMAT JSON) SELECT id FROM t')).toMatchObject({ 0: plan });
  expect(await json('EXPLAIN (TYPE LOGICAL, FORMAT JSON) SELECT id FROM t')).toMatchObject(plan);
  expect(await json('EXPLAIN ANALYZE (FORMAT JSON) SELECT id FROM t')).toMatchObject({
    0: { ...plan, details: ['Output: 2 rows'] },
  });
});

it('a plan that is only validated is not written', async () => {
  expect(await textOf('EXPLAIN (TYPE VALIDATE) SELECT 1')).toMatch(/^Valid\ntrue\n*$/);
});

it.each([
  ['EXPLAIN (FORMAT GRAPHVIZ) SELECT 1', 'EXPLAIN (FORMAT GRAPHVIZ)'],
  ['EXPLAIN (TYPE IO, FORMAT JSON) SELECT 1', 'EXPLAIN (TYPE IO)'],
  ['EXPLAIN ANALYZE (TYPE VALIDATE) SELECT 1', 'EXPLAIN ANALYZE (TYPE VALIDATE)'],
  ['EXPLAIN ANALYZE INSERT INTO t VALUES (1, 2)', 'EXPLAIN of the statement INSERT'],
])('%s is refused by name', async (sql, what) => {
  expect(await athena.reason(sql)).toMatch(/NOT_SUPPORTED/);
  expect(await athena.reason(sql)).toContain(what);
});
