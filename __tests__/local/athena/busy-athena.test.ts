import {
  BatchGetQueryExecutionCommand,
  GetQueryExecutionCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type RunningAthena, runAthena } from './running-athena.js';

let athena: RunningAthena;
beforeAll(async () => {
  athena = await runAthena();
  await athena.run(`CREATE TABLE million AS SELECT a.x * 1000 + b.x AS n, CAST(a.x * 1000 + b.x AS varchar) AS t
    FROM UNNEST(sequence(0, 999)) AS a(x) CROSS JOIN UNNEST(sequence(0, 999)) AS b(x)`);
});
afterAll(() => athena.end());

async function start(sql: string): Promise<string> {
  const { QueryExecutionId = '' } = await athena.running.clients.athena.send(
    new StartQueryExecutionCommand({
      QueryString: sql,
      QueryExecutionContext: { Database: 'd' },
      ResultConfiguration: { OutputLocation: 's3://lake/results/' },
    }),
  );
  return QueryExecutionId;
}

async function stateOf(QueryExecutionId: string): Promise<string | undefined> {
  const command = new GetQueryExecutionCommand({ QueryExecutionId });
  return (await athena.running.clients.athena.send(command)).QueryExecution?.Status?.State;
}

const stop = (QueryExecutionId: string) =>
  athena.running.clients.athena.send(new StopQueryExecutionCommand({ QueryExecutionId }));

const reaches = (id: string, state: string) =>
  vi.waitFor(async () => expect(await stateOf(id)).toBe(state), { timeout: 20_000, interval: 10 });

/** Minutes of work for DuckDB. */
const ENDLESS = 'SELECT max(a.n * b.n) FROM million a CROSS JOIN million b';
/** Hundreds of calls of a native, each for thousands of rows. */
const NATIVE = `SELECT max(json_extract_scalar('{"a":["' || t || '"]}', '$.a[0]')) FROM million`;

it('a query of a function that the engine has to answer by itself lets others pass, and is cancelled', async () => {
  const slow = await start(NATIVE);
  await reaches(slow, 'RUNNING');
  expect(await athena.rows('SELECT 1')).toEqual([['1']]);
  expect(await athena.rows("SELECT url_encode('a b')")).toEqual([['a+b']]);
  expect(await stateOf(slow)).toBe('RUNNING');
  await stop(slow);
  expect(await stateOf(slow)).toBe('CANCELLED');
  expect(await athena.rows("SELECT url_encode('a b')")).toEqual([['a+b']]);
  expect(await athena.rows(NATIVE)).toEqual([['999999']]);
});

it('a function that has to wait for its turn is no error, which try would make NULL', async () => {
  const value = `json_extract_scalar('{"a":["' || t || '"]}', '$.a[0]')`;
  const rows = '(SELECT t FROM million LIMIT 300000)';
  expect(await athena.rows(`SELECT count(*), count(try(${value})) FROM ${rows}`)).toEqual([
    ['300000', '300000'],
  ]);
});

it('queries beyond those that run at once are QUEUED, and what asks the catalog is not', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 50; i++) ids.push(await start(i < 8 ? ENDLESS : `SELECT ${i}`));
  const running = ids.slice(0, 8);
  const queued = ids.slice(8);
  for (const id of running) await reaches(id, 'RUNNING');
  expect(await athena.lines('SHOW TABLES')).toEqual(['million']);
  const { QueryExecutions = [] } = await athena.running.clients.athena.send(
    new BatchGetQueryExecutionCommand({ QueryExecutionIds: queued }),
  );
  expect(new Set(QueryExecutions.map(({ Status }) => Status?.State))).toEqual(new Set(['QUEUED']));
  const [first = '', second = ''] = queued;
  await stop(first);
  expect(await stateOf(first)).toBe('CANCELLED');
  expect(await stateOf(second)).toBe('QUEUED');
  for (const id of running) await stop(id);
  for (const id of queued.slice(1)) await reaches(id, 'SUCCEEDED');
  expect(await stateOf(first)).toBe('CANCELLED');
});

it('leaves no trouble', () => {
  expect(athena.running.troubles).toEqual([]);
});
