import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectObjectStore, type ObjectStore } from '../../athena/index.js';
import { objectBytes } from '../../athena/result/object-bytes.js';
import { type RunningLocalAws, runLocalAws } from '../local/running-local-aws.js';

let running: RunningLocalAws;
let store: ObjectStore;
const bucket = 'results';
const content = Buffer.alloc(9_000_000, 'athena,');

beforeAll(async () => {
  running = await runLocalAws();
  const { s3 } = running.clients;
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  for (const [Key, Body] of [
    ['a/large.csv', content],
    ['a/empty', Buffer.alloc(0)],
    ['b/é +%.txt', Buffer.from('x')],
  ] as const)
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
  store = await connectObjectStore({
    region: 'us-east-1',
    endpoint: running.local.endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterAll(async () => {
  store.close();
  await running.end();
});

async function read(key: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const bytes of objectBytes(store, { bucket, key })) parts.push(bytes);
  return Buffer.concat(parts);
}

it('an object is read part by part, whole and in order', async () => {
  expect((await read('a/large.csv')).equals(content)).toBe(true);
  expect((await read('b/é +%.txt')).toString()).toBe('x');
  expect((await read('a/empty')).byteLength).toBe(0);
});

it('an object that another has taken the place of is refused', async () => {
  const range = { start: 0, end: 10, etag: '"another"' };
  await expect(store.read({ bucket, key: 'a/large.csv' }, range)).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
});

it('objects are listed by the beginning of their keys, and removed', async () => {
  expect(await store.list({ bucket, key: 'a/' })).toEqual(['a/empty', 'a/large.csv']);
  await store.remove({ bucket, key: 'a/empty' });
  expect(await store.list({ bucket, key: 'a/' })).toEqual(['a/large.csv']);
});
