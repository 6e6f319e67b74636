import {
  CreateBucketCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { rawRequest } from '../wire/raw-request.js';

const Bucket = 'bucket';
/** Keys of few parts, so that many share prefixes; among them what UTF-8 and UTF-16 order differently. */
const PARTS = ['a', 'b', '/', '//', '--', '=', '\u{ffee}', '\u{1f600}', '\u{e9}', ' '];
const KEYS = [
  ...new Set(
    fc.sample(
      fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
      { numRuns: 150, seed: 7 },
    ),
  ),
];

let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws();
  const { s3 } = aws.clients;
  for (const name of [Bucket, 'neighbour', 'empty']) await s3.send(new CreateBucketCommand({ Bucket: name }));
  await Promise.all(KEYS.map((Key) => s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }))));
  await s3.send(new PutObjectCommand({ Bucket: 'neighbour', Key: 'a', Body: 'a' }));
});
afterAll(() => aws.end());

type Question = Pick<ListObjectsV2CommandInput, 'Prefix' | 'Delimiter' | 'StartAfter'>;

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** What S3 lists, as its documentation says it: objects, and common prefixes up to the delimiter. */
function expected({ Prefix = '', Delimiter = '', StartAfter = '' }: Question): string[] {
  const listed = new Set<string>();
  for (const key of [...KEYS].sort(byBytes)) {
    if (!key.startsWith(Prefix) || byBytes(key, StartAfter) <= 0) continue;
    const end = Delimiter ? key.indexOf(Delimiter, Prefix.length) : -1;
    listed.add(end === -1 ? `object ${key}` : `folder ${key.slice(0, end + Delimiter.length)}`);
  }
  return [...listed];
}

/** All pages of a listing, in the order of objects and folders together. */
async function listAll(question: ListObjectsV2CommandInput, pageSize: number): Promise<string[]> {
  const names: { name: string; kind: string }[] = [];
  for (let token: string | undefined; ; ) {
    const page = await aws.clients.s3.send(
      new ListObjectsV2Command({ ...question, MaxKeys: pageSize, ContinuationToken: token }),
    );
    const objects = (page.Contents ?? []).map(({ Key = '' }) => ({ name: Key, kind: 'object' }));
    const folders = (page.CommonPrefixes ?? []).map(({ Prefix = '' }) => ({ name: Prefix, kind: 'folder' }));
    const both = [...objects, ...folders].sort((a, b) => byBytes(a.name, b.name));
    expect(page.KeyCount).toBe(both.length);
    expect(both.length).toBeLessThanOrEqual(pageSize);
    expect(page.IsTruncated).toBe(page.NextContinuationToken !== undefined);
    names.push(...both);
    token = page.NextContinuationToken;
    if (token === undefined) return names.map(({ name, kind }) => `${kind} ${name}`);
    expect(both.length).toBe(pageSize);
  }
}

const piece = fc.array(fc.constantFrom(...PARTS), { maxLength: 3 }).map((parts) => parts.join(''));
const beginning = fc
  .tuple(fc.constantFrom(...KEYS), fc.nat(5))
  .map(([key, length]) => [...key].slice(0, length).join(''));

