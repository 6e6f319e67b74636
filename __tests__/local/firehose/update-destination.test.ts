import { CreateDeliveryStreamCommand, UpdateDestinationCommand } from '@aws-sdk/client-firehose';
import { CreateTableCommand } from '@aws-sdk/client-glue';
import { describe, expect, it } from 'vitest';
import { BucketARN, deliveryForTest, destination, directPut, plain, table } from './delivery.js';

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

  it('is told by what is given of its parts, and keeps the rest of them', async () => {
    const logging = { Enabled: true, LogGroupName: 'g', LogStreamName: 's' };
    const key = { KMSEncryptionConfig: { AWSKMSKeyARN: 'arn:aws:kms:us-east-1:000000000000:key/k' } };
    const { clients, describeDestination, update } = await deliveryForTest({
      destination: {
        CloudWatchLoggingOptions: logging,
        S3BackupMode: 'Enabled',
        S3BackupConfiguration: {
          RoleARN: destination.RoleARN,
          BucketARN,
          BufferingHints: { SizeInMBs: 3, IntervalInSeconds: 60 },
          CloudWatchLoggingOptions: logging,
        },
      },
    });
    await clients.glue.send(
      new CreateTableCommand({ DatabaseName: 'd', TableInput: { ...table, Name: 'other' } }),
    );
    await update({
      BufferingHints: { SizeInMBs: 100 },
      CloudWatchLoggingOptions: { LogStreamName: 't' },
      EncryptionConfiguration: key,
      DataFormatConversionConfiguration: { SchemaConfiguration: { TableName: 'other' } },
      S3BackupUpdate: {
        BufferingHints: { IntervalInSeconds: 90 },
        CloudWatchLoggingOptions: { Enabled: false },
      },
    });
    const { DataFormatConversionConfiguration: conversion, ...told } = (await describeDestination()) ?? {};
    expect(told).toMatchObject({
      BufferingHints: { SizeInMBs: 100, IntervalInSeconds: 0 },
      CloudWatchLoggingOptions: { ...logging, LogStreamName: 't' },
      EncryptionConfiguration: key,
      S3BackupDescription: {
        BufferingHints: { SizeInMBs: 3, IntervalInSeconds: 90 },
        CloudWatchLoggingOptions: { ...logging, Enabled: false },
      },
    });
    expect(conversion).toEqual({
      ...destination.DataFormatConversionConfiguration,
      SchemaConfiguration: {
        RoleARN: destination.RoleARN,
        DatabaseName: 'd',
        TableName: 'other',
        Region: 'us-east-1',
      },
    });
    await update({ EncryptionConfiguration: { NoEncryptionConfig: 'NoEncryption' } }, '2');
    expect((await describeDestination())?.EncryptionConfiguration).toEqual({
      NoEncryptionConfig: 'NoEncryption',
    });
    await update({ ProcessingConfiguration: { Enabled: false } }, '3');
    expect((await describeDestination())?.ProcessingConfiguration).toEqual({
      Enabled: false,
      Processors: [],
    });
  });

  // What real Firehose does: disabling keeps the conversion, and what is kept must fit when it is enabled again.
  it('is checked as what it comes to, when a conversion is disabled and enabled again', async () => {
    const { describeDestination, put, keys, objects, update } = await deliveryForTest();
    const enabled = (Enabled: boolean) => ({ DataFormatConversionConfiguration: { Enabled } });
    await update(enabled(false));
    expect((await describeDestination())?.DataFormatConversionConfiguration).toMatchObject({
      ...destination.DataFormatConversionConfiguration,
      Enabled: false,
    });
    await update({ CompressionFormat: 'GZIP' }, '2');
    await put('a');
    await objects(1);
    expect((await keys())[0]).toMatch(/\/f-3-.*\.gz$/);
    await expect(update(enabled(true), '3')).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: expect.stringContaining('must be set to UNCOMPRESSED'),
    });
    await update({ CompressionFormat: 'UNCOMPRESSED', ...enabled(true) }, '3');
    await put('b');
    await objects(2);
    expect((await keys()).some((key) => /\/f-4-.*\.parquet$/.test(key))).toBe(true);
  });

  // The fact: 128 MiB if left out with conversion; without it the default is 5 MiB, which a conversion then finds.
  it('has the buffering of what it was made as', async () => {
    const { clients, describe, describeDestination, update } = await deliveryForTest({
      destination: { BufferingHints: undefined },
    });
    expect((await describeDestination())?.BufferingHints).toEqual({
      SizeInMBs: 128,
      IntervalInSeconds: 300,
    });
    await update({ Prefix: 'changed/' });
    await clients.firehose.send(
      new CreateDeliveryStreamCommand(directPut({ ...plain, BufferingHints: undefined })),
    );
    expect((await describe('g'))?.Destinations?.[0]?.S3DestinationDescription?.BufferingHints).toEqual({
      SizeInMBs: 5,
      IntervalInSeconds: 300,
    });
    const { DataFormatConversionConfiguration } = destination;
    await expect(
      clients.firehose.send(
        new UpdateDestinationCommand({
          DeliveryStreamName: 'g',
          CurrentDeliveryStreamVersionId: '1',
          DestinationId: 'destinationId-000000000001',
          ExtendedS3DestinationUpdate: { DataFormatConversionConfiguration },
        }),
      ),
    ).rejects.toMatchObject({
      message: 'BufferingHints.SizeInMBs must be at least 64 when data format conversion is enabled.',
    });
  });

  it('keeps how Parquet shall be laid out, and tells it', async () => {
    const ParquetSerDe = {
      BlockSizeBytes: 67_108_864,
      PageSizeBytes: 65_536,
      Compression: 'GZIP',
      EnableDictionaryCompression: true,
      MaxPaddingBytes: 0,
      WriterVersion: 'V2',
    } as const;
    const { describeDestination, update } = await deliveryForTest();
    const OutputFormatConfiguration = { Serializer: { ParquetSerDe } };
    await update({ DataFormatConversionConfiguration: { OutputFormatConfiguration } });
    expect((await describeDestination())?.DataFormatConversionConfiguration).toMatchObject({
      OutputFormatConfiguration,
    });
    const orc = { OutputFormatConfiguration: { Serializer: { OrcSerDe: {} } } };
    await expect(update({ DataFormatConversionConfiguration: orc }, '2')).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'Local AWS does not implement OrcSerDe.',
    });
  });

  it('must be told something, of a shape that AWS has', async () => {
    const { clients, update } = await deliveryForTest();
    const nothing = new UpdateDestinationCommand({
      DeliveryStreamName: 'f',
      CurrentDeliveryStreamVersionId: '1',
      DestinationId: 'destinationId-000000000001',
    });
    await expect(clients.firehose.send(nothing)).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: 'At least one destination or source configuration update must be provided',
    });
    await expect(update({ S3BackupUpdate: { CompressionFormat: 'x' as never } })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("'extendedS3DestinationUpdate.s3BackupUpdate.compressionFormat'"),
    });
  });
});
