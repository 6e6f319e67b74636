import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';

let running: RunningLocalAws;
let Bucket: string;
let buckets = 0;
beforeAll(async () => {
  running = await runLocalAws();
});
afterAll(() => running.end());
beforeEach(async () => {
  Bucket = `bucket-${++buckets}`;
  await running.clients.s3.send(new CreateBucketCommand({ Bucket }));
});

const { send } = { send: (command: never) => running.clients.s3.send(command) } as {
  send: RunningLocalAws['clients']['s3']['send'];
};
const version = (Status: 'Enabled' | 'Suspended') =>
  send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
const put = async (Key: string, Body: string) =>
  (await send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId;
const get = async (Key: string, VersionId?: string) => {
  const { Body } = await send(new GetObjectCommand({ Bucket, Key, ...(VersionId && { VersionId }) }));
  return Body?.transformToString();
};
const keys = async () =>
  (await send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key) ?? [];
/** Every version, as `key:id`, delete markers with an exclamation mark, the latest in brackets. */
async function versions(input: { Prefix?: string; MaxKeys?: number } = {}): Promise<string[]> {
  const found: string[] = [];
  let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  do {
    const page = await send(new ListObjectVersionsCommand({ Bucket, ...input, ...markers }));
    const told = (
      { Key, VersionId, IsLatest }: { Key?: string; VersionId?: string; IsLatest?: boolean },
      mark = '',
    ) => (IsLatest ? `[${Key}:${VersionId}${mark}]` : `${Key}:${VersionId}${mark}`);
    found.push(...(page.Versions ?? []).map((one) => told(one as never)));
    found.push(...(page.DeleteMarkers ?? []).map((one) => told(one as never, '!')));
    markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  } while (markers.KeyMarker !== undefined);
  return found;
}

describe('a bucket without versioning', () => {
  it('says so, and gives no version ids', async () => {
    expect((await send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
    expect(await put('a', '1')).toBeUndefined();
    expect(await versions()).toEqual(['[a:null]']);
  });
});

describe('a bucket with versioning', () => {
  beforeEach(() => version('Enabled'));

  it('keeps what is replaced, and gives each version by its id', async () => {
    const [first, second] = [await put('a', '1'), await put('a', '2')];
    expect(first).not.toBe(second);
    expect(await get('a')).toBe('2');
    expect(await get('a', first)).toBe('1');
    expect(await versions()).toEqual([`[a:${second}]`, `a:${first}`]);
    expect(await keys()).toEqual(['a']);
  });

  it('hides what is deleted behind a marker, and shows it again when the marker is removed', async () => {
    const first = await put('a', '1');
    const { DeleteMarker, VersionId: marker } = await send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    expect(DeleteMarker).toBe(true);
    await expect(get('a')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(await keys()).toEqual([]);
    expect(await versions()).toEqual([`a:${first}`, `[a:${marker}!]`]);
    await send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: marker }));
    expect(await get('a')).toBe('1');
    expect(await versions()).toEqual([`[a:${first}]`]);
  });

  it('does not give a delete marker as though it were an object', async () => {
    await put('a', '1');
    const { VersionId: marker } = await send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    const refused = { name: 'MethodNotAllowed', $metadata: { httpStatusCode: 405 } };
    await expect(get('a', marker)).rejects.toMatchObject(refused);
  });

  it('keeps versions of keys of any bytes, in their order', async () => {
    const keys = [
      '\u{0}'.repeat(1024),
      '\u{0}'.repeat(1023),
      '\u{1}',
      'a',
      'a\u{0}',
      'a\u{1}b',
      '\u{10ffff}'.repeat(256),
    ];
    for (const key of keys) for (const body of ['1', '2']) await put(key, body);
    const pages: (string | undefined)[] = [];
    for (let markers = {}; ; ) {
      const page = await send(
        new ListObjectVersionsCommand({ Bucket, MaxKeys: 3, EncodingType: 'url', ...markers }),
      );
      pages.push(...(page.Versions ?? []).map(({ Key = '' }) => decodeURIComponent(Key)));
      if (!page.IsTruncated) break;
      markers = {
        KeyMarker: decodeURIComponent(page.NextKeyMarker ?? ''),
        VersionIdMarker: page.NextVersionIdMarker,
      };
    }
    const inOrder = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(pages).toEqual(inOrder.flatMap((key) => [key, key]));
    expect(running.troubles).toEqual([]);
  });

  it('lists a folder as one, in pages as in whole', async () => {
    for (const key of ['a/1', 'a/2', 'b', 'c/1', 'c/2/3', 'd'])
      for (const body of ['1', '2']) await put(key, body);
    for (const MaxKeys of [1, 2, 3, 1000]) {
      const found: string[] = [];
      for (let markers = {}; ; ) {
        const page = await send(
          new ListObjectVersionsCommand({ Bucket, MaxKeys, Delimiter: '/', ...markers }),
        );
        found.push(...(page.Versions ?? []).map(({ Key }) => `${Key}`));
        found.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => `${Prefix}`));
        if (!page.IsTruncated) break;
        markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
      }
      expect(found.sort()).toEqual(['a/', 'b', 'b', 'c/', 'd', 'd']);
    }
  });

  it('takes the version behind the current one when that is removed for good', async () => {
    const [first, second] = [await put('a', '1'), await put('a', '2')];
    await send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: second }));
    expect(await get('a')).toBe('1');
    await expect(get('a', second)).rejects.toMatchObject({ name: 'NoSuchVersion' });
    expect(await versions()).toEqual([`[a:${first}]`]);
  });

  it('keeps what was there before as the version null', async () => {
    Bucket = `bucket-${++buckets}`;
    await send(new CreateBucketCommand({ Bucket }));
    await put('a', 'old');
    await version('Enabled');
    const next = await put('a', 'new');
    expect(await versions()).toEqual([`[a:${next}]`, 'a:null']);
    expect(await get('a', 'null')).toBe('old');
  });

  it('replaces only the version null while it is suspended', async () => {
    const first = await put('a', '1');
    await version('Suspended');
    expect(await put('a', '2')).toBe('null');
    expect(await put('a', '3')).toBe('null');
    expect(await versions()).toEqual(['[a:null]', `a:${first}`]);
    expect(await get('a')).toBe('3');
    await send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    expect(await versions()).toEqual([`a:${first}`, '[a:null!]']);
  });

  it('lists versions in pages, whatever their size', async () => {
    for (const key of ['a', 'b', 'b/c', 'd']) for (const body of ['1', '2', '3']) await put(key, body);
    await send(new DeleteObjectCommand({ Bucket, Key: 'b' }));
    const whole = await versions();
    expect(whole).toHaveLength(13);
    for (const MaxKeys of [1, 2, 5]) expect((await versions({ MaxKeys })).sort()).toEqual([...whole].sort());
    expect(await versions({ Prefix: 'b/' })).toHaveLength(3);
  });

  it('is not empty while there is a version, and can be deleted when all are gone', async () => {
    await put('a', '1');
    await send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    await expect(send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    const { Versions = [], DeleteMarkers = [] } = await send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    await send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    await send(new DeleteBucketCommand({ Bucket }));
  });
});
