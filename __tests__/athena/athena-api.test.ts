import { expect, it, onTestFinished } from 'vitest';
import { AthenaSession } from '../../athena/index.js';
import { type Answer, type Operations, startFakeAws } from '../cli/fake-aws.js';

async function sessionOn(operations: Operations) {
  const aws = await startFakeAws(operations);
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const session = new AthenaSession({
    connection: { region: 'us-east-1', endpoint: aws.endpoint, credentials },
    workgroup: 'w',
    database: 'd',
    polling: { first: 1, longest: 1 },
  });
  onTestFinished(async () => {
    await session.close();
    aws.close();
  });
  return session;
}

const throttled: Answer = { error: 'TooManyRequestsException', message: 'Rate exceeded' };
const GetQueryExecution = (): Answer => ({
  output: { QueryExecution: { StatementType: 'DML', Status: { State: 'SUCCEEDED' } } },
});
const GetQueryResults = (): Answer => ({ output: { ResultSet: { Rows: [] } } });

it('a throttled request is sent again, as the same request', async () => {
  const tokens: string[] = [];
  let looks = 0;
  const session = await sessionOn({
    StartQueryExecution: ({ ClientRequestToken }: { ClientRequestToken: string }) => {
      tokens.push(ClientRequestToken);
      return tokens.length < 3 ? throttled : { output: { QueryExecutionId: 'q' } };
    },
    GetQueryExecution: () => (++looks < 2 ? throttled : GetQueryExecution()),
    GetQueryResults,
  });
  const { executionId } = await session.query('SELECT 1');
  expect(executionId).toBe('q');
  expect(tokens).toHaveLength(3);
  expect(new Set(tokens).size).toBe(1);
  expect(looks).toBe(2);
});

it('a request that is refused for good is sent once', async () => {
  let starts = 0;
  const session = await sessionOn({
    StartQueryExecution: () => {
      starts++;
      return { error: 'InvalidRequestException', message: 'line 1:1: no' };
    },
  });
  await expect(session.query('SELEC')).rejects.toMatchObject({ name: 'UserQueryError' });
  expect(starts).toBe(1);
});

it('a signal ends a query that is throttled without end', async () => {
  const abort = new AbortController();
  let isStopped = false;
  const session = await sessionOn({
    StartQueryExecution: () => ({ output: { QueryExecutionId: 'q' } }),
    GetQueryExecution: () => {
      if (isStopped) return { output: { QueryExecution: { Status: { State: 'CANCELLED' } } } };
      abort.abort();
      return throttled;
    },
    StopQueryExecution: () => {
      isStopped = true;
      return { output: {} };
    },
  });
  await expect(session.query('SELECT 1', { signal: abort.signal })).rejects.toMatchObject({
    name: 'QueryCancelledError',
    stopError: undefined,
  });
  expect(isStopped).toBe(true);
});
