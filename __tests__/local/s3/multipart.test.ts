import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startLocalAws } from '../../../local/local-aws.js';
import {
  clientsOf,
  localAwsForTest,
  type RunningLocalAws,
  runLocalAws,
  temporaryFolder,
} from '../running-local-aws.js';
import { rawRequest } from '../wire/raw-request.js';
import { anyKey } from './any-key.js';

const Bucket = 'bucket';
const MIB = 1024 * 1024;
/** The smallest that any part but the last may be. */
const FULL = Buffer.alloc(5 * MIB, 'full');

let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws();
  await aws.clients.s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => aws.end());

const begin = async (Key: string, input: Partial<CreateMultipartUploadCommandInput> = {}) => {
  const { UploadId } = await aws.clients.s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...input }));
  return { Bucket, Key, UploadId };
};
type Upload = Awaited<ReturnType<typeof begin>>;

const upload = (to: Upload, PartNumber: number, Body: Buffer | string) =>
  aws.clients.s3.send(new UploadPartCommand({ ...to, PartNumber, Body }));

/** A part as the request that completes an upload names it. */
const part = async (to: Upload, PartNumber: number, Body: Buffer | string) => {
  const { ETag, ChecksumCRC32 } = await upload(to, PartNumber, Body);
  return { PartNumber, ETag, ChecksumCRC32 };
};

const complete = (
  to: Upload,
  Parts: CompletedParts,
  rest: Partial<CompleteMultipartUploadCommandInput> = {},
) => aws.clients.s3.send(new CompleteMultipartUploadCommand({ ...to, MultipartUpload: { Parts }, ...rest }));
type CompletedParts = NonNullable<CompleteMultipartUploadCommandInput['MultipartUpload']>['Parts'];

