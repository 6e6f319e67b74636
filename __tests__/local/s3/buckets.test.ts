import {
  type Bucket,
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
import { rawRequest } from '../wire/raw-request.js';

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

  it.each(['Upper', 'ab', 'a..b', '-a-', 'under_score', '127.0.0.1', 'x'.repeat(64)])(
    'cannot be called %s',
    async (name) => {
      await expect(create(name)).rejects.toMatchObject({ name: 'InvalidBucketName' });
    },
  );

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

  it('lets a download that has begun run to its end', async () => {
    const body = 'x'.repeat(2_000_000);
    await aws.clients.s3.send(new PutObjectCommand({ Bucket: 'deletions', Key: 'read', Body: body }));
    const answer = await aws.clients.s3.send(new GetObjectCommand({ Bucket: 'deletions', Key: 'read' }));
    await aws.clients.s3.send(new DeleteObjectCommand({ Bucket: 'deletions', Key: 'read' }));
    expect(await answer.Body?.transformToString()).toBe(body);
    expect(aws.troubles).toEqual([]);
  });
});
