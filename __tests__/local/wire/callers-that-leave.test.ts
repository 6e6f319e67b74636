import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { connect } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { jsonRequest, rawRequest } from './raw-request.js';

let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws();
  await aws.clients.s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
});
afterAll(() => aws.end());

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(path.join(aws.dataDir, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

const CHUNKED = {
  'content-encoding': 'aws-chunked',
  'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  'x-amz-decoded-content-length': '200000',
};

/** Begins an upload over HTTP/1.1, and gives what breaks it off. */
async function beginHttp1(headers: Record<string, string>, begun: string): Promise<() => void> {
  const { hostname, port } = new URL(aws.local.endpoint);
  const upload = request({ hostname, port, method: 'PUT', path: '/bucket/key', headers });
  upload.on('error', () => {});
  upload.write(begun);
  return () => upload.destroy();
}

/** The same over HTTP/2. */
async function beginHttp2(headers: Record<string, string>, begun: string): Promise<() => void> {
  const session = connect(aws.local.endpoint);
  const upload = session.request({ ':method': 'PUT', ':path': '/bucket/key', ...headers });
  session.on('error', () => {});
  upload.on('error', () => {});
  upload.write(begun);
  return () => session.destroy();
}

describe('a caller that leaves in the middle of an upload', () => {
  it.each([
    ['HTTP/1.1', 'with its length', beginHttp1, { 'content-length': '100000' }, 'x'.repeat(50_000)],
    ['HTTP/1.1', 'aws-chunked', beginHttp1, CHUNKED, '5\r\nhello\r\n'],
    ['HTTP/2', 'without its length', beginHttp2, {}, 'x'.repeat(50_000)],
    ['HTTP/2', 'aws-chunked', beginHttp2, CHUNKED, '5\r\nhello\r\n'],
  ])('leaves nothing behind: %s, %s', async (_protocol, _how, begin, headers, begun) => {
    const leave = await begin(headers, begun);
    await vi.waitFor(async () => expect(await filesIn('staging')).toHaveLength(1), WAIT);
    leave();
    await vi.waitFor(async () => expect(await filesIn('staging')).toEqual([]), WAIT);
    // Nothing was kept, and nothing is.
    await pause(20);
    const listed = await aws.clients.s3.send(new ListObjectsV2Command({ Bucket: 'bucket' }));
    expect(listed.KeyCount).toBe(0);
    expect(await filesIn('objects')).toEqual([]);
    expect(aws.troubles).toEqual([]);
  });

  it('when the upload has been refused does no harm', async () => {
    const { hostname, port } = new URL(aws.local.endpoint);
    await new Promise<void>((resolve) => {
      const headers = { ...CHUNKED, 'content-length': '1000' };
      const upload = request({ hostname, port, method: 'PUT', path: '/none/key', headers });
      upload.once('error', () => {}).once('close', resolve);
      upload.once('response', () => upload.destroy());
      upload.write('5\r\nhel');
    });
    await pause(20);
    expect(await rawRequest(aws.local.endpoint, { path: '/' })).toMatchObject({ status: 200 });
    expect(aws.troubles).toEqual([]);
  });

  it('in the middle of a download takes nothing along', async () => {
    await rawRequest(aws.local.endpoint, {
      method: 'PUT',
      path: '/bucket/large',
      body: Buffer.alloc(8_000_000),
    });
    const { hostname, port } = new URL(aws.local.endpoint);
    await new Promise<void>((resolve, reject) => {
      const download = request({ hostname, port, path: '/bucket/large' }, (message) => {
        message.once('data', () => {
          message.destroy();
          resolve();
        });
      });
      download.once('error', reject).end();
    });
    await rawRequest(aws.local.endpoint, { method: 'DELETE', path: '/bucket/large' });
    expect(await filesIn('objects')).toEqual([]);
    expect(aws.troubles).toEqual([]);
  });
});

describe('a caller that asks for several objects at once on one connection, and leaves', () => {
  it('keeps none of the answers that wait for their turn', async () => {
    const running = await runLocalAws();
    await running.clients.s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    const Body = Buffer.alloc(3_000_000);
    await running.clients.s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'key', Body }));
    const { hostname: host, port } = new URL(running.local.endpoint);
    for (let round = 0; round < 10; round++) {
      const socket = connectSocket({ host, port: Number(port) });
      socket.write('GET /bucket/key HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(3));
      await once(socket, 'data');
      socket.destroy();
    }
    // It waits for every request that is under way.
    await running.end();
    expect(running.troubles).toEqual([]);
  });
});

describe('a connection that is kept alive', () => {
  it.each([
    ['to a bucket that is not there', { method: 'PUT', path: '/none/key' }, 404, 'x'.repeat(300_000)],
    [
      'to an operation that is not there',
      { method: 'PUT', path: '/bucket/key?acl' },
      501,
      'x'.repeat(300_000),
    ],
    [
      'that is wrongly chunked',
      { method: 'PUT', path: '/bucket/key', headers: CHUNKED },
      400,
      `zz\r\n${'x'.repeat(300_000)}`,
    ],
    [
      'in chunks to a bucket that is not there',
      { method: 'PUT', path: '/none/key', headers: CHUNKED },
      404,
      `30d40\r\n${'x'.repeat(200_000)}\r\n0\r\n\r\n`,
    ],
    [
      'that is wrongly chunked, to a bucket that is not there',
      { method: 'PUT', path: '/none/key', headers: CHUNKED },
      404,
      'zz\r\n',
    ],
    ['in JSON to a service that is not there', jsonRequest('No_1.Such', 'no', ''), 501, 'x'.repeat(300_000)],
  ])('goes on after a refusal of a body %s', async (_what, refused, status, body) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      expect(await rawRequest(aws.local.endpoint, { ...refused, body, agent })).toMatchObject({ status });
      const [socket] = Object.values(agent.freeSockets).flat();
      expect(socket).toBeDefined();
      expect(await rawRequest(aws.local.endpoint, { path: '/', agent })).toMatchObject({ status: 200 });
      expect(Object.values(agent.freeSockets).flat()).toEqual([socket]);
    } finally {
      agent.destroy();
    }
    expect(await filesIn('staging')).toEqual([]);
    expect(aws.troubles).toEqual([]);
  });

  it('leaves no staged file, however early a body is refused', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 16 });
    const refused = { method: 'PUT', path: '/bucket/key', headers: CHUNKED, body: 'zz\r\n', agent };
    await Promise.all(Array.from({ length: 300 }, () => rawRequest(aws.local.endpoint, refused)));
    agent.destroy();
    await pause(20);
    expect(await filesIn('staging')).toEqual([]);
  });
});

const WAIT = { timeout: 5_000, interval: 10 };
