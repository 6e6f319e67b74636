import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import { LakeBucket } from '../../redrive/lake-bucket.js';
import type { RunningLocalAws } from '../local/running-local-aws.js';

/** A bucket in a local AWS that is running, and a way to put objects there. */
export async function bucketForTest({ local, clients }: RunningLocalAws, name: string) {
  const Bucket = name;
  await clients.s3.send(new CreateBucketCommand({ Bucket }));
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const bucket = await LakeBucket.connect(
    { region: 'us-east-1', endpoint: local.endpoint, credentials },
    name,
  );
  onTestFinished(() => bucket.close());
  return {
    bucket,
    put: async (Key: string, Body: string | Uint8Array) => {
      await clients.s3.send(new PutObjectCommand({ Bucket, Key, Body }));
    },
  };
}

/** All that there is to iterate over. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
