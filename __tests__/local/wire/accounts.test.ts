import { CreateDatabaseCommand, GetDatabasesCommand } from '@aws-sdk/client-glue';
import { CreateStreamCommand, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { CreateBucketCommand, HeadBucketCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clients, clientsOf, type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { rawRequest, signedFor } from './raw-request.js';

let aws: RunningLocalAws;
const made: Clients[] = [];
beforeAll(async () => {
  aws = await runLocalAws();
});
afterAll(async () => {
  for (const clients of made) for (const client of Object.values(clients)) client.destroy();
  await aws.end();
});

function clients(accessKeyId: string, region?: string): Clients {
  const some = clientsOf(aws.local.endpoint, accessKeyId, region);
  made.push(some);
  return some;
}

describe('the account', () => {
  it.each([
    ['123456789012', '123456789012'],
    ['AKIAIOSFODNN7EXAMPLE', '000000000000'],
    ['12345678901', '000000000000'],
    ['1234567890123', '000000000000'],
    ['a/b/c', '000000000000'],
  ])('of the access key id %s is %s', async (accessKeyId, account) => {
    const identity = await clients(accessKeyId).sts.send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({ Account: account, Arn: `arn:aws:iam::${account}:user/local` });
  });

  it('is found where the URL is signed', async () => {
    const credential = encodeURIComponent('123456789012/20260101/us-east-1/sts/aws4_request');
    const { text } = await rawRequest(aws.local.endpoint, {
      path: `/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Credential=${credential}`,
    });
    expect(text).toContain('<Account>123456789012</Account>');
  });

  it('has streams, databases and buckets of its own', async () => {
    const [one, other] = [clients('111111111111'), clients('222222222222')];
    await one.kinesis.send(new CreateStreamCommand({ StreamName: 'mine', ShardCount: 1 }));
    await one.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'mine' } }));
    await one.s3.send(new CreateBucketCommand({ Bucket: 'mine' }));
    expect((await other.kinesis.send(new ListStreamsCommand({}))).StreamNames).toEqual([]);
    expect((await other.glue.send(new GetDatabasesCommand({}))).DatabaseList).toEqual([]);
    expect((await other.s3.send(new ListBucketsCommand({}))).Buckets).toEqual([]);
    expect((await one.kinesis.send(new ListStreamsCommand({}))).StreamNames).toEqual(['mine']);
    const head = other.s3.send(new HeadBucketCommand({ Bucket: 'mine' }));
    await expect(head).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    const again = other.s3.send(new CreateBucketCommand({ Bucket: 'mine' }));
    await expect(again).rejects.toMatchObject({ name: 'BucketAlreadyExists' });
  });

  it('has streams and databases apart in each region', async () => {
    const [here, there] = [clients('333333333333'), clients('333333333333', 'eu-central-1')];
    for (const { kinesis, glue } of [here, there]) {
      await kinesis.send(new CreateStreamCommand({ StreamName: 'same', ShardCount: 1 }));
      await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'same' } }));
    }
    const { StreamSummaries } = await there.kinesis.send(new ListStreamsCommand({}));
    expect(StreamSummaries).toEqual([
      expect.objectContaining({ StreamARN: 'arn:aws:kinesis:eu-central-1:333333333333:stream/same' }),
    ]);
  });
});

describe('the Query protocol', () => {
  const sts = (form: string, headers = {}) =>
    rawRequest(aws.local.endpoint, {
      method: 'POST',
      path: '/',
      headers: {
        authorization: signedFor('sts'),
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: form,
    });

  it('wraps an answer in result and metadata', async () => {
    const { status, headers, text } = await sts('Action=GetCallerIdentity&Version=2011-06-15');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/xml');
    const requestId = headers['x-amzn-requestid'];
    expect(text).toBe(
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
        '<UserId>AIDALOCALAWSLOCALAWS0</UserId><Account>000000000000</Account>' +
        '<Arn>arn:aws:iam::000000000000:user/local</Arn></GetCallerIdentityResult>' +
        `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
    );
  });

  it('writes an error as XML, whatever its text holds', async () => {
    const { status, text, headers } = await sts(`Action=${encodeURIComponent('<a href="x">&')}`);
    expect(status).toBe(501);
    expect(text).toBe(
      '<ErrorResponse><Error><Type>Receiver</Type><Code>NotImplemented</Code>' +
        '<Message>Local AWS does not implement sts:&lt;a href=&quot;x&quot;&gt;&amp;.</Message></Error>' +
        `<RequestId>${headers['x-amzn-requestid']}</RequestId></ErrorResponse>`,
    );
  });

  it('needs an action', async () => {
    const { status, text } = await sts('');
    expect(status).toBe(400);
    expect(text).toContain('<Type>Sender</Type><Code>MissingAction</Code>');
  });
});

describe('a region', () => {
  const ask = (service: string, region: string) =>
    rawRequest(aws.local.endpoint, {
      path: '/',
      method: service === 's3' ? 'GET' : 'POST',
      headers: {
        authorization: signedFor(service, 'test', region),
        ...(service !== 's3' && { 'x-amz-target': 'Kinesis_20131202.ListStreams' }),
      },
    });

  it.each(['us-east-1', 'local', 'mars-north-7', 'AUTO'])(
    'may be called what people call theirs: %s',
    async (region) => {
      expect((await ask('kinesis', region)).status).toBe(200);
      expect((await ask('s3', region)).status).toBe(200);
    },
  );

  it.each(['x'.repeat(3000), '..', '%00', 'a b'.replace(' ', '+'), '', '\u{fc}'])(
    'is a word of letters, digits and hyphens: not %j',
    async (region) => {
      const message = 'Credential should be scoped to a valid region.';
      const json = await ask('kinesis', region);
      expect({ status: json.status, ...json.json() }).toEqual({
        status: 400,
        __type: 'InvalidSignatureException',
        message,
      });
      const { status, text } = await ask('s3', region);
      expect(status).toBe(400);
      expect(text).toContain(`<Code>AuthorizationHeaderMalformed</Code><Message>${message}</Message>`);
    },
  );
});