describe('ListObjectsV2', () => {
  it('lists what the model lists, in the order of UTF-8, however it is paged', async () => {
    const question = fc.record(
      {
        Prefix: fc.oneof(piece, beginning),
        Delimiter: fc.constantFrom('/', '//', '--', 'a', '\u{1f600}', '=\u{e9}', 'none'),
        StartAfter: fc.oneof(piece.filter(Boolean), fc.constantFrom(...KEYS)),
      },
      { requiredKeys: [] },
    );
    const pageSize = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(1000));
    await fc.assert(
      fc.asyncProperty(question, pageSize, async (asked, size) => {
        expect(await listAll({ Bucket, ...asked }, size)).toEqual(expected(asked));
      }),
      { numRuns: 120 },
    );
  });

  it('orders by bytes, where the two halves of a UTF-16 character would come first', async () => {
    const { Contents = [] } = await aws.clients.s3.send(new ListObjectsV2Command({ Bucket }));
    const keys = Contents.map(({ Key = '' }) => Key);
    expect(keys).toEqual([...KEYS].sort(byBytes));
    expect(keys).not.toEqual([...KEYS].sort());
  });

  it('gives size, ETag and time of each object', async () => {
    const { Contents } = await aws.clients.s3.send(new ListObjectsV2Command({ Bucket: 'neighbour' }));
    expect(Contents).toEqual([
      {
        Key: 'a',
        Size: 1,
        ETag: '"0cc175b9c0f1b6a831c399e269772661"',
        LastModified: expect.any(Date),
        StorageClass: 'STANDARD',
      },
    ]);
  });

  it('encodes keys, prefixes and delimiter where it is asked to', async () => {
    const answer = await aws.clients.s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: '\u{e9}', Delimiter: ' ', EncodingType: 'url' }),
    );
    expect(answer).toMatchObject({ EncodingType: 'url', Prefix: '%C3%A9', Delimiter: '%20' });
    const names = [...(answer.Contents ?? []), ...(answer.CommonPrefixes ?? [])].map((listed) =>
      'Key' in listed ? listed.Key : (listed as { Prefix: string }).Prefix,
    );
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9%/._*!'()~-]+$/);
    expect(names.map((name) => decodeURIComponent(name ?? '')).sort(byBytes)).toEqual(
      expected({ Prefix: '\u{e9}', Delimiter: ' ' }).map((line) => line.slice('object '.length)),
    );
  });

  it('lists nothing for 0 keys, an empty bucket or a prefix that none has', async () => {
    const { s3 } = aws.clients;
    for (const question of [
      { Bucket, MaxKeys: 0 },
      { Bucket: 'empty' },
      { Bucket: 'empty', Delimiter: '/' },
      { Bucket, Prefix: 'none' },
      { Bucket, StartAfter: '\u{10ffff}' },
    ]) {
      const answer = await s3.send(new ListObjectsV2Command(question));
      expect(answer).toMatchObject({ KeyCount: 0, IsTruncated: false });
      expect(answer.NextContinuationToken).toBeUndefined();
    }
  });

  it('gives no more than 1,000 keys at once', async () => {
    const answer = await aws.clients.s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 5000 }));
    expect(answer).toMatchObject({ MaxKeys: 5000, KeyCount: KEYS.length });
  });

  it.each([
    ['max-keys=-1', 'Argument maxKeys must be an integer between 0 and 2147483647'],
    ['max-keys=many', 'MaxKeys has the invalid value &quot;many&quot;.'],
    ['continuation-token=', 'The continuation token provided is incorrect'],
    [`continuation-token=${'a'.repeat(4000)}`, 'The continuation token provided is incorrect'],
  ])('refuses %s', async (query, message) => {
    const path = `/${Bucket}?list-type=2&${query}`;
    const { status, text } = await rawRequest(aws.local.endpoint, { path });
    expect(status).toBe(400);
    expect(text).toContain('<Code>InvalidArgument</Code>');
    expect(text).toContain(message);
  });

  it('needs a bucket that is there', async () => {
    const answer = aws.clients.s3.send(new ListObjectsV2Command({ Bucket: 'none' }));
    await expect(answer).rejects.toMatchObject({ name: 'NoSuchBucket', $metadata: { httpStatusCode: 404 } });
  });
});

describe('ListObjects', () => {
  /** As it is paged by the SDKs: behind the marker that it gives, or behind the last key. */
  async function allPages(question: Question, MaxKeys: number): Promise<string[]> {
    const names: string[] = [];
    for (let Marker: string | undefined; ; ) {
      const page = await aws.clients.s3.send(
        new ListObjectsCommand({ Bucket, ...question, MaxKeys, Marker }),
      );
      const objects = (page.Contents ?? []).map(({ Key = '' }) => ({ name: Key, kind: 'object' }));
      const folders = (page.CommonPrefixes ?? []).map(({ Prefix = '' }) => ({
        name: Prefix,
        kind: 'folder',
      }));
      const both = [...objects, ...folders].sort((a, b) => byBytes(a.name, b.name));
      names.push(...both.map(({ name, kind }) => `${kind} ${name}`));
      if (!page.IsTruncated) return names;
      if (question.Delimiter) expect(page.NextMarker).toBe(both.at(-1)?.name);
      Marker = page.NextMarker ?? page.Contents?.at(-1)?.Key;
    }
  }

  it('lists what the model lists, however it is paged', async () => {
    const question = fc.record(
      {
        Prefix: fc.oneof(piece, beginning),
        Delimiter: fc.constantFrom('/', '//', '--', 'a', '\u{1f600}', 'none'),
      },
      { requiredKeys: [] },
    );
    const pageSize = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(1000));
    await fc.assert(
      fc.asyncProperty(question, pageSize, async (asked, size) => {
        expect(await allPages(asked, size)).toEqual(expected(asked));
      }),
      { numRuns: 60 },
    );
  });

  it('knows no other encoding than url', async () => {
    const path = `/${Bucket}?encoding-type=base64`;
    const { status, text } = await rawRequest(aws.local.endpoint, { path });
    expect(status).toBe(400);
    expect(text).toContain('Invalid Encoding Method specified in Request');
  });
});
