import { CreateBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { rawRequest } from '../wire/raw-request.js';

const Bucket = 'bucket';
let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws();
  await aws.clients.s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => aws.end());

const put = (headers: Record<string, string>, body: string) =>
  rawRequest(aws.local.endpoint, { method: 'PUT', path: `/${Bucket}/key`, headers, body });
const AWS_CHUNKED = { 'content-encoding': 'aws-chunked' };
const HELLO = '5\r\nhello\r\n0\r\n\r\n';

describe('a body of an object is refused, as S3 does,', () => {
  afterEach(async () => {
    const { KeyCount } = await aws.clients.s3.send(new ListObjectsV2Command({ Bucket }));
    expect(KeyCount).toBe(0);
  });

  it("that comes in HTTP's own chunks", async () => {
    const answer = await put({ 'transfer-encoding': 'chunked' }, 'hello');
    expect(answer.status).toBe(501);
    expect(answer.text).toContain('<Code>NotImplemented</Code>');
    expect(answer.text).toContain('A header you provided implies functionality that is not implemented');
  });

  it.each([[{}], [{ 'x-amz-decoded-content-length': 'undefined' }]])(
    'that comes in aws-chunked and does not say how long it is without (%o)',
    async (length) => {
      const answer = await put({ ...AWS_CHUNKED, ...length }, HELLO);
      expect(answer.status).toBe(411);
      expect(answer.text).toContain('<Code>MissingContentLength</Code>');
    },
  );

  it.each(['4', '6'])('that says it has %s bytes without aws-chunked, and has five', async (length) => {
    const answer = await put({ ...AWS_CHUNKED, 'x-amz-decoded-content-length': length }, HELLO);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('<Code>IncompleteBody</Code>');
  });
});

it('is taken in aws-chunked within chunks of HTTP, as the SDK for JavaScript sends a stream', async () => {
  const headers = { ...AWS_CHUNKED, 'transfer-encoding': 'chunked', 'x-amz-decoded-content-length': '5' };
  expect((await put(headers, HELLO)).status).toBe(200);
});
