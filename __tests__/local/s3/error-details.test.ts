import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { rawRequest } from '../wire/raw-request.js';

const Bucket = 'bucket';
let marker: string | undefined;
let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws();
  const { s3 } = aws.clients;
  await s3.send(new CreateBucketCommand({ Bucket }));
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'there', Body: 'x' }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'hidden', Body: 'x' }));
  marker = (await s3.send(new DeleteObjectCommand({ Bucket, Key: 'hidden' }))).VersionId;
});
afterAll(() => aws.end());

const COPY = { 'x-amz-copy-source': '/bucket/there' };

// The elements of S3's errors: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html and its examples.
it.each([
  ['GET', '/bucket/a%3Cb', {}, 'NoSuchKey', { Key: 'a&lt;b' }],
  ['GET', '/nowhere/a', {}, 'NoSuchBucket', { BucketName: 'nowhere' }],
  ['PUT', '/Wrong_name', {}, 'InvalidBucketName', { BucketName: 'Wrong_name' }],
  ['PUT', '/bucket', {}, 'BucketAlreadyOwnedByYou', { BucketName: 'bucket' }],
  ['DELETE', '/bucket', {}, 'BucketNotEmpty', { BucketName: 'bucket' }],
  ['GET', '/bucket/there', { 'if-match': '"x"' }, 'PreconditionFailed', { Condition: 'If-Match' }],
  ['PUT', '/bucket/there', { 'if-none-match': '*' }, 'PreconditionFailed', { Condition: 'If-None-Match' }],
  [
    'PUT',
    '/bucket/copy',
    { ...COPY, 'x-amz-copy-source-if-match': '"x"' },
    'PreconditionFailed',
    { Condition: 'x-amz-copy-source-If-Match' },
  ],
  ['PUT', '/bucket/there?partNumber=1&uploadId=none', {}, 'NoSuchUpload', { UploadId: 'none' }],
])('%s %s with %j is refused as %s, about %j', async (method, path, headers, code, about) => {
  const { text } = await rawRequest(aws.local.endpoint, { method, path, headers });
  expect(text).toContain(`<Code>${code}</Code>`);
  for (const [name, value] of Object.entries(about)) expect(text).toContain(`<${name}>${value}</${name}>`);
});

it('a delete marker that is read says that it is one', async () => {
  const path = `/bucket/hidden?versionId=${marker}`;
  const { text } = await rawRequest(aws.local.endpoint, { method: 'GET', path });
  expect(text).toContain('<ResourceType>DeleteMarker</ResourceType>');
});
