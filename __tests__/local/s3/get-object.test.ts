import {
  CreateBucketCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../local/clock.js';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { rawRequest } from '../wire/raw-request.js';

const Bucket = 'bucket';
const Key = 'digits';
const ETAG = '"781e5e245d69b566979b86e28d23f2c7"';
const WRITTEN = Date.UTC(2026, 1, 3, 4, 5, 6, 789);

let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws({ clock: { ...systemClock, now: () => WRITTEN } });
  await aws.clients.s3.send(new CreateBucketCommand({ Bucket }));
  await aws.clients.s3.send(new PutObjectCommand({ Bucket, Key, Body: '0123456789' }));
  await aws.clients.s3.send(new PutObjectCommand({ Bucket, Key: 'empty', ContentLength: 0 }));
});
afterAll(() => aws.end());

const get = (input: Partial<GetObjectCommandInput>) =>
  aws.clients.s3.send(new GetObjectCommand({ Bucket, Key, ...input }));
const head = (input: Partial<GetObjectCommandInput>) =>
  aws.clients.s3.send(new HeadObjectCommand({ Bucket, Key, ...input }));

describe('a range', () => {
  it.each([
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=7-100', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-100', '0123456789', 'bytes 0-9/10'],
    ['bytes=0-', '0123456789', 'bytes 0-9/10'],
  ])('%s gives %s', async (Range, text, ContentRange) => {
    const answer = await get({ Range });
    expect(await answer.Body?.transformToString()).toBe(text);
    const described = { ContentRange, ContentLength: text.length, ETag: ETAG };
    expect(answer).toMatchObject({ ...described, $metadata: { httpStatusCode: 206 } });
    expect(await head({ Range })).toMatchObject({ ...described, $metadata: { httpStatusCode: 206 } });
  });

  it.each(['bytes=4-2', 'bytes=-', 'bytes=a-b', 'bytes=0-1,3-4', 'lines=0-1', '0-1'])(
    '%s is passed over',
    async (Range) => {
      const answer = await get({ Range });
      expect(answer.ContentRange).toBeUndefined();
      expect(answer.$metadata.httpStatusCode).toBe(200);
      expect(await answer.Body?.transformToString()).toBe('0123456789');
    },
  );

  it.each(['bytes=10-', 'bytes=10-20', 'bytes=-0'])('%s cannot be satisfied', async (Range) => {
    const refusal = { name: 'InvalidRange', $metadata: { httpStatusCode: 416 } };
    await expect(get({ Range })).rejects.toMatchObject(refusal);
  });

  it('of an empty object cannot be satisfied, but all of it can be had', async () => {
    await expect(get({ Key: 'empty', Range: 'bytes=0-' })).rejects.toMatchObject({ name: 'InvalidRange' });
    const answer = await get({ Key: 'empty' });
    expect(answer.ContentLength).toBe(0);
    expect(await answer.Body?.transformToString()).toBe('');
  });
});

describe('a condition', () => {
  const before = new Date(WRITTEN - 60_000);
  const after = new Date(WRITTEN + 60_000);
  // A date in a header has whole seconds: this is what a client has of the object.
  const same = new Date(Math.floor(WRITTEN / 1000) * 1000);

  it.each<[string, Partial<GetObjectCommandInput>, number]>([
    ['If-Match of the ETag', { IfMatch: ETAG }, 200],
    ['If-Match of any', { IfMatch: '*' }, 200],
    ['If-Match of several', { IfMatch: `"x", ${ETAG}` }, 200],
    ['If-Match of the ETag without its quotes', { IfMatch: ETAG.slice(1, -1) }, 200],
    ['If-Match of another', { IfMatch: '"x"' }, 412],
    ['If-None-Match of the ETag', { IfNoneMatch: ETAG }, 304],
    ['If-None-Match of the weak ETag', { IfNoneMatch: `W/${ETAG}` }, 304],
    ['If-None-Match of any', { IfNoneMatch: '*' }, 304],
    ['If-None-Match of another', { IfNoneMatch: '"x"' }, 200],
    ['If-Modified-Since before', { IfModifiedSince: before }, 200],
    ['If-Modified-Since the same time', { IfModifiedSince: same }, 304],
    ['If-Modified-Since after', { IfModifiedSince: after }, 304],
    ['If-Unmodified-Since before', { IfUnmodifiedSince: before }, 412],
    ['If-Unmodified-Since the same time', { IfUnmodifiedSince: same }, 200],
    ['If-Unmodified-Since after', { IfUnmodifiedSince: after }, 200],
    ['If-Match before If-Unmodified-Since', { IfMatch: ETAG, IfUnmodifiedSince: before }, 200],
    ['If-None-Match before If-Modified-Since', { IfNoneMatch: '"x"', IfModifiedSince: after }, 200],
  ])('%s', async (_what, condition, status) => {
    const statusOf = (answer: Promise<{ $metadata: { httpStatusCode?: number | undefined } }>) =>
      answer.then(
        ({ $metadata }) => $metadata.httpStatusCode,
        (error) => error.$metadata.httpStatusCode,
      );
    expect(await statusOf(get(condition))).toBe(status);
    expect(await statusOf(head(condition))).toBe(status);
  });
});

describe('an object', () => {
  it('is described alike by GET and HEAD', async () => {
    const described = {
      ETag: ETAG,
      ContentLength: 10,
      ContentType: 'application/octet-stream',
      AcceptRanges: 'bytes',
      LastModified: new Date(Math.floor(WRITTEN / 1000) * 1000),
      Metadata: {},
    };
    const answer = await get({});
    await answer.Body?.transformToByteArray();
    expect(answer).toMatchObject(described);
    expect(await head({})).toMatchObject(described);
  });

  it('is given with the headers that are asked for', async () => {
    const answer = await get({
      ResponseContentType: 'text/x',
      ResponseContentDisposition: 'attachment; filename="a.txt"',
      ResponseCacheControl: 'no-store',
      ResponseContentLanguage: 'de',
      ResponseContentEncoding: 'x-none',
      ResponseExpires: new Date(0),
    });
    await answer.Body?.transformToByteArray();
    expect(answer).toMatchObject({
      ContentType: 'text/x',
      ContentDisposition: 'attachment; filename="a.txt"',
      CacheControl: 'no-store',
      ContentLanguage: 'de',
      ContentEncoding: 'x-none',
      ExpiresString: 'Thu, 01 Jan 1970 00:00:00 GMT',
    });
  });

  it('is not given with a header that could not be sent', async () => {
    const path = `/${Bucket}/${Key}?response-content-type=a%0Ab`;
    const { status, text } = await rawRequest(aws.local.endpoint, { path });
    expect(status).toBe(400);
    expect(text).toContain('ResponseContentType has characters that a header cannot have.');
  });

  it('that is not there is missed by its name', async () => {
    const missing = { name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } };
    await expect(get({ Key: 'none' })).rejects.toMatchObject(missing);
    await expect(get({ Key: 'digits/' })).rejects.toMatchObject(missing);
    await expect(head({ Key: 'none' })).rejects.toMatchObject({ name: 'NotFound' });
    await expect(get({ Bucket: 'none' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});
