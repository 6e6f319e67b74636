import { createHash } from 'node:crypto';
import {
  type Bucket,
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientsOf, localAwsForTest, type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { rawRequest, signedFor } from '../wire/raw-request.js';

let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws();
});
afterAll(() => aws.end());

const create = (name: string) => aws.clients.s3.send(new CreateBucketCommand({ Bucket: name }));
const put = (name: string, Key: string) =>
  aws.clients.s3.send(new PutObjectCommand({ Bucket: name, Key, Body: Key }));

describe('a bucket', () => {
  it('is there once it is created, in its region', async () => {
    const { s3 } = clientsOf(aws.local.endpoint, 'test', 'eu-west-1');
    await s3.send(
      new CreateBucketCommand({
        Bucket: 'european',
        CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
      }),
    );
    expect(await s3.send(new HeadBucketCommand({ Bucket: 'european' }))).toMatchObject({
      BucketRegion: 'eu-west-1',
    });
    s3.destroy();
  });

  it('can be created once', async () => {
    await create('once');
    await expect(create('once')).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
      $metadata: { httpStatusCode: 409 },
    });
  });

  it.each([
    ...['Upper', 'ab', 'a..b', '-a-', 'under_score', '127.0.0.1', 'x'.repeat(64)],
    ...['xn--a', 'sthree-a', 'amzn-s3-demo-a', 'a-s3alias', 'a--ol-s3', 'a.mrap', 'a--table-s3'],
  ])('cannot be called %s', async (name) => {
    await expect(create(name)).rejects.toMatchObject({ name: 'InvalidBucketName' });
  });

  it('is of one account, in whatever region: for all others the name is taken and nothing in it is there', async () => {
    await create('taken');
    for (const region of ['us-east-1', 'eu-west-1']) {
      const { s3, ...rest } = clientsOf(aws.local.endpoint, '111111111111', region);
      const CreateBucketConfiguration =
        region === 'us-east-1' ? {} : { LocationConstraint: 'eu-west-1' as const };
      const taken = s3.send(new CreateBucketCommand({ Bucket: 'taken', CreateBucketConfiguration }));
      await expect(taken).rejects.toMatchObject({
        name: 'BucketAlreadyExists',
        $metadata: { httpStatusCode: 409 },
      });
      expect((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
      const denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } };
      const listed = s3.send(new ListObjectsV2Command({ Bucket: 'taken' }));
      await expect(listed).rejects.toMatchObject(denied);
      const written = s3.send(new PutObjectCommand({ Bucket: 'taken', Key: 'k', Body: 'x' }));
      await expect(written).rejects.toMatchObject(denied);
      await expect(s3.send(new DeleteBucketCommand({ Bucket: 'taken' }))).rejects.toMatchObject(denied);
      for (const client of [s3, ...Object.values(rest)]) client.destroy();
    }
  });

  it('is worked on only where it is of the account that the caller expects', async () => {
    await create('expected');
    const Bucket = 'expected';
    const as = (ExpectedBucketOwner: string) =>
      aws.clients.s3.send(new ListObjectsV2Command({ Bucket, ExpectedBucketOwner }));
    await as('000000000000');
    await expect(as('111111111111')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it.each([
    ['us-east-1', 'us-east-1', 'InvalidLocationConstraint'],
    ['us-east-1', 'nowhere', 'InvalidLocationConstraint'],
    ['us-east-1', 'eu-west-1', undefined],
    ['eu-west-1', 'us-west-2', 'IllegalLocationConstraintException'],
  ])('asked of %s for %s: %s', async (region, LocationConstraint, refusal) => {
    const { s3, ...rest } = clientsOf(aws.local.endpoint, 'test', region);
    const made = s3.send(
      new CreateBucketCommand({
        Bucket: 'somewhere',
        CreateBucketConfiguration: { LocationConstraint: LocationConstraint as BucketLocationConstraint },
      }),
    );
    if (refusal) await expect(made).rejects.toMatchObject({ name: refusal });
    else {
      await made;
      expect(await s3.send(new HeadBucketCommand({ Bucket: 'somewhere' }))).toMatchObject({
        BucketRegion: LocationConstraint,
      });
    }
    for (const client of [s3, ...Object.values(rest)]) client.destroy();
  });

  it('has to say where it is to be but in the first region', async () => {
    // Not by the SDK, which says it by itself.
    const headers = { authorization: signedFor('s3', 'test', 'eu-west-1') };
    const { status, text } = await rawRequest(aws.local.endpoint, {
      method: 'PUT',
      path: '/nowhere',
      headers,
    });
    expect(status).toBe(400);
    expect(text).toContain('The unspecified location constraint is incompatible');
  });

  it('is not deleted while it holds an object', async () => {
    await create('full');
    await put('full', 'folder/object');
    const deletion = new DeleteBucketCommand({ Bucket: 'full' });
    await expect(aws.clients.s3.send(deletion)).rejects.toMatchObject({
      name: 'BucketNotEmpty',
      $metadata: { httpStatusCode: 409 },
    });
    await aws.clients.s3.send(new DeleteObjectCommand({ Bucket: 'full', Key: 'folder/object' }));
    await aws.clients.s3.send(deletion);
    const head = aws.clients.s3.send(new HeadBucketCommand({ Bucket: 'full' }));
    await expect(head).rejects.toMatchObject({ name: 'NotFound' });
    await expect(aws.clients.s3.send(deletion)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});

/** The ETag of what `put` puts under a key. */
const md5Of = (text: string) => `"${createHash('md5').update(text).digest('hex')}"`;

describe('ListBuckets', () => {
  it('gives all buckets in pages, by name', async () => {
    const { clients } = await localAwsForTest();
    const names = ['bucket-c', 'bucket-a', 'other', 'bucket-b', 'bucket-a-b'];
    for (const name of names) await clients.s3.send(new CreateBucketCommand({ Bucket: name }));
    const pages: (string | undefined)[][] = [];
    for (let token: string | undefined; ; ) {
      const page = await clients.s3.send(new ListBucketsCommand({ MaxBuckets: 2, ContinuationToken: token }));
      pages.push((page.Buckets ?? []).map(({ Name }: Bucket) => Name));
      token = page.ContinuationToken;
      if (token === undefined) break;
    }
    expect(pages).toEqual([['bucket-a', 'bucket-a-b'], ['bucket-b', 'bucket-c'], ['other']]);
    const { Buckets } = await clients.s3.send(new ListBucketsCommand({ Prefix: 'bucket-a' }));
    expect(Buckets).toEqual([
      { Name: 'bucket-a', BucketRegion: 'us-east-1', CreationDate: expect.any(Date) },
      { Name: 'bucket-a-b', BucketRegion: 'us-east-1', CreationDate: expect.any(Date) },
    ]);
  });
});

describe('DeleteObjects', () => {
  beforeAll(() => create('deletions'));

  async function remaining() {
    const { Contents = [] } = await aws.clients.s3.send(new ListObjectsV2Command({ Bucket: 'deletions' }));
    return Contents.map(({ Key }) => Key);
  }

  it('deletes what is named, and tells so, whether it was there or not', async () => {
    for (const key of ['a', 'b', 'c']) await put('deletions', key);
    const Objects = [{ Key: 'a' }, { Key: 'none' }, { Key: 'c' }, { Key: 'a' }];
    const answer = await aws.clients.s3.send(
      new DeleteObjectsCommand({ Bucket: 'deletions', Delete: { Objects } }),
    );
    expect(answer.Deleted).toEqual(Objects);
    expect(answer.Errors ?? []).toEqual([]);
    expect(await remaining()).toEqual(['b']);
  });

  it('tells nothing where it is to be quiet', async () => {
    await put('deletions', 'quiet');
    const Delete = { Objects: [{ Key: 'quiet' }, { Key: 'b' }], Quiet: true };
    const answer = await aws.clients.s3.send(new DeleteObjectsCommand({ Bucket: 'deletions', Delete }));
    expect(answer.Deleted ?? []).toEqual([]);
    expect(await remaining()).toEqual([]);
  });

  it('takes up to 1,000 keys', async () => {
    const objects = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `k${index}` }));
    const send = (count: number) =>
      aws.clients.s3.send(
        new DeleteObjectsCommand({ Bucket: 'deletions', Delete: { Objects: objects(count) } }),
      );
    expect((await send(1000)).Deleted).toHaveLength(1000);
    await expect(send(1001)).rejects.toMatchObject({ name: 'MalformedXML' });
  });

  it.each([
    '<Delete/>',
    '<Delete><Object/></Delete>',
    '<Delete>',
    'text',
    '<Delete><Quiet>true</Quiet></Delete>',
  ])('refuses the document %s', async (body) => {
    const { status, text } = await rawRequest(aws.local.endpoint, {
      method: 'POST',
      path: '/deletions?delete',
      body,
    });
    expect(status).toBe(400);
    expect(text).toContain('<Code>MalformedXML</Code>');
  });

  it('deletes what is still as the caller has it, and what is not there', async () => {
    await put('deletions', 'held');
    const remove = (Key: string, IfMatch: string) =>
      aws.clients.s3.send(new DeleteObjectCommand({ Bucket: 'deletions', Key, IfMatch }));
    await expect(remove('held', '"other"')).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
    expect(await remaining()).toEqual(['held']);
    await remove('held', md5Of('held'));
    expect(await remaining()).toEqual([]);
    await remove('none', '"other"');
  });

  it('by DeleteObjects leaves what is not as the caller has it, says so, and deletes the others', async () => {
    for (const key of ['as-known', 'changed', 'unknown']) await put('deletions', key);
    const Objects = [
      { Key: 'as-known', ETag: md5Of('as-known') },
      { Key: 'changed', ETag: md5Of('other') },
      { Key: 'unknown' },
    ];
    const answer = await aws.clients.s3.send(
      new DeleteObjectsCommand({ Bucket: 'deletions', Delete: { Objects } }),
    );
    expect(answer.Deleted?.map(({ Key }) => Key)).toEqual(['as-known', 'unknown']);
    expect(answer.Errors).toEqual([
      { Key: 'changed', Code: 'PreconditionFailed', Message: expect.any(String) },
    ]);
    expect(await remaining()).toEqual(['changed']);
    await aws.clients.s3.send(new DeleteObjectCommand({ Bucket: 'deletions', Key: 'changed' }));
  });

  it('lets a download that has begun run to its end', async () => {
    const body = 'x'.repeat(2_000_000);
    await aws.clients.s3.send(new PutObjectCommand({ Bucket: 'deletions', Key: 'read', Body: body }));
    const answer = await aws.clients.s3.send(new GetObjectCommand({ Bucket: 'deletions', Key: 'read' }));
    await aws.clients.s3.send(new DeleteObjectCommand({ Bucket: 'deletions', Key: 'read' }));
    expect(await answer.Body?.transformToString()).toBe(body);
    expect(aws.troubles).toEqual([]);
  });
});
