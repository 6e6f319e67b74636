import type { Benchmark, Task } from '../benchmark.js';
import { duckLake, lakeSession, localLake } from '../lake.js';
import { type Measurement, measure } from '../measure.js';

const OURS = 'through athena/ on local AWS';
const DUCKDB = 'DuckDB on the same files';

/** What a query costs beyond the reading of its files: the requests, the looks, the result as an object. */
export const query: Benchmark = {
  name: 'query',
  about:
    'an aggregation over 5 million rows, one after another. Wanted are 1.5 times the time that DuckDB takes, and 30 ms.',
  unit: 'queries',
  rounds: 3,
  surroundings: () => localLake(EVENTS),
  contenders: [
    { name: OURS, run: (task) => timed(task, 40, ours) },
    { name: DUCKDB, run: (task) => timed(task, 40, duckDb) },
  ],
  comparisons: [{ subject: OURS, peer: DUCKDB, figure: 'rate', allowed: { times: 1.5, milliseconds: 30 } }],
};

/** What a program waits for that goes through a large result. */
export const queryRows: Benchmark = {
  name: 'query-rows',
  about: 'a result of a million rows of four columns, each as an object. Wanted is the first within 1 s.',
  unit: 'rows',
  rounds: 3,
  surroundings: () => localLake(EVENTS),
  contenders: [
    { name: OURS, run: ourRows },
    { name: DUCKDB, run: duckDbRows },
  ],
  comparisons: [{ subject: OURS, peer: DUCKDB, figure: 'rate' }],
};

const EVENTS = `CREATE TABLE events WITH (external_location = '{lake}/events/', parquet_compression = 'SNAPPY') AS
  SELECT a * 1000 + b AS id, element_at(ARRAY['Active', 'Inactive', 'Canceled'], CAST(random(3) AS integer) + 1) AS status,
    CAST(uuid() AS varchar) AS uuid, random() AS amount
  FROM UNNEST(sequence(0, 4999)) AS x(a) CROSS JOIN UNNEST(sequence(0, 999)) AS y(b)`;

const AGGREGATION =
  'SELECT status, count(*) AS events, avg(amount) AS amount, max(id) AS latest FROM events GROUP BY status';
const ROWS = 'SELECT id, status, uuid, amount FROM events WHERE id < 1000000';
const AMOUNT_OF_ROWS = 1_000_000;

type Run = (endpoint: string) => Promise<{ readonly run: () => Promise<number>; close(): Promise<void> }>;

/** Runs the aggregation again and again; the first times are not measured. */
async function timed({ endpoint, events: times }: Task, standard: number, open: Run): Promise<Measurement> {
  const { run, close } = await open(endpoint);
  const amount = times ?? standard;
  for (let time = 0; time < 10; time++) await run();
  const measurement = await measure(async () => {
    for (let time = 0; time < amount; time++) {
      const groups = await run();
      if (groups !== 3) throw new Error(`There were ${groups} rows.`);
    }
    return amount;
  });
  await close();
  return { ...measurement, note: `${milliseconds((measurement.seconds / amount) * 1_000)} a query` };
}

const ours: Run = async (endpoint) => {
  const session = lakeSession(endpoint);
  return {
    run: async () => (await session.rows(AGGREGATION)).length,
    close: () => session.close(),
  };
};

const duckDb: Run = async (endpoint) => {
  const { connection, close } = await duckLake(endpoint, 'events');
  return { run: async () => (await connection.runAndReadAll(AGGREGATION)).getRowObjectsJS().length, close };
};

async function ourRows({ endpoint }: Task): Promise<Measurement> {
  const session = lakeSession(endpoint);
  await session.rows(AGGREGATION);
  const measurement = await throughRows(() => session.query(ROWS));
  await session.close();
  return measurement;
}

async function duckDbRows({ endpoint }: Task): Promise<Measurement> {
  const { connection, close } = await duckLake(endpoint, 'events');
  await connection.runAndReadAll(AGGREGATION);
  const measurement = await throughRows(async () =>
    objects((await connection.stream(ROWS)).yieldRowObjectJs()),
  );
  await close();
  return measurement;
}

async function* objects<T>(chunks: AsyncIterable<readonly T[]>): AsyncGenerator<T> {
  for await (const rows of chunks) yield* rows;
}

async function throughRows(query: () => Promise<AsyncIterable<unknown>>): Promise<Measurement> {
  let first = Number.NaN;
  const measurement = await measure(async () => {
    const start = performance.now();
    let rows = 0;
    for await (const _ of await query()) {
      if (rows++ === 0) first = performance.now() - start;
    }
    if (rows !== AMOUNT_OF_ROWS) throw new Error(`There were ${rows} rows.`);
    return rows;
  });
  return { ...measurement, note: `the first row after ${milliseconds(first)}` };
}

const milliseconds = (value: number) => `${value.toFixed(0)} ms`;
