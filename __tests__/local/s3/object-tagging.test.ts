import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  type CopyObjectCommandInput,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';

const Bucket = 'bucket';
let running: RunningLocalAws;
const { send } = { send: (command: never) => running.clients.s3.send(command) } as {
  send: RunningLocalAws['clients']['s3']['send'];
};
beforeAll(async () => {
  running = await runLocalAws();
  await send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  expect(running.troubles).toEqual([]);
  await running.end();
});

const put = (Key: string, Tagging?: string) =>
  send(new PutObjectCommand({ Bucket, Key, Body: Key, Tagging }));
const tagsOf = async (Key: string, VersionId?: string) => {
  const { TagSet = [] } = await send(new GetObjectTaggingCommand({ Bucket, Key, VersionId }));
  return Object.fromEntries(TagSet.map(({ Key, Value }) => [Key, Value]));
};
const tag = (Key: string, tags: Record<string, string>, VersionId?: string) => {
  const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return send(new PutObjectTaggingCommand({ Bucket, Key, VersionId, Tagging: { TagSet } }));
};

describe('the tags of an object', () => {
  it('come with it, and are counted where it is read', async () => {
    await put('with', 'team=data%20lake&empty=&%C3%BC=%2B');
    expect(await tagsOf('with')).toEqual({ team: 'data lake', empty: '', ü: '+' });
    expect(await send(new HeadObjectCommand({ Bucket, Key: 'with' }))).toMatchObject({ TagCount: 3 });
    expect(await send(new GetObjectCommand({ Bucket, Key: 'with' }))).toMatchObject({ TagCount: 3 });
  });

  it('are replaced as a whole, and taken away, without another change to it', async () => {
    await put('changed', 'a=1&b=2');
    const before = await send(new HeadObjectCommand({ Bucket, Key: 'changed' }));
    await tag('changed', { b: '3' });
    expect(await tagsOf('changed')).toEqual({ b: '3' });
    await send(new DeleteObjectTaggingCommand({ Bucket, Key: 'changed' }));
    expect(await tagsOf('changed')).toEqual({});
    const { TagCount, ...after } = await send(new HeadObjectCommand({ Bucket, Key: 'changed' }));
    expect(TagCount).toBeUndefined();
    expect(after).toMatchObject({ ETag: before.ETag, LastModified: before.LastModified });
  });

  it('go with a copy, unless it has its own', async () => {
    await put('source', 'a=1');
    const copy = async (Key: string, more: Partial<CopyObjectCommandInput>) => {
      await send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/source`, ...more }));
      return tagsOf(Key);
    };
    expect(await copy('plain', {})).toEqual({ a: '1' });
    expect(await copy('described', { MetadataDirective: 'REPLACE', Metadata: { m: '1' } })).toEqual({
      a: '1',
    });
    expect(await copy('own', { TaggingDirective: 'REPLACE', Tagging: 'b=2' })).toEqual({ b: '2' });
    expect(await copy('none', { TaggingDirective: 'REPLACE' })).toEqual({});
    await expect(copy('wrong', { TaggingDirective: 'MOVE' as 'COPY' })).rejects.toMatchObject({
      name: 'InvalidArgument',
    });
  });

  it('come with a multipart upload', async () => {
    const to = { Bucket, Key: 'parts' };
    const { UploadId } = await send(new CreateMultipartUploadCommand({ ...to, Tagging: 'a=1' }));
    const { ETag } = await send(new UploadPartCommand({ ...to, UploadId, PartNumber: 1, Body: 'x' }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    await send(new CompleteMultipartUploadCommand({ ...to, UploadId, MultipartUpload }));
    expect(await tagsOf('parts')).toEqual({ a: '1' });
  });

  it.each([
    ['eleven', Array.from({ length: 11 }, (_, index) => `k${index}=v`).join('&'), 'BadRequest'],
    ['one without a key', '=v', 'InvalidTag'],
    ['a key of 129 characters', `${'k'.repeat(129)}=v`, 'InvalidTag'],
    ['a value of 257 characters', `k=${'v'.repeat(257)}`, 'InvalidTag'],
    ['two of one key', 'k=1&k=2', 'InvalidTag'],
  ])('may not be %s', async (_what, tagging, name) => {
    await expect(put('refused', tagging)).rejects.toMatchObject({ name });
    await expect(tagsOf('refused')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('are of each version, the current one where none is named', async () => {
    const other = 'versioned';
    await send(new CreateBucketCommand({ Bucket: other }));
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await send(new PutBucketVersioningCommand({ Bucket: other, VersioningConfiguration }));
    const write = async (Tagging: string) =>
      (await send(new PutObjectCommand({ Bucket: other, Key: 'k', Body: 'x', Tagging }))).VersionId;
    const [first, second] = [await write('n=1'), await write('n=2')];
    const set = (VersionId: string | undefined, Value: string) =>
      send(
        new PutObjectTaggingCommand({
          Bucket: other,
          Key: 'k',
          VersionId,
          Tagging: { TagSet: [{ Key: 'n', Value }] },
        }),
      );
    const get = async (VersionId?: string) =>
      (await send(new GetObjectTaggingCommand({ Bucket: other, Key: 'k', VersionId }))).TagSet?.[0]?.Value;
    expect(await set(first, 'old')).toMatchObject({ VersionId: first });
    expect(await set(undefined, 'new')).toMatchObject({ VersionId: second });
    expect([await get(first), await get(second), await get()]).toEqual(['old', 'new', 'new']);
    const { Versions = [] } = await send(new ListObjectVersionsCommand({ Bucket: other }));
    expect(Versions.map(({ VersionId }) => VersionId)).toEqual([second, first]);
  });

  it('are of an object that is there', async () => {
    await expect(tag('nowhere', { a: '1' })).rejects.toMatchObject({ name: 'NoSuchKey' });
    const answer = send(new DeleteObjectTaggingCommand({ Bucket, Key: 'nowhere' }));
    await expect(answer).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});
