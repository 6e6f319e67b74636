import {
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  GetQueryRuntimeStatisticsCommand,
  ListEngineVersionsCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningAthena, runAthena } from './running-athena.js';

/*
 * What was measured on AWS's own Athena and published at
 * https://github.com/aoyagikouhei/athena-local/tree/main/docs/dev/measurements: each test names the page.
 */

let athena: RunningAthena;
beforeAll(async () => {
  athena = await runAthena();
});
afterAll(() => athena.end());

const client = () => athena.running.clients.athena;
const start = (QueryString: string, rest: object = {}) =>
  client().send(
    new StartQueryExecutionCommand({
      QueryString,
      ResultConfiguration: { OutputLocation: 's3://lake/results/' },
      ...rest,
    }),
  );
const results = (QueryExecutionId: string | undefined, rest: object = {}) =>
  client().send(new GetQueryResultsCommand({ QueryExecutionId, ...rest }));
const idOf = async (sql: string) => (await athena.run(sql)).execution.QueryExecutionId;

it('a failed query has no results, but one of Hive has empty ones (query-results.md, result-files.md)', async () => {
  const { QueryExecutionId: id } = await start('SELECT * FROM nowhere');
  await expect
    .poll(() => results(id).catch((error: Error) => error.message))
    .toBe('Query did not finish successfully. Final query state: FAILED');
  const hive = await start('DROP TABLE nowhere');
  await expect
    .poll(() => results(hive.QueryExecutionId).catch(() => undefined))
    .toMatchObject({
      ResultSet: { Rows: [] },
    });
});

it('a full page has a token, even if it is the last (query-results.md)', async () => {
  const id = await idOf('SELECT 1');
  const first = await results(id, { MaxResults: 2 });
  expect(first.ResultSet?.Rows).toHaveLength(2);
  const second = await results(id, { MaxResults: 2, NextToken: first.NextToken });
  expect([second.ResultSet?.Rows, second.NextToken]).toEqual([[], undefined]);
});

it('the catalog of a query is told as it was asked for, in lower case (client-request-token.md)', async () => {
  const context = async (QueryExecutionContext?: object) => {
    const { QueryExecutionId } = await start('SELECT 1', { QueryExecutionContext });
    const got = await client().send(new GetQueryExecutionCommand({ QueryExecutionId }));
    return got.QueryExecution?.QueryExecutionContext;
  };
  expect(await context({ Catalog: 'AwsDataCatalog' })).toEqual({ Catalog: 'awsdatacatalog' });
  expect(await context({ Database: 'default' })).toEqual({ Database: 'default' });
});

it('a plan ends with three empty rows, its validation with one (statements.md)', async () => {
  const rows = async (sql: string) =>
    (await results(await idOf(sql))).ResultSet?.Rows?.map(({ Data }) => Data?.[0]?.VarCharValue);
  expect((await rows('EXPLAIN SELECT 1'))?.slice(-3)).toEqual(['', '', '']);
  expect(await rows('EXPLAIN (TYPE VALIDATE) SELECT 1')).toEqual(['Valid', 'true', '']);
});

it('an execution parameter is an expression or a text (docs/parameters.md)', async () => {
  const value = async (parameter: string) =>
    (await athena.rows('SELECT ? AS v', { ExecutionParameters: [parameter] }))[0]?.[0];
  expect(await value('1 + 1')).toBe('2');
  expect(await value("DATE '2020-01-01'")).toBe('2020-01-01');
  expect(await value('NULL')).toBeUndefined();
  for (const text of ['abc def', "it's", '123e4567-e89b-12d3-a456-426614174000', 'abc', 'x + 1', 't.x'])
    expect(await value(text)).toBe(text);
  expect(await athena.rows('SELECT 1', { ExecutionParameters: ['7'] })).toEqual([['1']]);
});

it('a database that is not there is told before its table (statements.md)', async () => {
  expect(await athena.reason('SELECT * FROM nodb.t')).toBe(
    "FAILED SCHEMA_NOT_FOUND: line 1:15: Schema 'nodb' does not exist",
  );
});

it('what a failed write may have left is told with the reason (statements.md)', async () => {
  await athena.run('CREATE TABLE written AS SELECT 1 AS n');
  const ctas = await athena.execute("CREATE TABLE never AS SELECT CAST('x' AS integer) AS n");
  expect(ctas.Status?.StateChangeReason).toBe(
    "INVALID_CAST_ARGUMENT: Cannot cast 'x' to INT. You may need to manually clean the data at location " +
      `'s3://lake/results/tables/${ctas.QueryExecutionId}' before retrying. Athena will not delete data in your account.`,
  );
  const insert = await athena.execute("INSERT INTO written SELECT CAST('x' AS integer)");
  expect(insert.Status?.StateChangeReason).toBe(
    "INVALID_CAST_ARGUMENT: Cannot cast 'x' to INT. If a data manifest file was generated at " +
      `'s3://lake/results/${insert.QueryExecutionId}-manifest.csv', you may need to manually clean the data from ` +
      'locations specified in the manifest. Athena will not delete data in your account.',
  );
});

it('a catalog that is not there is told as such, and the one that is may be named (statements.md)', async () => {
  await expect(start('CREATE TABLE nocatalog.db.t (n int)')).rejects.toMatchObject({
    AthenaErrorCode: 'DATACATALOG_NOT_FOUND',
    message: "Catalog 'nocatalog' does not exist",
  });
  await athena.run('CREATE DATABASE listed');
  await athena.run('CREATE VIEW listed.seen AS SELECT 1 AS n');
  expect(await athena.lines('SHOW TABLES IN AwsDataCatalog.listed')).toEqual(['seen']);
  expect(await athena.lines('SHOW VIEWS IN awsdatacatalog.listed')).toEqual(['seen']);
});

it('a repair of what is no table succeeds (statements.md)', async () => {
  const { QueryExecutionId: id } = await start('MSCK REPAIR TABLE nowhere');
  await expect
    .poll(() => results(id).catch(() => undefined))
    .toMatchObject({
      ResultSet: { Rows: [{ Data: [{ VarCharValue: 'Tables not in metastore:\tnowhere' }] }] },
    });
});

it('a table is not made where there is no bucket', async () => {
  expect(
    await athena.reason("CREATE EXTERNAL TABLE lost (x int) LOCATION 's3://no-such-bucket/x/'"),
  ).toContain('The specified bucket does not exist');
});

it('the engines are listed, and the statistics of an execution told', async () => {
  const { EngineVersions } = await client().send(new ListEngineVersionsCommand({}));
  expect(EngineVersions?.map(({ SelectedEngineVersion }) => SelectedEngineVersion)).toEqual([
    'AUTO',
    'Athena engine version 3',
  ]);
  const QueryExecutionId = await idOf('SELECT 1');
  const { QueryRuntimeStatistics } = await client().send(
    new GetQueryRuntimeStatisticsCommand({ QueryExecutionId }),
  );
  expect(QueryRuntimeStatistics).toMatchObject({
    Timeline: { TotalExecutionTimeInMillis: expect.any(Number) },
    Rows: { InputBytes: 0 },
  });
});
