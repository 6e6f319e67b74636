import { StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { rawRequest } from '../wire/raw-request.js';
import { rpcRequest } from '../wire/raw-rpc.js';

/**
 * Measured on AWS, 2026: athena-local's docs/dev/measurements, of which `errors`, `work-groups`, `query-results` and
 * `client-request-token` give the bodies word by word.
 */
const TOKEN = 'a-token-of-at-least-thirty-two-characters';
let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws();
  await aws.clients.s3.send(new CreateBucketCommand({ Bucket: 'results' }));
});
afterAll(async () => {
  expect(aws.troubles).toEqual([]);
  await aws.end();
});

const ask = async (operation: string, input: object) => {
  const { status, text } = await rawRequest(
    aws.local.endpoint,
    rpcRequest('json', 'athena', operation, JSON.stringify(input)),
  );
  return { status, body: JSON.parse(text) };
};
const refusal = (AthenaErrorCode: string, Message: string) => ({
  status: 400,
  body: { __type: 'InvalidRequestException', AthenaErrorCode, ErrorCode: AthenaErrorCode, Message },
});
const LEAST = (member: string, constraint: string) =>
  `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${constraint}`;
const start = (rest: object) =>
  ask('StartQueryExecution', {
    QueryString: 'SELECT 1',
    ClientRequestToken: TOKEN,
    ResultConfiguration: { OutputLocation: 's3://results/' },
    ...rest,
  });

describe('a request that Athena refuses is refused with its codes and in its words', () => {
  it.each([
    [{ MaxResults: 0 }, LEAST('maxResults', 'Member must have value greater than or equal to 1')],
    [{ MaxResults: 51 }, LEAST('maxResults', 'Member must have value less than or equal to 50')],
    [{ NextToken: '' }, LEAST('nextToken', 'Member must have length greater than or equal to 1')],
    [
      { NextToken: '', MaxResults: 51 },
      "2 validation errors detected: Value at 'nextToken' failed to satisfy constraint: Member must have length greater than or equal to 1; Value at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 50",
    ],
    [{ NextToken: 'no-token-of-it' }, 'The nextPageToken is malformed: no-token-of-it'],
  ])('a page of workgroups, %j', async (input, message) => {
    expect(await ask('ListWorkGroups', input)).toEqual(refusal('INVALID_INPUT', message));
  });

  it('a workgroup that is not there', async () => {
    const missing = refusal('INVALID_INPUT', 'WorkGroup is not found.');
    expect(await ask('GetWorkGroup', { WorkGroup: 'none' })).toEqual(missing);
    expect(await start({ WorkGroup: 'none' })).toEqual(missing);
  });

  it.each([
    [{ ClientRequestToken: undefined }, 'clientRequestToken is null or empty'],
    [
      { ClientRequestToken: 'a'.repeat(31) },
      LEAST('clientRequestToken', 'Member must have length greater than or equal to 32'),
    ],
    [
      { ClientRequestToken: 'a'.repeat(129) },
      LEAST('clientRequestToken', 'Member must have length less than or equal to 128'),
    ],
    [{ ClientRequestToken: 'あ'.repeat(50) }, 'clientRequestToken exceeds maximum allowed length 128'],
    [{ ResultConfiguration: { OutputLocation: 's3://' } }, 'outputLocation is not a valid S3 path.'],
    // A token that is too short is found before anything else, and the place before the statement.
    [
      { ClientRequestToken: 'short', ResultConfiguration: { OutputLocation: 's3://' } },
      LEAST('clientRequestToken', 'Member must have length greater than or equal to 32'),
    ],
    [
      { QueryString: 'SELEC 1', ResultConfiguration: { OutputLocation: 'no-place' } },
      'outputLocation is not a valid S3 path.',
    ],
  ])('a start with %j', async (rest, message) => {
    expect(await start(rest)).toEqual(refusal('INVALID_INPUT', message));
  });

  it('a statement that does not parse, which uses up no token', async () => {
    expect((await start({ QueryString: 'SELEC 1' })).body).toMatchObject({
      AthenaErrorCode: 'MALFORMED_QUERY',
      Message: expect.stringMatching(/^line 1:1: mismatched input 'SELEC'/),
    });
    expect((await start({})).status).toBe(200);
  });
});

it('a token is bound to statement, context and place, and to neither values nor workgroup', async () => {
  const ClientRequestToken = `${TOKEN}-bound`;
  const first = await start({ ClientRequestToken, QueryString: 'SELECT ?', ExecutionParameters: ['1'] });
  const again = await start({ ClientRequestToken, QueryString: 'SELECT ?', ExecutionParameters: ['2'] });
  expect(again).toEqual(first);
  const mismatch = refusal('IDEMPOTENT_PARAMETER_MISMATCH', 'Idempotent parameters do not match');
  for (const changed of [
    { QueryString: 'SELECT 2' },
    { QueryExecutionContext: { Database: 'default' } },
    { QueryExecutionContext: { Catalog: 'awsdatacatalog' } },
    { ResultConfiguration: { OutputLocation: 's3://results/other/' } },
  ])
    expect(await start({ ClientRequestToken, QueryString: 'SELECT ?', ...changed })).toEqual(mismatch);
});

it('what asks for results is checked in the order of page, execution, size, state and token', async () => {
  const none = '00000000-0000-0000-0000-000000000000';
  const results = (input: object) => ask('GetQueryResults', input);
  expect(await results({ QueryExecutionId: none, MaxResults: 0 })).toEqual(
    refusal('INVALID_INPUT', LEAST('maxResults', 'Member must have value greater than or equal to 1')),
  );
  expect(await results({ QueryExecutionId: none, MaxResults: 1001 })).toEqual(
    refusal('QUERY_EXECUTION_NOT_FOUND', `QueryExecution ${none} was not found`),
  );
  const { QueryExecutionId } = await aws.clients.athena.send(
    new StartQueryExecutionCommand({
      QueryString: 'SELECT * FROM nowhere',
      ResultConfiguration: { OutputLocation: 's3://results/' },
    }),
  );
  await expect
    .poll(async () => (await ask('GetQueryExecution', { QueryExecutionId })).body.QueryExecution.Status.State)
    .toBe('FAILED');
  expect(await results({ QueryExecutionId, MaxResults: 1001 })).toEqual(
    refusal('INVALID_INPUT', 'MaxResults is more than maximum allowed length 1000'),
  );
  expect(await results({ QueryExecutionId, NextToken: 'x' })).toEqual(
    refusal('INVALID_QUERY_EXECUTION_STATE', 'Query did not finish successfully. Final query state: FAILED'),
  );
});

it('workgroups are listed by their names, the primary one among them', async () => {
  for (const Name of ['zebra', 'apple']) await ask('CreateWorkGroup', { Name, Description: Name });
  const names: string[] = [];
  let NextToken: string | undefined;
  do {
    const { body } = await ask('ListWorkGroups', { MaxResults: 1, NextToken });
    names.push(...body.WorkGroups.map(({ Name }: { Name: string }) => Name));
    expect(body.WorkGroups).toHaveLength(1);
    NextToken = body.NextToken;
  } while (NextToken);
  expect(names).toEqual(['apple', 'primary', 'zebra']);
  // One without a description has none there, and an empty one in the list.
  expect((await ask('GetWorkGroup', { WorkGroup: 'primary' })).body.WorkGroup).not.toHaveProperty(
    'Description',
  );
});
