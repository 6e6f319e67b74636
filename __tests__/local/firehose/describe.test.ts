import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { expect, it } from 'vitest';
import { BucketARN, deliveryForTest, destination, plain } from './delivery.js';

// The fact: what is missing of a description shows as drift in Terraform.
it('is described with all that was left out when it was made', async () => {
  const { describe } = await deliveryForTest();
  const place = {
    RoleARN: destination.RoleARN,
    BucketARN,
    Prefix: 'data/',
    BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 0 },
    CompressionFormat: 'UNCOMPRESSED',
    EncryptionConfiguration: { NoEncryptionConfig: 'NoEncryption' },
    CloudWatchLoggingOptions: { Enabled: false },
  };
  expect(await describe()).toMatchObject({
    VersionId: '1',
    DeliveryStreamStatus: 'ACTIVE',
    DeliveryStreamType: 'KinesisStreamAsSource',
    DeliveryStreamEncryptionConfiguration: { Status: 'DISABLED' },
    Source: {
      KinesisStreamSourceDescription: {
        KinesisStreamARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/s',
        RoleARN: destination.RoleARN,
        DeliveryStartTimestamp: expect.any(Date),
      },
    },
    Destinations: [
      {
        DestinationId: 'destinationId-000000000001',
        S3DestinationDescription: place,
        ExtendedS3DestinationDescription: {
          ...place,
          S3BackupMode: 'Disabled',
          ProcessingConfiguration: { Enabled: false, Processors: [] },
          DataFormatConversionConfiguration: destination.DataFormatConversionConfiguration,
        },
      },
    ],
    HasMoreDestinations: false,
  });
});

// The fact: source records are concatenated as they came, without a separator.
it('delivers records one right behind the other, in their order', async () => {
  const backup = { RoleARN: destination.RoleARN, BucketARN, Prefix: 'source/' };
  const { clients, keys, objects, read } = await deliveryForTest({
    destination: { ...plain, S3BackupMode: 'Enabled', S3BackupConfiguration: backup },
  });
  const records = ['{"id":"a"}', '\n{"id":', '', '"b"}'];
  const Records = records.map((text) => ({ PartitionKey: 'p', Data: Buffer.from(text) }));
  await clients.kinesis.send(new PutRecordsCommand({ StreamName: 's', Records }));
  await objects(2);
  for (const key of await keys()) expect((await read(key)).bytes.toString()).toBe(records.join(''));
});
