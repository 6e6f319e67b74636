import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { rawRequest } from './raw-request.js';

const NOW = Date.UTC(2026, 1, 4, 21, 35, 54);
let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws({ clock: { now: () => NOW, after: () => () => {} } });
  await aws.clients.s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  await aws.clients.s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'key', Body: 'content' }));
});
afterAll(() => aws.end());

const ask = async (query: Record<string, string>) => {
  const path = `/bucket/key?${new URLSearchParams(query)}`;
  const { status, text } = await rawRequest(aws.local.endpoint, { path });
  const [, code] = /<Code>(.*)<\/Code>/.exec(text) ?? [];
  const [, message] = /<Message>(.*)<\/Message>/.exec(text) ?? [];
  return status === 200 ? text : `${status} ${code}: ${message}`;
};

/** Signed some seconds ago. */
const signed = (secondsAgo: number, expires: string, date?: string) => ({
  'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
  'X-Amz-Credential': 'test/20260204/us-east-1/s3/aws4_request',
  'X-Amz-Date':
    date ?? new Date(NOW - secondsAgo * 1000).toISOString().replace(/[-:]/g, '').replace(/\.\d+/, ''),
  'X-Amz-Expires': expires,
  'X-Amz-Signature': '0',
});

describe('an address that was signed beforehand', () => {
  it('is answered until it expires, and refused from then on', async () => {
    expect(await ask(signed(0, '1'))).toBe('content');
    expect(await ask(signed(60, '60'))).toBe('content');
    expect(await ask(signed(61, '60'))).toBe('403 AccessDenied: Request has expired');
    expect(await ask(signed(604_801, '604800'))).toBe('403 AccessDenied: Request has expired');
  });

  it('is not answered before it was signed, but for clocks that differ a little', async () => {
    expect(await ask(signed(-600, '60'))).toBe('content');
    expect(await ask(signed(-1000, '60'))).toBe('403 AccessDenied: Request is not yet valid');
  });

  it.each([
    ['604801', 'X-Amz-Expires must be less than a week'],
    ['-1', 'X-Amz-Expires must be non-negative'],
    ['soon', 'X-Amz-Expires should be a number'],
    ['', 'X-Amz-Expires should be a number'],
  ])('is not signed for %j seconds', async (expires, message) => {
    expect(await ask(signed(0, expires))).toContain(`400 AuthorizationQueryParametersError: ${message}`);
  });

  it.each(['', '2026-02-04T21:35:54Z', '20261304T213554Z', 'now'])('is not signed at %j', async (date) => {
    expect(await ask(signed(0, '60', date))).toContain('X-Amz-Date must be in the ISO8601 Long Format');
  });

  it('of the older kind has a second after which it has expired', async () => {
    const older = (Expires: string) => ask({ AWSAccessKeyId: 'test', Signature: '0', Expires });
    expect(await older(String(NOW / 1000 + 1))).toBe('content');
    expect(await older(String(NOW / 1000))).toBe('403 AccessDenied: Request has expired');
    expect(await older('never')).toContain('403 AccessDenied: Invalid date');
  });
});
