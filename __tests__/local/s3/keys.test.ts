import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws, temporaryFolder } from '../running-local-aws.js';
import { anyKey } from './any-key.js';

const Bucket = 'bucket';
let aws: RunningLocalAws;
let outside: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  // A folder around the data folder shows what leaves it.
  outside = await temporaryFolder();
  aws = await runLocalAws({ dataDir: path.join(outside.folder, 'a', 'b', 'data') });
  await aws.clients.s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  await aws.end();
  await outside.remove();
});

/** Puts an object under each key, its key as its body; reads, lists and deletes them. */
async function roundTrip(keys: readonly string[]): Promise<void> {
  const { s3 } = aws.clients;
  await Promise.all(keys.map((Key) => s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }))));
  for (const Key of keys) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(await Body?.transformToString()).toBe(Key);
  }
  const listed = await s3.send(new ListObjectsV2Command({ Bucket, EncodingType: 'url' }));
  const names = (listed.Contents ?? []).map(({ Key }) => decodeURIComponent(Key ?? ''));
  expect(names).toEqual([...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  const [first = '', ...others] = keys;
  await s3.send(new DeleteObjectCommand({ Bucket, Key: first }));
  if (others.length > 0) {
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: others.map((Key) => ({ Key })) } }));
  }
  expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
}

describe('a key', () => {
  it('may be any text of up to 1,024 bytes', async () => {
    const keys = fc.uniqueArray(anyKey, { minLength: 1, maxLength: 5 });
    await fc.assert(fc.asyncProperty(keys, roundTrip), { numRuns: 40 });
  });

  it.each([
    ['a file beside a folder of its name', ['a', 'a/', 'a/b', 'a/b/', 'a//b']],
    ['dots', ['.', '..', './a', '../a', '../../etc/passwd', 'a/../b', 'a/./b']],
    ['slashes', ['/', '//', '///', '/a', 'a/', 'a///']],
    ['partitions', ['year=2026/month=02/x', 'year=2026/month=02', 'year=2026/../../x', 'a=/b=/x', '=/x']],
    [
      'what paths and URLs use',
      ['a%2Fb', 'a%b', 'a+b', 'a b', 'a?b', 'a#b', 'a&b=c', 'a\\b', 'C:\\x', '~', '*'],
    ],
    ['what XML uses', ['<a>', '&amp;', '"\'', ']]>', '<!--']],
    ['what looks like a number', ['007', '1e5', '0x1F', '-0', 'true', 'null']],
    ['white space', [' ', ' a ', 'a\tb', 'a\nb', 'a\r\nb', '\u{a0}', '\u{2028}']],
    ['code points beyond the first 65,536', ['\u{ffff}', '\u{1f600}', '\u{10ffff}', '\u{e9}', 'e\u{301}']],
    ['long components', ['x'.repeat(300), `${'y'.repeat(500)}/${'z'.repeat(500)}`, '\u{1f600}'.repeat(256)]],
    ['deep folders', ['a/'.repeat(512), 'k=v/'.repeat(256)]],
    ['names of what objects have', ['__proto__', 'constructor', 'toString/__proto__']],
  ])('may be %s', async (_what, keys) => {
    await roundTrip(keys);
  });

  it('never names a place on the disk', async () => {
    const Key = '../../../../year=2026/month=../x';
    await aws.clients.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    expect(await readdir(outside.folder)).toEqual(['a']);
    expect(await readdir(path.join(outside.folder, 'a'))).toEqual(['b']);
    expect(await readdir(path.join(outside.folder, 'a', 'b'))).toEqual(['data']);
    const kept = await readdir(path.join(aws.dataDir, 'objects'), { recursive: true });
    const files = await Promise.all(
      kept.map((name) => lstat(path.join(aws.dataDir, 'objects', name)).then((stats) => stats.isFile())),
    );
    expect(files.filter(Boolean)).toHaveLength(1);
    await aws.clients.s3.send(new DeleteObjectCommand({ Bucket, Key }));
  });

  it.each([
    ['1,025 bytes', 'k'.repeat(1025)],
    ['1,026 bytes in 342 characters', '\u{20ac}'.repeat(342)],
    ['more than the store could hold', 'k'.repeat(5000)],
  ])('of %s is too long, whatever is asked of it', async (_length, Key) => {
    const { s3 } = aws.clients;
    const tooLong = { name: 'KeyTooLongError', $metadata: { httpStatusCode: 400 } };
    const put = s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    await expect(put).rejects.toMatchObject(tooLong);
    await expect(s3.send(new GetObjectCommand({ Bucket, Key }))).rejects.toMatchObject(tooLong);
    await expect(s3.send(new DeleteObjectCommand({ Bucket, Key }))).rejects.toMatchObject(tooLong);
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 400 },
    });
    const listed = s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }));
    await expect(listed).rejects.toMatchObject(tooLong);
    const Objects = [{ Key: 'a' }, { Key }];
    const deleted = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    await expect(deleted).rejects.toMatchObject(tooLong);
  });

  it('never makes local AWS fail', () => {
    expect(aws.troubles).toEqual([]);
  });
});
