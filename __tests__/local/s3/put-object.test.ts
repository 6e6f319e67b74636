import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { rawRequest } from '../wire/raw-request.js';

const Bucket = 'bucket';
const Key = 'key';
let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws();
  await aws.clients.s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => aws.end());
beforeEach(() => aws.clients.s3.send(new DeleteObjectCommand({ Bucket, Key })));

const put = (input: Partial<PutObjectCommandInput>) =>
  aws.clients.s3.send(new PutObjectCommand({ Bucket, Key, ...input }));

async function contents(): Promise<string> {
  const { Body } = await aws.clients.s3.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToString()) ?? '';
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(path.join(aws.dataDir, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

async function expectNothingKept(): Promise<void> {
  const listed = await aws.clients.s3.send(new ListObjectsV2Command({ Bucket }));
  expect(listed.KeyCount).toBe(0);
  expect(await filesIn('objects')).toEqual([]);
  await vi.waitFor(async () => expect(await filesIn('staging')).toEqual([]), { timeout: 5_000, interval: 5 });
}

const md5 = (text: string) => createHash('md5').update(text).digest();
const crc = (text: string) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return bytes.toString('base64');
};

describe('PutObject', () => {
  it('holds to what it was told of the object that it replaces: one of many that make a lock gets it', async () => {
    const locks = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => put({ Body: `${index}`, IfNoneMatch: '*' })),
    );
    const winners = locks.filter(({ status }) => status === 'fulfilled');
    expect(winners).toHaveLength(1);
    for (const lock of locks) {
      if (lock.status === 'rejected') expect(lock.reason).toMatchObject({ name: 'PreconditionFailed' });
    }
    const { ETag } = await put({ Body: 'second' });
    await expect(put({ Body: 'third', IfMatch: '"other"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await put({ Body: 'third', IfMatch: ETag });
    expect(await contents()).toBe('third');
  });

  it.each(['', 'hello', 'x'.repeat(300_000)])('answers with the MD5 as ETag (%#)', async (text) => {
    const { ETag } = await put({ Body: text, ContentLength: text.length });
    expect(ETag).toBe(`"${md5(text).toString('hex')}"`);
    expect(await contents()).toBe(text);
  });

  it('takes a stream, which the SDK sends in chunks', async () => {
    const pieces = Array.from({ length: 20 }, (_, index) => Buffer.alloc(10_000, 65 + index));
    const { ETag } = await put({ Body: Readable.from(pieces), ContentLength: 200_000 });
    const whole = Buffer.concat(pieces).toString();
    expect(ETag).toBe(`"${md5(whole).toString('hex')}"`);
    expect(await contents()).toBe(whole);
    const described = await aws.clients.s3.send(new HeadObjectCommand({ Bucket, Key }));
    expect(described.ContentEncoding).toBeUndefined();
  });

  it('keeps metadata and headers', async () => {
    const headers = {
      ContentType: 'text/csv; charset=utf-8',
      ContentEncoding: 'gzip',
      ContentDisposition: 'inline',
      ContentLanguage: 'en',
      CacheControl: 'max-age=60',
      Metadata: { source: 'till 7', 'with-dash': 'a, b' },
    };
    await put({ Body: 'x', ...headers, Expires: new Date(Date.UTC(2030, 0, 1)) });
    const described = await aws.clients.s3.send(new HeadObjectCommand({ Bucket, Key }));
    expect(described).toMatchObject({ ...headers, ExpiresString: 'Tue, 01 Jan 2030 00:00:00 GMT' });
    await put({ Body: 'y' });
    const replaced = await aws.clients.s3.send(new HeadObjectCommand({ Bucket, Key }));
    expect(replaced.Metadata).toEqual({});
    expect(replaced.CacheControl).toBeUndefined();
  });

  it('replaces an object, and removes its content', async () => {
    await put({ Body: 'old' });
    const [old] = await filesIn('objects');
    await put({ Body: 'new' });
    expect(await contents()).toBe('new');
    const files = await filesIn('objects');
    expect(files).toHaveLength(1);
    expect(files).not.toContain(old);
  });

  it('leaves one whole object when many are written at once', async () => {
    const bodies = Array.from({ length: 20 }, (_, index) => String(index).repeat(1_000));
    await Promise.all(bodies.map((Body) => put({ Body })));
    expect(bodies).toContain(await contents());
    expect(await filesIn('objects')).toHaveLength(1);
  });

  it.each(['ChecksumCRC32', 'ChecksumSHA1', 'ChecksumSHA256'] as const)(
    'takes a right %s',
    async (member) => {
      const right = {
        ChecksumCRC32: crc('hello'),
        ChecksumSHA1: createHash('sha1').update('hello').digest('base64'),
        ChecksumSHA256: createHash('sha256').update('hello').digest('base64'),
      };
      await put({ Body: 'hello', [member]: right[member] });
      expect(await contents()).toBe('hello');
    },
  );

  it.each([
    ['Content-MD5', { 'content-md5': md5('other').toString('base64') }],
    ['CRC32', { 'x-amz-checksum-crc32': crc('other') }],
    ['SHA1', { 'x-amz-checksum-sha1': createHash('sha1').update('other').digest('base64') }],
    ['SHA256', { 'x-amz-checksum-sha256': createHash('sha256').update('other').digest('base64') }],
  ])('refuses a body that has not its %s, and keeps nothing', async (name, headers) => {
    const answer = await rawRequest(aws.local.endpoint, {
      method: 'PUT',
      path: `/${Bucket}/${Key}`,
      headers,
      body: 'hello',
    });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('<Code>BadDigest</Code>');
    expect(answer.text).toContain(`The ${name} you specified did not match`);
    await expectNothingKept();
  });

  /** The check values that the catalogue of CRC algorithms gives for the digits 1 to 9. */
  it.each([
    ['crc32', 'cbf43926'],
    ['crc32c', 'e3069283'],
    ['crc64nvme', 'ae8b14860a799888'],
  ])('knows the right %s from a wrong one', async (name, hex) => {
    const send = (body: string) =>
      rawRequest(aws.local.endpoint, {
        method: 'PUT',
        path: `/${Bucket}/${Key}`,
        headers: { [`x-amz-checksum-${name}`]: Buffer.from(hex, 'hex').toString('base64') },
        body,
      });
    expect(await send('123456780')).toMatchObject({
      status: 400,
      text: expect.stringContaining('BadDigest'),
    });
    await expectNothingKept();
    expect(await send('123456789')).toMatchObject({ status: 200 });
  });

  it('refuses a checksum that it does not know, by its name', async () => {
    const answer = await rawRequest(aws.local.endpoint, {
      method: 'PUT',
      path: `/${Bucket}/${Key}`,
      headers: { 'x-amz-checksum-xxhash3': 'AAAAAAAAAAA=' },
      body: 'hello',
    });
    expect(answer).toMatchObject({ status: 501, text: expect.stringContaining('XXHASH3') });
    await expectNothingKept();
  });

  it.each(['CRC32', 'SHA1', 'SHA256'])('checks a %s that follows the body', async (algorithm) => {
    const digestOf = (text: string) =>
      algorithm === 'CRC32' ? crc(text) : createHash(algorithm.toLowerCase()).update(text).digest('base64');
    const send = (text: string, digest: string) =>
      rawRequest(aws.local.endpoint, {
        method: 'PUT',
        path: `/${Bucket}/${Key}`,
        headers: {
          'content-encoding': 'aws-chunked',
          'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
          'x-amz-decoded-content-length': String(text.length),
          'x-amz-trailer': `x-amz-checksum-${algorithm.toLowerCase()}`,
        },
        body: `${text.length}\r\n${text}\r\n0\r\nx-amz-checksum-${algorithm.toLowerCase()}:${digest}\r\n\r\n`,
      });
    const refused = await send('hello', digestOf('other'));
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('<Code>BadDigest</Code>');
    await expectNothingKept();
    expect(await send('hello', digestOf('hello'))).toMatchObject({ status: 200 });
    expect(await contents()).toBe('hello');
  });

  it('keeps the checksum that it is given, and gives it back of the whole object only', async () => {
    const ChecksumSHA256 = createHash('sha256').update('hello').digest('base64');
    const answer = await put({ Body: 'hello', ChecksumSHA256 });
    const kept = { ChecksumSHA256, ChecksumType: 'FULL_OBJECT' };
    expect(answer).toMatchObject(kept);
    const get = { Bucket, Key, ChecksumMode: 'ENABLED' } as const;
    expect(await aws.clients.s3.send(new HeadObjectCommand(get))).toMatchObject(kept);
    expect(await aws.clients.s3.send(new HeadObjectCommand({ Bucket, Key }))).not.toHaveProperty(
      'ChecksumSHA256',
    );
    const part = await aws.clients.s3.send(new GetObjectCommand({ ...get, Range: 'bytes=1-2' }));
    expect(await part.Body?.transformToString()).toBe('el');
    expect(part).not.toHaveProperty('ChecksumSHA256');
  });

  it.each<[string, Record<string, string>, number, string]>([
    [
      'two checksums',
      { 'x-amz-checksum-crc32': crc('x'), 'x-amz-checksum-sha1': 'x' },
      400,
      'InvalidRequest',
    ],
    ['a checksum that is only named', { 'x-amz-sdk-checksum-algorithm': 'CRC32' }, 400, 'InvalidRequest'],
    ['a Content-MD5 that is none', { 'content-md5': 'nonsense' }, 400, 'InvalidDigest'],
    ['too much metadata', { 'x-amz-meta-a': 'b'.repeat(2048) }, 400, 'MetadataTooLarge'],
    ['another owner expected', { 'x-amz-expected-bucket-owner': '111111111111' }, 403, 'AccessDenied'],
    ['a body over 5 GiB', { 'content-length': String(5 * 1024 ** 3 + 1) }, 400, 'EntityTooLarge'],
    [
      'a trailer that never comes',
      {
        'content-encoding': 'aws-chunked',
        'x-amz-decoded-content-length': '1',
        'x-amz-trailer': 'x-amz-checksum-crc32',
      },
      400,
      'MalformedTrailerError',
    ],
  ])('refuses %s', async (_what, special, status, code) => {
    const { hostname, port } = new URL(aws.local.endpoint);
    const body = '1\r\nx\r\n0\r\n\r\n';
    const headers = { 'content-length': String(body.length), ...special };
    const upload = request({ hostname, port, method: 'PUT', path: `/${Bucket}/${Key}`, headers });
    const answered = once(upload, 'response') as Promise<[IncomingMessage]>;
    upload.write(body);
    if (!special['content-length']) upload.end();
    const [answer] = await answered;
    expect(answer.statusCode).toBe(status);
    expect(await text(answer)).toContain(`<Code>${code}</Code>`);
    upload.destroy();
    await expectNothingKept();
  });

  it('says of an object how it is to be encrypted', async () => {
    const encryption = {
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: 'arn:aws:kms:k',
      BucketKeyEnabled: true,
    } as const;
    expect(await put({ Body: 'x', ...encryption })).toMatchObject(encryption);
    expect(await aws.clients.s3.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject(encryption);
  });

  it('leaves the old object where the new one is refused', async () => {
    await put({ Body: 'old' });
    const refused = put({ Body: 'new', ContentMD5: md5('other').toString('base64') });
    await expect(refused).rejects.toMatchObject({ name: 'BadDigest' });
    expect(await contents()).toBe('old');
    expect(await filesIn('objects')).toHaveLength(1);
  });

  it('needs its bucket to the end', async () => {
    const { s3 } = aws.clients;
    await s3.send(new CreateBucketCommand({ Bucket: 'short-lived' }));
    const { hostname, port } = new URL(aws.local.endpoint);
    const headers = { 'content-length': '10' };
    const upload = request({ hostname, port, method: 'PUT', path: `/short-lived/${Key}`, headers });
    upload.write('first');
    await vi.waitFor(async () => expect(await filesIn('staging')).toHaveLength(1), { timeout: 5_000 });
    await s3.send(new DeleteBucketCommand({ Bucket: 'short-lived' }));
    // Another of the same name is not the one that was written to.
    await s3.send(new CreateBucketCommand({ Bucket: 'short-lived' }));
    upload.end('-last');
    const [answer] = (await once(upload, 'response')) as [IncomingMessage];
    expect(await text(answer)).toContain('<Code>NoSuchBucket</Code>');
    await expectNothingKept();
    expect(aws.troubles).toEqual([]);
  });
});
