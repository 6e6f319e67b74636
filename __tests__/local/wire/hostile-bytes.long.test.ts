import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { it } from 'vitest';
import { localAwsForTest } from '../running-local-aws.js';
import { sendHostileBytes } from './hostile-bytes.js';

it('whatever bytes come, 20,000 times, each connection ends and the next request is answered', async () => {
  const aws = await localAwsForTest();
  await aws.clients.s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  await aws.clients.s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'key', Body: 'content' }));
  await sendHostileBytes(aws, 20_000);
});
