import { UpdateDestinationCommand } from '@aws-sdk/client-firehose';
import { describe, expect, it } from 'vitest';
import { BucketARN, deliveryForTest, destination } from './delivery.js';

describe('a destination that is updated', () => {
  it('is what the next delivery goes by', async () => {
    const { put, keys, objects, update, troubles } = await deliveryForTest();
    await put('a');
    await objects(1);
    await update({ Prefix: 'elsewhere/', FileExtension: '.pq' });
    await put('b');
    await objects(2);
    const [first, second] = await keys();
    expect(first).toMatch(/^data\/[\d/]+\/f-1-.*\.parquet$/);
    expect(second).toMatch(/^elsewhere\/[\d/]+\/f-2-.*\.pq$/);
    expect(troubles).toEqual([]);
  });

  it('delivers by its new buffering what had come before', async () => {
    const { put, keys, objects, update } = await deliveryForTest({
      destination: { BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 900 } },
    });
    await put('a');
    expect(await keys()).toEqual([]);
    await update({ BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 0 } });
    await objects(1);
  });

  it('keeps what the update does not name', async () => {
    const backup = { RoleARN: destination.RoleARN, BucketARN, Prefix: 'source/' };
    const { describe, describeDestination, update } = await deliveryForTest({
      destination: { S3BackupMode: 'Enabled', S3BackupConfiguration: backup, CustomTimeZone: 'Europe/Paris' },
    });
    const before = await describeDestination();
    await update({ BufferingHints: { SizeInMBs: 70, IntervalInSeconds: 10 } });
    expect(await describeDestination()).toEqual({
      ...before,
      BufferingHints: { SizeInMBs: 70, IntervalInSeconds: 10 },
    });
    await update({ S3BackupUpdate: { CompressionFormat: 'GZIP' } }, '2');
    expect((await describeDestination())?.S3BackupDescription).toMatchObject({
      ...backup,
      CompressionFormat: 'GZIP',
    });
    expect(await describe()).toMatchObject({ VersionId: '3', LastUpdateTimestamp: expect.any(Date) });
  });

  it('can get a backup, and cannot lose it', async () => {
    const { update } = await deliveryForTest();
    await expect(update({ S3BackupMode: 'Enabled' })).rejects.toMatchObject({
      name: 'InvalidArgumentException',
    });
    await update({ S3BackupMode: 'Enabled', S3BackupUpdate: { RoleARN: destination.RoleARN, BucketARN } });
    await expect(update({ S3BackupMode: 'Disabled' }, '2')).rejects.toMatchObject({
      name: 'InvalidArgumentException',
    });
  });

  it('is checked as a new one is, whole', async () => {
    const { describeDestination, update } = await deliveryForTest();
    const before = await describeDestination();
    await expect(update({ BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 60 } })).rejects.toMatchObject({
      name: 'InvalidArgumentException',
    });
    await expect(
      update({ ErrorOutputPrefix: 'e/', Prefix: '!{timestamp:yyyy}/!{no:such}' }),
    ).rejects.toMatchObject({
      name: 'InvalidArgumentException',
    });
    expect(await describeDestination()).toEqual(before);
  });

  it('is not what somebody else has changed meanwhile, or another one', async () => {
    const { clients, update } = await deliveryForTest();
    await update({ Prefix: 'a/' });
    await expect(update({ Prefix: 'b/' })).rejects.toMatchObject({
      name: 'ConcurrentModificationException',
      message: expect.stringContaining('current version id: 2 and specified version id: 1 do not match'),
    });
    const other = new UpdateDestinationCommand({
      DeliveryStreamName: 'f',
      CurrentDeliveryStreamVersionId: '2',
      DestinationId: 'destinationId-000000000002',
      ExtendedS3DestinationUpdate: { Prefix: 'b/' },
    });
    await expect(clients.firehose.send(other)).rejects.toMatchObject({ name: 'InvalidArgumentException' });
  });
});
