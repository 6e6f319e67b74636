import {
  CreateBucketCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { rawRequest } from '../wire/raw-request.js';

const Bucket = 'bucket';
let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws();
  const { s3 } = aws.clients;
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'bare', Body: 'x' }));
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
});
afterAll(() => aws.end());

const ask = async (method: string, key: string, headers = {}) => {
  const answer = await rawRequest(aws.local.endpoint, { method, path: `/${Bucket}/${key}`, headers });
  return { status: answer.status, ...answer.headers };
};

describe.each(['GET', 'HEAD'])('the answer to %s', (method) => {
  it('of an object that the caller has already says which it is, and since when', async () => {
    const described = await aws.clients.s3.send(new HeadObjectCommand({ Bucket, Key: 'bare' }));
    const answer = await ask(method, 'bare', { 'if-none-match': described.ETag });
    const modified = described.LastModified?.toUTCString();
    expect(answer).toMatchObject({ status: 304, etag: described.ETag, 'last-modified': modified });
    expect(answer).not.toHaveProperty('x-amz-version-id');
  });

  it('of a version that the caller has already names the version', async () => {
    const put = new PutObjectCommand({ Bucket, Key: 'versioned', Body: 'x' });
    const { ETag, VersionId } = await aws.clients.s3.send(put);
    const answer = await ask(method, 'versioned', { 'if-none-match': ETag });
    expect(answer).toMatchObject({ status: 304, etag: ETag, 'x-amz-version-id': VersionId });
  });

  it('of an object that a delete marker hides names the marker', async () => {
    await aws.clients.s3.send(new PutObjectCommand({ Bucket, Key: 'hidden', Body: 'x' }));
    const { VersionId } = await aws.clients.s3.send(new DeleteObjectCommand({ Bucket, Key: 'hidden' }));
    const marker = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': VersionId };
    expect(await ask(method, 'hidden')).toMatchObject({ status: 404, ...marker });
    const named = await ask(method, `hidden?versionId=${VersionId}`);
    expect(named).toMatchObject({ status: 405, allow: 'DELETE', ...marker });
  });

  it('of an object that never was names none', async () => {
    expect(await ask(method, 'none')).not.toHaveProperty('x-amz-delete-marker');
  });
});
