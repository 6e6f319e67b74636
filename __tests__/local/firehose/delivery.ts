import {
  CreateDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  type ExtendedS3DestinationConfiguration,
  type ExtendedS3DestinationUpdate,
  type Tag,
  UpdateDestinationCommand,
} from '@aws-sdk/client-firehose';
import { CreateDatabaseCommand, CreateTableCommand, type TableInput } from '@aws-sdk/client-glue';
import { CreateStreamCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { LocalAwsOptions } from '../../../local/local-aws.js';
import { localAwsForTest } from '../running-local-aws.js';

const RoleARN = 'arn:aws:iam::000000000000:role/firehose';
export const BucketARN = 'arn:aws:s3:::bucket';

/** The table that records are converted by. */
export const table: TableInput = {
  Name: 't',
  StorageDescriptor: {
    Location: 's3://bucket/data/',
    InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
    Columns: [{ Name: 'id', Type: 'string' }],
  },
};

export const destination: ExtendedS3DestinationConfiguration = {
  RoleARN,
  BucketARN,
  Prefix: 'data/',
  ErrorOutputPrefix: 'errors/',
  BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 0 },
  DataFormatConversionConfiguration: {
    InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
    OutputFormatConfiguration: { Serializer: { ParquetSerDe: {} } },
    SchemaConfiguration: { RoleARN, DatabaseName: 'd', TableName: 't' },
  },
};

/** A destination for records as they came. */
export const plain: Partial<ExtendedS3DestinationConfiguration> = {
  BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 0 },
  DataFormatConversionConfiguration: undefined,
};

/** What makes the delivery stream `g` of Direct PUT. */
export const directPut = (changes: Partial<ExtendedS3DestinationConfiguration> = {}) => ({
  DeliveryStreamName: 'g',
  ExtendedS3DestinationConfiguration: { ...destination, ...changes },
});

/** A stream `s` that the delivery stream `f` delivers to a bucket, at once. */
export async function deliveryForTest(
  options: Partial<LocalAwsOptions> & {
    readonly destination?: Partial<ExtendedS3DestinationConfiguration>;
    readonly tags?: Tag[];
  } = {},
) {
  const running = await localAwsForTest(options);
  const { firehose, glue, kinesis, s3 } = running.clients;
  await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'd' } }));
  await glue.send(new CreateTableCommand({ DatabaseName: 'd', TableInput: table }));
  await kinesis.send(new CreateStreamCommand({ StreamName: 's', ShardCount: 1 }));
  await firehose.send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName: 'f',
      DeliveryStreamType: 'KinesisStreamAsSource',
      KinesisStreamSourceConfiguration: {
        KinesisStreamARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/s',
        RoleARN,
      },
      ExtendedS3DestinationConfiguration: { ...destination, ...options.destination },
      ...(options.tags && { Tags: options.tags }),
    }),
  );
  const keys = async () => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'bucket' }));
    return Contents.map(({ Key = '' }) => Key);
  };
  const describe = async (name = 'f') => {
    const { DeliveryStreamDescription } = await firehose.send(
      new DescribeDeliveryStreamCommand({ DeliveryStreamName: name }),
    );
    return DeliveryStreamDescription;
  };
  return {
    ...running,
    describe,
    describeDestination: async () => (await describe())?.Destinations?.[0]?.ExtendedS3DestinationDescription,
    update: (ExtendedS3DestinationUpdate: ExtendedS3DestinationUpdate, version = '1') =>
      firehose.send(
        new UpdateDestinationCommand({
          DeliveryStreamName: 'f',
          CurrentDeliveryStreamVersionId: version,
          DestinationId: 'destinationId-000000000001',
          ExtendedS3DestinationUpdate,
        }),
      ),
    put: (...ids: string[]) =>
      kinesis.send(
        new PutRecordsCommand({
          StreamName: 's',
          Records: ids.map((id) => ({ PartitionKey: id, Data: Buffer.from(`{"id": "${id}"}\n`) })),
        }),
      ),
    keys,
    read: async (Key = '') => {
      const { Body, ...headers } = await s3.send(new GetObjectCommand({ Bucket: 'bucket', Key }));
      return { ...headers, bytes: Buffer.from((await Body?.transformToByteArray()) ?? []) };
    },
    /** Waits until the bucket holds so many objects; the first takes as long as the engine to start. */
    objects: (count: number) => expect.poll(keys, { timeout: 20_000 }).toHaveLength(count),
  };
}
