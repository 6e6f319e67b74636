import { createHash } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  type CopyObjectCommandInput,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../local/clock.js';
import { clientsOf, type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { anyKey } from './any-key.js';

const Bucket = 'bucket';
const Other = 'other-bucket';
const WRITTEN = Date.UTC(2026, 1, 3, 4, 5, 6, 789);

let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws({ clock: { ...systemClock, now: () => WRITTEN } });
  for (const name of [Bucket, Other]) await aws.clients.s3.send(new CreateBucketCommand({ Bucket: name }));
  await aws.clients.s3.send(
    new PutObjectCommand({
      Bucket,
      Key: 'source',
      Body: 'copied',
      ContentType: 'text/x',
      CacheControl: 'no-store',
      Metadata: { a: 'b' },
    }),
  );
});
afterAll(() => aws.end());

const ETAG = `"${createHash('md5').update('copied').digest('hex')}"`;
const copy = (input: Partial<CopyObjectCommandInput>) =>
  aws.clients.s3.send(
    new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/source`, ...input }),
  );
const head = (Key: string, Bucket_ = Bucket) =>
  aws.clients.s3.send(new HeadObjectCommand({ Bucket: Bucket_, Key, ChecksumMode: 'ENABLED' }));
const text = async (Key: string, Bucket_ = Bucket) => {
  const { Body } = await aws.clients.s3.send(new GetObjectCommand({ Bucket: Bucket_, Key }));
  return Body?.transformToString();
};

describe('a copy', () => {
  it.each([`${Bucket}/source`, `/${Bucket}/source`, `${Bucket}%2Fsource`])(
    'of %s has all that its source has',
    async (CopySource) => {
      const { CopyObjectResult } = await copy({ CopySource });
      expect(CopyObjectResult).toMatchObject({
        ETag: ETAG,
        LastModified: new Date(Math.floor(WRITTEN / 1000) * 1000 + 789),
      });
      expect(await text('copy')).toBe('copied');
      const kept = { ETag: ETAG, ContentType: 'text/x', CacheControl: 'no-store', Metadata: { a: 'b' } };
      expect(await head('copy')).toMatchObject(kept);
    },
  );

  it('goes to another bucket', async () => {
    await copy({ Bucket: Other, Key: 'there' });
    expect(await text('there', Other)).toBe('copied');
    await copy({ Key: 'back', CopySource: `${Other}/there` });
    expect(await text('back')).toBe('copied');
  });

  it('has other attributes where it is told to replace them', async () => {
    const MetadataDirective = 'REPLACE';
    await copy({ MetadataDirective, Metadata: { c: 'd' }, ContentType: 'text/y' });
    const described = await head('copy');
    expect(described).toMatchObject({ ContentType: 'text/y', Metadata: { c: 'd' } });
    expect(described.CacheControl).toBeUndefined();
    const neither = copy({ MetadataDirective: 'OTHER' as never });
    await expect(neither).rejects.toMatchObject({ name: 'InvalidArgument' });
  });

  it('to its own key has to change something', async () => {
    const onto = (input: Partial<CopyObjectCommandInput>) =>
      copy({ Key: 'self', CopySource: `${Bucket}/self`, ...input });
    await aws.clients.s3.send(
      new PutObjectCommand({ Bucket, Key: 'self', Body: 'self', ContentType: 'text/a' }),
    );
    await expect(onto({})).rejects.toMatchObject({
      name: 'InvalidRequest',
      message: expect.stringContaining('trying to copy an object to itself'),
    });
    await onto({ MetadataDirective: 'REPLACE', ContentType: 'text/b' });
    expect(await text('self')).toBe('self');
    expect((await head('self')).ContentType).toBe('text/b');
    await onto({ ServerSideEncryption: 'AES256' });
    expect(await head('self')).toMatchObject({ ContentType: 'text/b', ServerSideEncryption: 'AES256' });
  });

  it.each<[string, Partial<CopyObjectCommandInput>, boolean]>([
    ['an ETag', { CopySourceIfMatch: ETAG }, true],
    ['another ETag', { CopySourceIfMatch: '"other"' }, false],
    ['none of an ETag', { CopySourceIfNoneMatch: ETAG }, false],
    ['none of another', { CopySourceIfNoneMatch: '"other"' }, true],
    ['a change since', { CopySourceIfModifiedSince: new Date(WRITTEN + 5_000) }, false],
    ['a change since before', { CopySourceIfModifiedSince: new Date(WRITTEN - 5_000) }, true],
    ['no change since', { CopySourceIfUnmodifiedSince: new Date(WRITTEN - 5_000) }, false],
    [
      'an ETag rather than a date',
      { CopySourceIfMatch: ETAG, CopySourceIfUnmodifiedSince: new Date(0) },
      true,
    ],
  ])('can want its source to have %s', async (_what, condition, isMade) => {
    const made = copy(condition);
    if (isMade) await made;
    else
      await expect(made).rejects.toMatchObject({
        name: 'PreconditionFailed',
        $metadata: { httpStatusCode: 412 },
      });
  });

  it('holds to what it is told of the object that it replaces', async () => {
    const none = { Key: 'once', IfNoneMatch: '*' };
    await copy(none);
    await expect(copy(none)).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  it.each([
    ['none/source', 'NoSuchBucket'],
    [`${Bucket}/none`, 'NoSuchKey'],
    [`${Bucket}/source?versionId=none`, 'InvalidArgument'],
    [`${Bucket}/source?versionId=${'0'.repeat(32)}`, 'NoSuchVersion'],
    [Bucket, 'InvalidArgument'],
    [`/${Bucket}/`, 'InvalidArgument'],
    ['', 'InvalidArgument'],
    ['%ff/x', 'InvalidArgument'],
    ['../../etc/passwd', 'NoSuchBucket'],
    [`${Bucket}/${'k'.repeat(1025)}`, 'KeyTooLongError'],
    ['arn:aws:s3:us-east-1:000000000000:accesspoint/a/object/b', 'NotImplemented'],
  ])('of %s is refused as %s', async (CopySource, name) => {
    await expect(copy({ CopySource })).rejects.toMatchObject({ name });
  });

  it('is of one account', async () => {
    const { s3, ...others } = clientsOf(aws.local.endpoint, '111111111111');
    const foreign = s3.send(new CopyObjectCommand({ Bucket, Key: 'x', CopySource: `${Bucket}/source` }));
    await expect(foreign).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    const expecting = copy({ ExpectedSourceBucketOwner: '111111111111' });
    await expect(expecting).rejects.toMatchObject({ name: 'AccessDenied' });
    for (const client of [s3, ...Object.values(others)]) client.destroy();
  });

  it('of a version brings it back', async () => {
    const { s3 } = aws.clients;
    await s3.send(new CreateBucketCommand({ Bucket: 'versioned' }));
    await s3.send(
      new PutBucketVersioningCommand({ Bucket: 'versioned', VersioningConfiguration: { Status: 'Enabled' } }),
    );
    const put = (Body: string) => s3.send(new PutObjectCommand({ Bucket: 'versioned', Key: 'v', Body }));
    const { VersionId: first } = await put('first');
    await put('second');
    const CopySource = `versioned/v?versionId=${first}`;
    const answer = await copy({ Bucket: 'versioned', Key: 'v', CopySource });
    expect(answer).toMatchObject({ CopySourceVersionId: first, VersionId: expect.any(String) });
    expect(answer.VersionId).not.toBe(first);
    expect(await text('v', 'versioned')).toBe('first');
  });

  it('of a multipart object is one upload: its ETag is its MD5, and its checksum that of the whole', async () => {
    const { s3 } = aws.clients;
    const ChecksumAlgorithm = 'CRC32';
    const { UploadId } = await s3.send(
      new CreateMultipartUploadCommand({ Bucket, Key: 'parts', ChecksumAlgorithm }),
    );
    const to = { Bucket, Key: 'parts', UploadId };
    const uploaded = await s3.send(new UploadPartCommand({ ...to, PartNumber: 1, Body: 'copied' }));
    const Parts = [{ PartNumber: 1, ETag: uploaded.ETag, ChecksumCRC32: uploaded.ChecksumCRC32 }];
    const { ETag } = await s3.send(new CompleteMultipartUploadCommand({ ...to, MultipartUpload: { Parts } }));
    expect(ETag).toMatch(/-1"$/);
    await copy({ CopySource: `${Bucket}/parts` });
    expect(await head('copy')).toMatchObject({
      ETag: ETAG,
      ChecksumCRC32: uploaded.ChecksumCRC32,
      ChecksumType: 'FULL_OBJECT',
    });
    await copy({ CopySource: `${Bucket}/parts`, ChecksumAlgorithm: 'SHA256' });
    const ChecksumSHA256 = createHash('sha256').update('copied').digest('base64');
    expect(await head('copy')).toMatchObject({ ChecksumSHA256, ChecksumType: 'FULL_OBJECT' });
  });

  it('is of any key, to any key, whatever it holds', async () => {
    const body = fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes));
    await fc.assert(
      fc.asyncProperty(anyKey, anyKey, body, async (from, to, Body) => {
        fc.pre(from !== to);
        const { s3 } = aws.clients;
        await s3.send(new PutObjectCommand({ Bucket, Key: from, Body }));
        await copy({ Bucket: Other, Key: to, CopySource: `${Bucket}/${encodeURIComponent(from)}` });
        const copied = await s3.send(new GetObjectCommand({ Bucket: Other, Key: to }));
        expect(Buffer.from((await copied.Body?.transformToByteArray()) ?? []).equals(Body)).toBe(true);
      }),
      { numRuns: 40 },
    );
    expect(aws.troubles).toEqual([]);
  });
});
