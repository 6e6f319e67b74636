import {
  AssociateKmsKeyCommand,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  DisassociateKmsKeyCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { beforeAll, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';

let logs: RunningLocalAws['clients']['logs'];
beforeAll(async () => {
  const aws = await runLocalAws();
  logs = aws.clients.logs;
  return () => aws.end();
});

const arnOf = (name: string) => `arn:aws:logs:us-east-1:000000000000:log-group:${name}`;
const create = (logGroupName: string, more: object = {}) =>
  logs.send(new CreateLogGroupCommand({ logGroupName, ...more }));
async function find(logGroupNamePrefix: string) {
  return (await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }))).logGroups;
}

it('gives a group back as it was made', async () => {
  const started = Date.now();
  await create('/aws/lake', { kmsKeyId: 'arn:key', tags: { a: '1' } });
  expect(await find('/aws/lake')).toEqual([
    {
      logGroupName: '/aws/lake',
      arn: `${arnOf('/aws/lake')}:*`,
      logGroupArn: arnOf('/aws/lake'),
      logGroupClass: 'STANDARD',
      creationTime: expect.any(Number),
      kmsKeyId: 'arn:key',
      metricFilterCount: 0,
      storedBytes: 0,
    },
  ]);
  expect((await find('/aws/lake'))?.[0]?.creationTime).toBeGreaterThanOrEqual(started);
  await expect(create('/aws/lake')).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
  await expect(create('a b')).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

it('keeps retention and key', async () => {
  const logGroupName = 'kept';
  await create(logGroupName);
  await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 365 }));
  await logs.send(new AssociateKmsKeyCommand({ logGroupName, kmsKeyId: 'arn:key' }));
  expect(await find(logGroupName)).toMatchObject([{ retentionInDays: 365, kmsKeyId: 'arn:key' }]);
  const odd = new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 364 });
  await expect(logs.send(odd)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  await logs.send(new DeleteRetentionPolicyCommand({ logGroupName }));
  await logs.send(new DisassociateKmsKeyCommand({ logGroupName }));
  const [group] = (await find(logGroupName)) ?? [];
  expect(group).not.toHaveProperty('retentionInDays');
  expect(group).not.toHaveProperty('kmsKeyId');
});

it('keeps tags by ARN, with and without what stands for the streams', async () => {
  await create('tagged', { tags: { a: '1', b: '2' } });
  await logs.send(new TagResourceCommand({ resourceArn: arnOf('tagged'), tags: { c: '3' } }));
  await logs.send(new UntagResourceCommand({ resourceArn: `${arnOf('tagged')}:*`, tagKeys: ['a'] }));
  const { tags } = await logs.send(new ListTagsForResourceCommand({ resourceArn: arnOf('tagged') }));
  expect(tags).toEqual({ b: '2', c: '3' });
});

it('lists groups in pages', async () => {
  for (const name of ['page/1', 'page/2', 'page/3']) await create(name);
  const query = { logGroupNamePrefix: 'page/', limit: 2 };
  const first = await logs.send(new DescribeLogGroupsCommand(query));
  const second = await logs.send(new DescribeLogGroupsCommand({ ...query, nextToken: first.nextToken }));
  expect(first.logGroups).toHaveLength(2);
  expect(second.logGroups?.map(({ logGroupName }) => logGroupName)).toEqual(['page/3']);
  expect(second.nextToken).toBeUndefined();
});

it('deletes a group with its streams', async () => {
  const logGroupName = 'streams';
  await create(logGroupName);
  for (const logStreamName of ['one', 'two']) {
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  }
  const again = new CreateLogStreamCommand({ logGroupName, logStreamName: 'one' });
  await expect(logs.send(again)).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
  await logs.send(new DeleteLogStreamCommand({ logGroupName, logStreamName: 'one' }));
  const streams = async () => (await logs.send(new DescribeLogStreamsCommand({ logGroupName }))).logStreams;
  expect(await streams()).toMatchObject([
    { logStreamName: 'two', arn: `${arnOf(logGroupName)}:log-stream:two` },
  ]);
  await logs.send(new DeleteLogGroupCommand({ logGroupName }));
  const missing = { name: 'ResourceNotFoundException' };
  await expect(streams()).rejects.toMatchObject(missing);
  await expect(logs.send(new DeleteLogGroupCommand({ logGroupName }))).rejects.toMatchObject(missing);
  await create(logGroupName);
  expect(await streams()).toEqual([]);
});

it('takes no log events, and says so', async () => {
  const events = { logGroupName: 'g', logStreamName: 's', logEvents: [{ timestamp: 1, message: 'm' }] };
  await expect(logs.send(new PutLogEventsCommand(events))).rejects.toMatchObject({
    message: 'Local AWS does not implement logs:PutLogEvents.',
  });
});
