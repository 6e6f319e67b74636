import { connect } from 'node:http2';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { rawRequest } from './raw-request.js';

let aws: RunningLocalAws;
let port: string;
beforeAll(async () => {
  aws = await runLocalAws();
  port = new URL(aws.local.endpoint).port;
  await aws.clients.s3.send(new CreateBucketCommand({ Bucket: 'my.bucket' }));
  await aws.clients.s3.send(new PutObjectCommand({ Bucket: 'my.bucket', Key: 'a/b', Body: 'here' }));
});
afterAll(() => aws.end());

async function statusOverHttp2(authority: string): Promise<unknown> {
  const session = connect(aws.local.endpoint);
  try {
    return await new Promise((resolve, reject) => {
      const stream = session.request({ ':path': '/', ':authority': authority });
      stream.once('response', (headers) => resolve(headers[':status'])).once('error', reject);
      stream.resume().end();
    });
  } finally {
    session.close();
  }
}

describe('the name that a request is sent to', () => {
  it.each(['127.0.0.1', 'localhost', 'LocalHost:4566', '[::1]:4566', '192.168.0.7:4566', 'sub.localhost'])(
    'may be one of this machine: %s',
    async (host) => {
      const { status } = await rawRequest(aws.local.endpoint, { path: '/', headers: { host } });
      expect(status).not.toBe(403);
      expect(await statusOverHttp2(host)).not.toBe(403);
    },
  );

  it.each([
    'example.com',
    'localhost.example.com:4566',
    'notlocalhost',
    '127.0.0.1.example.com',
    '[::1].com',
  ])('may not be one that a web page has had lead here: %s', async (host) => {
    const { status, text } = await rawRequest(aws.local.endpoint, { path: '/', headers: { host } });
    expect(status).toBe(403);
    expect(text).toContain('<Code>AccessDenied</Code>');
    expect(text).toContain(host);
    expect(await statusOverHttp2(host)).toBe(403);
  });

  it('may be what local AWS was told to listen on', async () => {
    const named = await runLocalAws({ host: 'localhost' });
    const { status } = await rawRequest(named.local.endpoint, {
      path: '/',
      headers: { host: 'localhost' },
    }).finally(() => named.end());
    expect(status).toBe(200);
  });
});

describe('a web page', () => {
  const remove = { method: 'POST', path: '/my.bucket?delete' };
  const body = '<Delete><Object><Key>none</Key></Object></Delete>';

  it.each(['https://example.com', 'http://localhost.example.com', 'null'])(
    'of %s gets nothing done',
    async (origin) => {
      const answer = await rawRequest(aws.local.endpoint, { ...remove, body, headers: { origin } });
      expect(answer.status).toBe(403);
      expect(answer.text).toContain(`Local AWS does not answer to web pages of ${origin}.`);
    },
  );

  it('of this machine is answered', async () => {
    const headers = { origin: 'http://localhost:3000' };
    expect(await rawRequest(aws.local.endpoint, { ...remove, body, headers })).toMatchObject({ status: 200 });
  });
});

describe('a bucket in the host name', () => {
  it.each(['my.bucket.localhost', 'my.bucket.s3.localhost', 'my.bucket.s3.us-east-1.localhost'])(
    'is found: %s',
    async (host) => {
      const headers = { host: `${host}:${port}` };
      const answer = await rawRequest(aws.local.endpoint, { path: '/a/b', headers });
      expect(answer).toMatchObject({ status: 200, text: 'here' });
      const listed = await rawRequest(aws.local.endpoint, { path: '/?list-type=2', headers });
      expect(listed.text).toContain('<Key>a/b</Key>');
    },
  );

  it.each(['localhost', 's3.localhost', 's3.us-east-1.localhost'])(
    'is not looked for in %s',
    async (host) => {
      const headers = { host: `${host}:${port}` };
      const answer = await rawRequest(aws.local.endpoint, { path: '/my.bucket/a/b', headers });
      expect(answer).toMatchObject({ status: 200, text: 'here' });
    },
  );

  it('is where the SDK puts it', async () => {
    const s3 = new S3Client({
      endpoint: `http://localhost:${port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'my.bucket', Key: 'a/b' }));
      expect(await Body?.transformToString()).toBe('here');
    } finally {
      s3.destroy();
    }
  });
});