async function bytesOf(Key: string): Promise<Buffer> {
  const { Body } = await aws.clients.s3.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

async function filesIn(dataDir: string): Promise<number> {
  const entries = await readdir(path.join(dataDir, 'objects'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

const md5 = (bytes: Buffer | string) => createHash('md5').update(bytes).digest();
const crc = (bytes: Buffer | string) => {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(crc32(bytes));
  return value;
};

describe('a multipart upload', () => {
  it('becomes an object of its parts, with the MD5 of their MD5s and their number as ETag', async () => {
    const to = await begin('whole', { ContentType: 'text/x', Metadata: { a: 'b' } });
    const last = await part(to, 7, 'last');
    const parts = [await part(to, 1, FULL), await part(to, 3, FULL), last];
    expect(last.ETag).toBe(`"${md5('last').toString('hex')}"`);
    const { ETag } = await complete(to, parts);
    const digest = md5(Buffer.concat([md5(FULL), md5(FULL), md5('last')])).toString('hex');
    expect(ETag).toBe(`"${digest}-3"`);
    const whole = Buffer.concat([FULL, FULL, Buffer.from('last')]);
    expect((await bytesOf('whole')).equals(whole)).toBe(true);
    const described = { ETag, ContentLength: whole.length, ContentType: 'text/x', Metadata: { a: 'b' } };
    expect(await aws.clients.s3.send(new HeadObjectCommand({ Bucket, Key: 'whole' }))).toMatchObject(
      described,
    );
    await aws.clients.s3.send(new DeleteObjectCommand({ Bucket, Key: 'whole' }));
    expect(await filesIn(aws.dataDir)).toBe(0);
  });

  it('is no object, and changes none, before it is completed', async () => {
    const { s3 } = aws.clients;
    await s3.send(new PutObjectCommand({ Bucket, Key: 'old', Body: 'old' }));
    const to = await begin('old');
    const parts = [await part(to, 1, 'new')];
    expect((await bytesOf('old')).toString()).toBe('old');
    await complete(to, parts);
    expect((await bytesOf('old')).toString()).toBe('new');
    const gone = { name: 'NoSuchUpload', $metadata: { httpStatusCode: 404 } };
    await expect(complete(to, parts)).rejects.toMatchObject(gone);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'old' }));
  });

  it('leaves nothing behind where it is aborted', async () => {
    const to = await begin('aborted');
    await part(to, 1, 'one');
    await part(to, 2, 'two');
    expect(await filesIn(aws.dataDir)).toBe(2);
    await aws.clients.s3.send(new AbortMultipartUploadCommand(to));
    expect(await filesIn(aws.dataDir)).toBe(0);
    const gone = { name: 'NoSuchUpload', $metadata: { httpStatusCode: 404 } };
    await expect(upload(to, 3, 'three')).rejects.toMatchObject(gone);
    await expect(aws.clients.s3.send(new AbortMultipartUploadCommand(to))).rejects.toMatchObject(gone);
    expect(await readdir(path.join(aws.dataDir, 'staging'))).toEqual([]);
  });

  it('keeps the last of what is uploaded under a number, and only that', async () => {
    const to = await begin('again');
    const first = await part(to, 1, 'first');
    const second = await part(to, 1, 'second');
    expect(await filesIn(aws.dataDir)).toBe(1);
    await expect(complete(to, [first])).rejects.toMatchObject({ name: 'InvalidPart' });
    await complete(to, [second]);
    expect((await bytesOf('again')).toString()).toBe('second');
    await aws.clients.s3.send(new DeleteObjectCommand({ Bucket, Key: 'again' }));
  });

  it('takes only those parts that it is completed with, in their order and of their size', async () => {
    const to = await begin('strict');
    const [small, full, last] = [
      await part(to, 1, 'small'),
      await part(to, 2, FULL),
      await part(to, 3, 'last'),
    ];
    const refusals: [CompletedParts, string][] = [
      [[last, full], 'InvalidPartOrder'],
      [[full, full], 'InvalidPartOrder'],
      [[small, full], 'EntityTooSmall'],
      [[full, { PartNumber: 4, ETag: last.ETag }], 'InvalidPart'],
      [[full, { PartNumber: 3, ETag: full.ETag }], 'InvalidPart'],
      [[full, { ...last, ChecksumCRC32: crc('other').toString('base64') }], 'InvalidPart'],
      [[], 'MalformedXML'],
    ];
    for (const [parts, name] of refusals) {
      await expect(complete(to, parts)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
    }
    await expect(complete(to, [full, last], { MpuObjectSize: 1 })).rejects.toMatchObject({
      name: 'InvalidRequest',
    });
    await complete(to, [full, { ...last, ETag: last.ETag?.replaceAll('"', '') }]);
    expect((await bytesOf('strict')).equals(Buffer.concat([FULL, Buffer.from('last')]))).toBe(true);
    await aws.clients.s3.send(new DeleteObjectCommand({ Bucket, Key: 'strict' }));
    expect(await filesIn(aws.dataDir)).toBe(0);
  });

  it.each([0, 10_001, -1])('has no part %i', async (number) => {
    const to = await begin('numbers');
    await expect(upload(to, number, 'x')).rejects.toMatchObject({
      name: 'InvalidArgument',
      message: 'Part number must be an integer between 1 and 10000, inclusive',
    });
    await aws.clients.s3.send(new AbortMultipartUploadCommand(to));
  });

  it.each(['', 'none', '0'.repeat(64), 'x'.repeat(5000), '../../x', '\u{0}'])(
    'is not found by another id, or under another key (%#)',
    async (id) => {
      const to = await begin('named');
      const search = `uploadId=${encodeURIComponent(id)}`;
      for (const target of [`/${Bucket}/named?${search}`, `/${Bucket}/other?uploadId=${to.UploadId}`]) {
        const answer = await rawRequest(aws.local.endpoint, { path: target });
        expect(answer).toMatchObject({
          status: 404,
          text: expect.stringContaining('<Code>NoSuchUpload</Code>'),
        });
      }
      await aws.clients.s3.send(new AbortMultipartUploadCommand(to));
    },
  );

  it('holds to what it is told of the object that it replaces, and can be completed all the same later', async () => {
    await aws.clients.s3.send(new PutObjectCommand({ Bucket, Key: 'held', Body: 'old' }));
    const to = await begin('held');
    const parts = [await part(to, 1, 'new')];
    const failed = { name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } };
    await expect(complete(to, parts, { IfNoneMatch: '*' })).rejects.toMatchObject(failed);
    await expect(complete(to, parts, { IfMatch: '"other"' })).rejects.toMatchObject(failed);
    expect((await bytesOf('held')).toString()).toBe('old');
    await complete(to, parts, { IfMatch: `"${md5('old').toString('hex')}"` });
    expect((await bytesOf('held')).toString()).toBe('new');
    await aws.clients.s3.send(new DeleteObjectCommand({ Bucket, Key: 'held' }));
    expect(await filesIn(aws.dataDir)).toBe(0);
  });

  it('is completed by one of many that try at once', async () => {
    const to = await begin('race');
    const parts = [await part(to, 1, 'raced')];
    const tries = await Promise.allSettled(Array.from({ length: 6 }, () => complete(to, parts)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of tries) {
      if (one.status === 'rejected') expect(['NoSuchUpload', 'InvalidPart']).toContain(one.reason.name);
    }
    expect((await bytesOf('race')).toString()).toBe('raced');
    expect(await filesIn(aws.dataDir)).toBe(1);
    await aws.clients.s3.send(new DeleteObjectCommand({ Bucket, Key: 'race' }));
  });

  it('ends with its bucket', async () => {
    const { s3 } = aws.clients;
    const { UploadId, Key } = await (async () => {
      await s3.send(new CreateBucketCommand({ Bucket: 'short-lived' }));
      return s3.send(new CreateMultipartUploadCommand({ Bucket: 'short-lived', Key: 'k' }));
    })();
    const to = { Bucket: 'short-lived', Key, UploadId };
    await s3.send(new UploadPartCommand({ ...to, PartNumber: 1, Body: 'x' }));
    await s3.send(new DeleteBucketCommand({ Bucket: 'short-lived' }));
    expect(await filesIn(aws.dataDir)).toBe(0);
    await s3.send(new CreateBucketCommand({ Bucket: 'short-lived' }));
    await expect(s3.send(new ListPartsCommand(to))).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });
});

describe('any bytes under any key', () => {
  it('come back from a multipart upload as they went up', async () => {
    const bytes = fc.uint8Array({ maxLength: 3_000 }).map((some) => Buffer.from(some));
    const parts = fc.oneof(
      { weight: 4, arbitrary: bytes.map((last) => [last]) },
      { weight: 1, arbitrary: bytes.map((last) => [FULL, last]) },
    );
    await fc.assert(
      fc.asyncProperty(anyKey, parts, fc.nat(9_000), async (key, bodies, offset) => {
        const to = await begin(key);
        const numbered = bodies.map((body, index) => ({ number: offset + index * 7 + 1, body }));
        const uploaded = await Promise.all(numbered.map(({ number, body }) => part(to, number, body)));
        const { ETag } = await complete(to, uploaded);
        const digest = md5(Buffer.concat(bodies.map(md5))).toString('hex');
        expect(ETag).toBe(`"${digest}-${bodies.length}"`);
        expect((await bytesOf(key)).equals(Buffer.concat(bodies))).toBe(true);
        await aws.clients.s3.send(new DeleteObjectCommand({ Bucket, Key: key }));
      }),
      { numRuns: 30 },
    );
    expect(await filesIn(aws.dataDir)).toBe(0);
  });
});

describe('the checksum of a multipart upload', () => {
  it('is that of its parts, with their number', async () => {
    const to = await begin('composite', { ChecksumAlgorithm: 'CRC32' });
    const parts = [await part(to, 1, FULL), await part(to, 2, 'last')];
    const expected = `${crc(Buffer.concat([crc(FULL), crc('last')])).toString('base64')}-2`;
    const wrong = complete(to, parts, { ChecksumCRC32: `${crc('other').toString('base64')}-2` });
    await expect(wrong).rejects.toMatchObject({ name: 'BadDigest' });
    const unnamed = parts.map(({ ChecksumCRC32: _, ...rest }) => rest);
    await expect(complete(to, unnamed)).rejects.toMatchObject({ name: 'InvalidRequest' });
    expect(await complete(to, parts)).toMatchObject({ ChecksumCRC32: expected, ChecksumType: 'COMPOSITE' });
    const head = new HeadObjectCommand({ Bucket, Key: 'composite', ChecksumMode: 'ENABLED' });
    expect(await aws.clients.s3.send(head)).toMatchObject({
      ChecksumCRC32: expected,
      ChecksumType: 'COMPOSITE',
    });
    // The client checks nothing by it.
    expect(await bytesOf('composite')).toHaveLength(FULL.length + 4);
  });

  it('is that of the whole where it is to be', async () => {
    const to = await begin('full', { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' });
    const parts = [await part(to, 1, FULL), await part(to, 2, 'last')];
    const whole = Buffer.concat([FULL, Buffer.from('last')]);
    const expected = crc(whole).toString('base64');
    await expect(
      complete(to, parts, { ChecksumCRC32: crc('other').toString('base64') }),
    ).rejects.toMatchObject({
      name: 'BadDigest',
    });
    expect(await complete(to, parts, { ChecksumCRC32: expected })).toMatchObject({
      ChecksumCRC32: expected,
      ChecksumType: 'FULL_OBJECT',
    });
    // The client checks the body by it.
    expect((await bytesOf('full')).equals(whole)).toBe(true);
  });

  it('is asked for in a way that there is', async () => {
    const sha = begin('sha', { ChecksumAlgorithm: 'SHA256', ChecksumType: 'FULL_OBJECT' });
    await expect(sha).rejects.toMatchObject({
      name: 'InvalidRequest',
      message: 'The FULL_OBJECT checksum type cannot be used with the sha256 checksum algorithm.',
    });
    await expect(begin('none', { ChecksumType: 'COMPOSITE' })).rejects.toMatchObject({
      name: 'InvalidRequest',
    });
  });

  it('is of one algorithm for all parts', async () => {
    const to = await begin('mixed', { ChecksumAlgorithm: 'SHA256' });
    await expect(upload(to, 1, 'x')).rejects.toMatchObject({
      name: 'InvalidRequest',
      message: 'Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: crc32',
    });
  });
});

describe('UploadPartCopy', () => {
  it('makes parts of an object, or of a range of one', async () => {
    const { s3 } = aws.clients;
    const source = Buffer.concat([FULL, Buffer.from('0123456789')]);
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a source', Body: source }));
    const to = await begin('put together');
    const copy = (PartNumber: number, CopySourceRange?: string) =>
      s3.send(
        new UploadPartCopyCommand({ ...to, PartNumber, CopySource: `${Bucket}/a%20source`, CopySourceRange }),
      );
    const first = await copy(1);
    const second = await copy(2, `bytes=${FULL.length + 2}-${FULL.length + 4}`);
    expect(first.CopyPartResult?.ETag).toBe(`"${md5(source).toString('hex')}"`);
    expect(second.CopyPartResult).toMatchObject({
      ETag: `"${md5('234').toString('hex')}"`,
      LastModified: expect.any(Date),
    });
    for (const range of ['bytes=0-', 'bytes=-3', 'bytes=3-2', `bytes=0-${source.length}`, '0-1']) {
      await expect(copy(3, range)).rejects.toMatchObject({ name: 'InvalidArgument' });
    }
    const Parts = [first, second].map(({ CopyPartResult }, index) => ({
      PartNumber: index + 1,
      ETag: CopyPartResult?.ETag,
    }));
    await complete(to, Parts);
    expect((await bytesOf('put together')).equals(Buffer.concat([source, Buffer.from('234')]))).toBe(true);
  });
});

describe('the lists of multipart uploads', () => {
  it('give all uploads in pages, by key and then by age', async () => {
    const { clients } = await localAwsForTest();
    const { s3 } = clients;
    await s3.send(new CreateBucketCommand({ Bucket }));
    const begun: string[] = [];
    for (const Key of ['b/2', 'a', 'b/1', 'b/1', 'c d']) {
      const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
      begun.push(`${Key}:${UploadId}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const all = async (input: object) => {
      const found: string[] = [];
      for (let marker = {}; ; ) {
        const page = await s3.send(new ListMultipartUploadsCommand({ Bucket, ...input, ...marker }));
        found.push(...(page.Uploads ?? []).map(({ Key, UploadId }) => `${Key}:${UploadId}`));
        found.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => `${Prefix}`));
        if (!page.IsTruncated) return found;
        marker = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
      }
    };
    const [b2, a, b1, b1Later, c] = begun;
    for (const MaxUploads of [1, 2, 3, 1000]) {
      expect(await all({ MaxUploads })).toEqual([a, b1, b1Later, b2, c]);
      expect((await all({ MaxUploads, Delimiter: '/' })).sort()).toEqual([a, 'b/', c]);
      expect(await all({ MaxUploads, Prefix: 'b/', Delimiter: '/' })).toEqual([b1, b1Later, b2]);
    }
    expect(await all({ EncodingType: 'url', Prefix: 'c' })).toEqual([c?.replace(' ', '%20')]);
  });

  it('give the parts of an upload in pages, by number', async () => {
    const to = await begin('listed', { ChecksumAlgorithm: 'CRC32' });
    for (const number of [10, 2, 10_000, 1]) await upload(to, number, `part ${number}`);
    const numbers: (number | undefined)[][] = [];
    for (let PartNumberMarker: string | undefined; ; ) {
      const page = await aws.clients.s3.send(new ListPartsCommand({ ...to, MaxParts: 3, PartNumberMarker }));
      expect(page).toMatchObject({
        ChecksumAlgorithm: 'CRC32',
        ChecksumType: 'COMPOSITE',
        StorageClass: 'STANDARD',
      });
      numbers.push((page.Parts ?? []).map(({ PartNumber }) => PartNumber));
      PartNumberMarker = page.NextPartNumberMarker;
      if (!page.IsTruncated) break;
    }
    expect(numbers).toEqual([[1, 2, 10], [10_000]]);
    const { Parts } = await aws.clients.s3.send(new ListPartsCommand({ ...to, PartNumberMarker: '10' }));
    expect(Parts).toEqual([
      {
        PartNumber: 10_000,
        Size: 10,
        ETag: `"${md5('part 10000').toString('hex')}"`,
        LastModified: expect.any(Date),
        ChecksumCRC32: crc('part 10000').toString('base64'),
      },
    ]);
  });
});

describe('a multipart upload that is under way', () => {
  it('is there again after a stop and a start, its parts with it', async () => {
    const { folder: dataDir, remove } = await temporaryFolder();
    onTestFinished(remove);
    const first = await startLocalAws({ dataDir });
    const before = clientsOf(first.endpoint);
    await before.s3.send(new CreateBucketCommand({ Bucket }));
    const { UploadId } = await before.s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k' }));
    const to = { Bucket, Key: 'k', UploadId };
    const { ETag } = await before.s3.send(new UploadPartCommand({ ...to, PartNumber: 1, Body: 'kept' }));
    for (const client of Object.values(before)) client.destroy();
    await first.close();

    // It is not closed before the sweep that it starts with has come by.
    await (await startLocalAws({ dataDir })).close();
    const { clients } = await localAwsForTest({ dataDir });
    const Parts = [{ PartNumber: 1, ETag }];
    await clients.s3.send(new CompleteMultipartUploadCommand({ ...to, MultipartUpload: { Parts } }));
    const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    expect(await Body?.transformToString()).toBe('kept');
    const listed = await clients.s3.send(new ListObjectsV2Command({ Bucket }));
    expect(listed.Contents).toMatchObject([{ Key: 'k', Size: 4 }]);
    expect(await filesIn(dataDir)).toBe(1);
  });

  it('never makes local AWS fail', () => {
    expect(aws.troubles).toEqual([]);
  });
});
