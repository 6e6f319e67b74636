import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LakeBucket } from '../../redrive/lake-bucket.js';
import { localAwsForTest } from '../local/running-local-aws.js';
import { all, bucketForTest } from './bucket-on-local-aws.js';

/** An S3 that answers each request for an object with what of it `answer` gives, and then breaks the connection. */
async function brokenS3(content: Buffer, answer: (from: number, request: number) => Buffer) {
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const { range } = request.headers;
    ranges.push(range);
    const from = Number(/\d+/.exec(range ?? '')?.[0] ?? 0);
    response.writeHead(range ? 206 : 200, { 'content-length': content.length - from, etag: '"1"' });
    const part = answer(from, ranges.length);
    response.write(part, () => part.length < content.length - from && setImmediate(() => response.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const bucket = await LakeBucket.connect(
    { region: 'us-east-1', endpoint: `http://127.0.0.1:${port}`, credentials },
    'lake',
  );
  onTestFinished(() => {
    bucket.close();
    server.closeAllConnections();
    server.close();
  });
  return { bucket, ranges };
}

describe('an object of the bucket', () => {
  it('is read on where the connection broke', async () => {
    const content = Buffer.from('0123456789'.repeat(10_000));
    const { bucket, ranges } = await brokenS3(content, (from) => content.subarray(from, from + 40_000));
    expect(Buffer.concat(await all(bucket.read('key'))).equals(content)).toBe(true);
    expect(ranges).toEqual([undefined, 'bytes=40000-', 'bytes=80000-']);
  });

  it('is an error where it breaks again and again', async () => {
    const content = Buffer.from('0123456789');
    const { bucket, ranges } = await brokenS3(content, (_, request) =>
      content.subarray(0, request === 1 ? 5 : 0),
    );
    await expect(all(bucket.read('key'))).rejects.toThrow(/aborted|ECONNRESET|socket hang up/);
    expect(ranges.length).toBeGreaterThan(5);
  });

  it('is nothing where there is none, and empty where it is', async () => {
    const { bucket, put } = await bucketForTest(await localAwsForTest(), 'lake');
    expect(await bucket.readSmall('none')).toBeUndefined();
    await expect(all(bucket.read('none'))).rejects.toMatchObject({ name: 'NoSuchKey' });
    await put('empty', new Uint8Array());
    expect(await all(bucket.read('empty'))).toEqual([]);
  });

  it('is written only as long as it is what it was', async () => {
    const { bucket } = await bucketForTest(await localAwsForTest(), 'lake');
    const etag = await bucket.writeSmall('mark', 'one', { kind: 'absent' });
    expect(await bucket.writeSmall('mark', 'two', { kind: 'absent' })).toBeUndefined();
    expect(await bucket.readSmall('mark')).toMatchObject({ text: 'one', etag });
    const unchanged = { kind: 'unchanged', etag: etag ?? '' } as const;
    expect(await bucket.writeSmall('mark', 'three', unchanged)).toBeDefined();
    expect(await bucket.writeSmall('mark', 'four', unchanged)).toBeUndefined();
    expect(await bucket.writeSmall('none', 'five', unchanged)).toBeUndefined();
    expect((await bucket.readSmall('mark'))?.text).toBe('three');
  });
});
