import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetPublicAccessBlockCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { rawRequest } from '../wire/raw-request.js';

const Bucket = 'settings';
let running: RunningLocalAws;
beforeAll(async () => {
  running = await runLocalAws();
  await running.clients.s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => running.end());
const { send } = { send: (command: never) => running.clients.s3.send(command) } as {
  send: RunningLocalAws['clients']['s3']['send'];
};

it('settings are given back as they were given', async () => {
  const Rules = [
    {
      ID: 'expire',
      Status: 'Enabled' as const,
      Filter: { Prefix: 'errors/' },
      Expiration: { Days: 30 },
      NoncurrentVersionExpiration: { NoncurrentDays: 7 },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
      Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' as const }],
    },
  ];
  await send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
  expect((await send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toEqual(Rules);

  const encryption = {
    Rules: [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: 'arn:key' },
        BucketKeyEnabled: true,
      },
    ],
  };
  await send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: encryption }));
  const kept = await send(new GetBucketEncryptionCommand({ Bucket }));
  expect(kept.ServerSideEncryptionConfiguration).toEqual(encryption);

  const Policy = '{"Version": "2012-10-17", "Statement": []}';
  await send(new PutBucketPolicyCommand({ Bucket, Policy }));
  expect((await send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);

  const TagSet = [{ Key: 'a & b', Value: '<ü>' }];
  await send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
  expect((await send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(TagSet);

  const LoggingEnabled = { TargetBucket: 'logs', TargetPrefix: 'data/' };
  await send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } }));
  expect((await send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled).toEqual(LoggingEnabled);

  const OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' as const }] };
  await send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
  expect((await send(new GetBucketOwnershipControlsCommand({ Bucket }))).OwnershipControls).toEqual(
    OwnershipControls,
  );

  const PublicAccessBlockConfiguration = { BlockPublicAcls: true, BlockPublicPolicy: false };
  await send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
  const access = await send(new GetPublicAccessBlockCommand({ Bucket }));
  expect(access.PublicAccessBlockConfiguration).toEqual(PublicAccessBlockConfiguration);
});

it('settings that are deleted, or were never made, are not found by their names on AWS', async () => {
  await send(new DeleteBucketLifecycleCommand({ Bucket }));
  await send(new DeleteBucketPolicyCommand({ Bucket }));
  const lifecycle = send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
  await expect(lifecycle).rejects.toMatchObject({
    name: 'NoSuchLifecycleConfiguration',
    $metadata: { httpStatusCode: 404 },
  });
  await expect(send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({
    name: 'NoSuchBucketPolicy',
  });
});

it('a policy that is no JSON is refused', async () => {
  const put = send(new PutBucketPolicyCommand({ Bucket, Policy: 'nonsense' }));
  await expect(put).rejects.toMatchObject({ name: 'MalformedPolicy' });
});

it('a bucket that is made anew under its name has none of the settings of the old one', async () => {
  await send(new DeleteBucketCommand({ Bucket }));
  await send(new CreateBucketCommand({ Bucket }));
  await expect(send(new GetBucketTaggingCommand({ Bucket }))).rejects.toMatchObject({ name: 'NoSuchTagSet' });
  const { ServerSideEncryptionConfiguration } = await send(new GetBucketEncryptionCommand({ Bucket }));
  expect(ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault).toEqual({
    SSEAlgorithm: 'AES256',
  });
});

it('the region of a bucket is told, the first of all by saying nothing', async () => {
  expect((await send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeUndefined();
});

it('tells the region of a bucket as the text of its answer, where every client looks for it', async () => {
  const { endpoint } = running.local;
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
  await send(new CreateBucketCommand({ Bucket: 'abroad', CreateBucketConfiguration }));
  const { text } = await rawRequest(endpoint, { path: '/abroad?location' });
  expect(text).toMatch(/<LocationConstraint xmlns="[^"]+">eu-west-1<\/LocationConstraint>$/);
  const told = await send(new GetBucketLocationCommand({ Bucket: 'abroad' }));
  expect(told.LocationConstraint).toBe('eu-west-1');
});
