import {
  BatchGetPreparedStatementCommand,
  CreatePreparedStatementCommand,
  CreateWorkGroupCommand,
  DeletePreparedStatementCommand,
  DeleteWorkGroupCommand,
  GetPreparedStatementCommand,
  ListPreparedStatementsCommand,
  UpdatePreparedStatementCommand,
} from '@aws-sdk/client-athena';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningAthena, runAthena } from './running-athena.js';

let athena: RunningAthena;
beforeAll(async () => {
  athena = await runAthena();
});
afterAll(() => athena.end());

const WorkGroup = 'primary';

it('a prepared statement is run with its values', async () => {
  await athena.run("PREPARE picked FROM SELECT x FROM (VALUES 1, 2, 3) AS v (x) WHERE x > ? AND 'a;b' = ?");
  expect(await athena.rows("EXECUTE picked USING 1, 'a;b'")).toEqual([['2'], ['3']]);
  expect(await athena.rows('EXECUTE picked', { ExecutionParameters: ['2', "'a;b'"] })).toEqual([['3']]);
  const { execution } = await athena.run("EXECUTE picked USING 2, 'a;b'");
  expect(execution).toMatchObject({ StatementType: 'DML', Query: "EXECUTE picked USING 2, 'a;b'" });
  expect(await athena.reason('EXECUTE picked USING 1')).toContain(
    'Incorrect number of parameters: expected 2 but found 1',
  );
  expect(await athena.rows("EXECUTE picked USING abs(mod(-5, 3)), concat('a', ';b')")).toEqual([['3']]);
  expect(await athena.reason("EXECUTE picked USING x, 'x'")).toContain('COLUMN_NOT_FOUND');
  expect(await athena.reason("EXECUTE IMMEDIATE 'SELECT 1'")).toContain('EXECUTE IMMEDIATE is not supported');
  await athena.run('DEALLOCATE PREPARE picked');
  expect(await athena.reason("EXECUTE picked USING 1, 'x'")).toBe(
    'FAILED NOT_FOUND: Prepared statement not found: picked',
  );
  expect(await athena.reason('DEALLOCATE PREPARE picked')).toContain('Prepared statement not found: picked');
});

it('a prepared statement can write', async () => {
  await athena.run('CREATE TABLE kept AS SELECT 1 AS id');
  await athena.run('PREPARE adding FROM INSERT INTO kept VALUES (?)');
  expect((await athena.run('EXECUTE adding USING 7')).updateCount).toBe(1);
  expect(await athena.rows('SELECT * FROM kept ORDER BY id')).toEqual([['1'], ['7']]);
});

it('a workgroup with prepared statements is not empty, and takes them along', async () => {
  const { athena: client } = athena.running.clients;
  const group = { Name: 'group', Configuration: { ResultConfiguration: { OutputLocation: 's3://lake/' } } };
  const prepared = { WorkGroup: 'group', StatementName: 'one' };
  await client.send(new CreateWorkGroupCommand(group));
  await client.send(new CreatePreparedStatementCommand({ ...prepared, QueryStatement: 'SELECT 1' }));
  await expect(client.send(new DeleteWorkGroupCommand({ WorkGroup: 'group' }))).rejects.toThrow(
    'is not empty',
  );
  await client.send(new DeleteWorkGroupCommand({ WorkGroup: 'group', RecursiveDeleteOption: true }));
  await client.send(new CreateWorkGroupCommand(group));
  await expect(client.send(new GetPreparedStatementCommand(prepared))).rejects.toThrow('was not found');
});

it('prepared statements are kept by the API too, for each workgroup its own', async () => {
  const { athena: client } = athena.running.clients;
  const StatementName = 'by_api';
  await client.send(
    new CreatePreparedStatementCommand({
      StatementName,
      WorkGroup,
      QueryStatement: 'SELECT ? AS x',
      Description: 'd',
    }),
  );
  await expect(
    client.send(new CreatePreparedStatementCommand({ StatementName, WorkGroup, QueryStatement: 'SELECT 1' })),
  ).rejects.toThrow('already exists');
  expect(await athena.rows('EXECUTE by_api USING 5')).toEqual([['5']]);
  await client.send(
    new UpdatePreparedStatementCommand({ StatementName, WorkGroup, QueryStatement: 'SELECT ? + 1 AS x' }),
  );
  expect(await athena.rows('EXECUTE by_api USING 5')).toEqual([['6']]);
  const got = await client.send(new GetPreparedStatementCommand({ StatementName, WorkGroup }));
  expect(got.PreparedStatement).toMatchObject({
    StatementName,
    QueryStatement: 'SELECT ? + 1 AS x',
    Description: 'd',
  });
  const listed = await client.send(new ListPreparedStatementsCommand({ WorkGroup }));
  expect(listed.PreparedStatements?.map((statement) => statement.StatementName)).toEqual([
    'adding',
    'by_api',
  ]);
  const batch = await client.send(
    new BatchGetPreparedStatementCommand({ WorkGroup, PreparedStatementNames: ['by_api', 'none'] }),
  );
  expect(batch.PreparedStatements).toHaveLength(1);
  expect(batch.UnprocessedPreparedStatementNames).toMatchObject([{ StatementName: 'none' }]);
  await client.send(new DeletePreparedStatementCommand({ StatementName, WorkGroup }));
  await expect(
    client.send(new GetPreparedStatementCommand({ StatementName, WorkGroup })),
  ).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  expect(athena.running.troubles).toEqual([]);
});
