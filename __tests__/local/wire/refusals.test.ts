import { RegisterStreamConsumerCommand } from '@aws-sdk/client-kinesis';
import { GetObjectAclCommand, PutObjectRetentionCommand } from '@aws-sdk/client-s3';
import { GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { jsonRequest, rawRequest, signedFor } from './raw-request.js';

let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws();
});
afterAll(() => aws.end());

const refusal = (name: string) => ({
  name: 'NotImplemented',
  message: `Local AWS does not implement ${name}.`,
  $metadata: expect.objectContaining({ httpStatusCode: 501 }),
});

describe('an operation that is not there', () => {
  it('is refused by its name in the JSON protocol', async () => {
    const consumer = new RegisterStreamConsumerCommand({ StreamARN: 'arn', ConsumerName: 'c' });
    const answer = aws.clients.kinesis.send(consumer);
    await expect(answer).rejects.toMatchObject(refusal('kinesis:RegisterStreamConsumer'));
  });

  it('is refused by its name in the Query protocol', async () => {
    const answer = aws.clients.sts.send(new GetSessionTokenCommand({}));
    await expect(answer).rejects.toMatchObject(refusal('sts:GetSessionToken'));
  });

  it("is refused by its name among S3's", async () => {
    const retention = new PutObjectRetentionCommand({ Bucket: 'b', Key: 'k', Retention: {} });
    await expect(aws.clients.s3.send(retention)).rejects.toMatchObject(refusal('s3:PutObjectRetention'));
    const acl = new GetObjectAclCommand({ Bucket: 'b', Key: 'k' });
    await expect(aws.clients.s3.send(acl)).rejects.toMatchObject(refusal('s3:GetObjectAcl'));
  });

  it.each([
    ['PUT', '/bucket?cors', {}, 'PutBucketCors'],
    ['GET', '/bucket?analytics&id=x', {}, 'GetBucketAnalyticsConfiguration'],
    ['PUT', '/bucket?inventory&id=x', {}, 'PutBucketInventoryConfiguration'],
    ['GET', '/bucket/key?torrent', {}, 'GetObjectTorrent'],
    ['PUT', '/bucket/key?retention', {}, 'PutObjectRetention'],
    ['POST', '/bucket/key?restore', {}, 'RestoreObject'],
    ['POST', '/bucket/key?select&select-type=2', {}, 'SelectObjectContent'],
    ['POST', '/bucket/key', {}, 'POST /bucket/key'],
  ])('is told from its like by method and query: %s %s', async (method, path, headers, operation) => {
    const { status, text } = await rawRequest(aws.local.endpoint, { method, path, headers });
    expect(status).toBe(501);
    expect(text).toContain('<Code>NotImplemented</Code>');
    expect(text).toContain(`<Message>Local AWS does not implement s3:${operation}.</Message>`);
  });

  it('is refused where AWS has none by that name either', async () => {
    const answer = await rawRequest(aws.local.endpoint, jsonRequest('AWSGlue.DoIt', 'glue', '{}'));
    expect(answer.status).toBe(501);
    expect(answer.json().message).toBe('Local AWS does not implement glue:DoIt.');
  });
});

describe('a service that is not there', () => {
  it('is refused by its name, in JSON where JSON was asked', async () => {
    const request = jsonRequest('DynamoDB_20120810.ListTables', 'dynamodb', '{}');
    const { status, headers, json } = await rawRequest(aws.local.endpoint, request);
    expect(status).toBe(501);
    expect(headers['x-amzn-errortype']).toBe('NotImplemented');
    expect(json()).toEqual({
      __type: 'NotImplemented',
      message: 'Local AWS does not have the service "dynamodb".',
    });
  });

  it('is refused in XML where a form was asked', async () => {
    const { status, text } = await rawRequest(aws.local.endpoint, {
      method: 'POST',
      path: '/',
      headers: {
        authorization: signedFor('ec2'),
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      },
      body: 'Action=DescribeVpcs&Version=2016-11-15',
    });
    expect(status).toBe(501);
    expect(text).toMatch(/^<ErrorResponse><Error>.*<Code>NotImplemented<\/Code>/);
    expect(text).toContain('the service &quot;ec2&quot;.');
  });
});

describe('what local AWS does not do for an operation that it has', () => {
  it.each([
    ['Kinesis_20131202.GetRecords', { ShardIterator: 'i', DryRun: true }, 'DryRun'],
    ['Kinesis_20131202.DescribeStream', { StreamId: 's' }, 'StreamId'],
    ['AWSGlue.GetTables', { DatabaseName: 'd', IncludeStatusDetails: true }, 'IncludeStatusDetails'],
    ['AWSGlue.GetDatabases', { ResourceShareType: 'FOREIGN' }, 'ResourceShareType'],
  ])('is refused by its name in the JSON protocol: %s %j', async (target, input, member) => {
    const answer = await rawRequest(aws.local.endpoint, jsonRequest(target, 'any', JSON.stringify(input)));
    expect(answer.status).toBe(501);
    expect(answer.json().message).toBe(`Local AWS does not implement ${member}.`);
  });

  it.each([
    ['PUT', '/bucket/key', { 'x-amz-storage-class': 'GLACIER' }, 'StorageClass'],
    ['PUT', '/bucket/key', { 'x-amz-object-lock-mode': 'GOVERNANCE' }, 'ObjectLockMode'],
    ['PUT', '/bucket', { 'x-amz-acl': 'public-read' }, 'ACL'],
    ['PUT', '/bucket', { 'x-amz-object-ownership': 'ObjectWriter' }, 'ObjectOwnership'],
    [
      'DELETE',
      '/bucket/key?uploadId=u',
      { 'x-amz-if-match-initiated-time': 'Sun, 06 Nov 1994 08:49:37 GMT' },
      'IfMatchInitiatedTime',
    ],
  ])('is refused by its name: %s %s', async (method, path, headers, member) => {
    const { status, text } = await rawRequest(aws.local.endpoint, { method, path, headers });
    expect(status).toBe(501);
    expect(text).toContain(`Local AWS does not implement ${member}.`);
  });
});
