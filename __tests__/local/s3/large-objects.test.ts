import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { expect, it, onTestFinished } from 'vitest';
import { clientsOf, temporaryFolder } from '../running-local-aws.js';
import { startMain } from '../started-main.js';

const MIB = 1024 * 1024;
const SIZE = 200 * MIB;

/** Bytes that a process has in memory. */
const residentBytes = (pid: number) =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;

it('a large object goes up and down without being held in memory', async () => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  // In a process of its own: here the memory would be the client's as well.
  const local = await startMain(folder);
  onTestFinished(async () => {
    await local.end('SIGKILL');
  });
  const { s3 } = clientsOf(local.endpoint);
  await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  s3.destroy();
  const { hostname, port } = new URL(local.endpoint);
  const before = residentBytes(local.pid);
  let grown = 0;
  const measure = () => {
    grown = Math.max(grown, residentBytes(local.pid) - before);
  };

  const headers = { 'content-length': String(SIZE) };
  const upload = request({ hostname, port, method: 'PUT', path: '/bucket/large', headers });
  const uploaded = once(upload, 'response') as Promise<[IncomingMessage]>;
  const piece = Buffer.alloc(10 * MIB, 'x');
  const pieces = function* () {
    for (let sent = 0; sent < SIZE; sent += piece.length) {
      measure();
      yield piece;
    }
  };
  await pipeline(Readable.from(pieces()), upload);
  const [answer] = await uploaded;
  expect(answer.statusCode).toBe(200);
  answer.resume();

  const download = request({ hostname, port, path: '/bucket/large' }).end();
  const [object] = (await once(download, 'response')) as [IncomingMessage];
  let size = 0;
  for await (const chunk of object) {
    if (size % (20 * MIB) < chunk.length) measure();
    size += chunk.length;
  }
  expect(size).toBe(SIZE);
  expect(grown).toBeLessThan(120 * MIB);
});
