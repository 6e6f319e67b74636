import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { runLocalAws, temporaryFolder } from '../running-local-aws.js';
import { sendHostileBytes } from './hostile-bytes.js';

it('whatever bytes come, each connection ends, the next request is answered, and no file is left outside', async () => {
  const around = await temporaryFolder();
  const aws = await runLocalAws({ dataDir: path.join(around.folder, 'a', 'data') });
  await aws.clients.s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  await aws.clients.s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'key', Body: 'content' }));
  await sendHostileBytes(aws, 400);
  // What callers that left had begun is cleared away when all has ended.
  await aws.end();
  expect(await readdir(around.folder)).toEqual(['a']);
  expect(await readdir(path.join(around.folder, 'a'))).toEqual(['data']);
  expect(await readdir(path.join(aws.dataDir, 'staging'))).toEqual([]);
  await around.remove();
});
