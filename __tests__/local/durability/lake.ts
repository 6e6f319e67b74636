import { CreateDeliveryStreamCommand } from '@aws-sdk/client-firehose';
import { CreateDatabaseCommand, CreateTableCommand, type TableInput } from '@aws-sdk/client-glue';
import { CreateStreamCommand } from '@aws-sdk/client-kinesis';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { destination } from '../firehose/delivery.js';
import type { Clients } from '../running-local-aws.js';

export const STREAM = 's';
export const DATABASE = 'd';
export const TABLE = 't';
/** Where Firehose delivers to, where writers put and delete, and where Athena puts its results. */
export const BUCKETS = { lake: 'bucket', objects: 'objects', results: 'results' } as const;

/** The table at a revision, which is all that ever changes of it. */
export const tableAt = (revision: number): TableInput => ({
  Name: TABLE,
  TableType: 'EXTERNAL_TABLE',
  Parameters: { revision: String(revision) },
  StorageDescriptor: {
    Location: 's3://bucket/data/',
    InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
    OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
    SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
    Columns: [{ Name: 'id', Type: 'string' }],
  },
});

/** Makes a stream of two shards that Firehose delivers to a table after a second. */
export async function makeLake({ firehose, glue, kinesis, s3 }: Clients): Promise<void> {
  for (const Bucket of Object.values(BUCKETS)) await s3.send(new CreateBucketCommand({ Bucket }));
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: DATABASE } }));
  await glue.send(new CreateTableCommand({ DatabaseName: DATABASE, TableInput: tableAt(0) }));
  await kinesis.send(new CreateStreamCommand({ StreamName: STREAM, ShardCount: 2 }));
  await firehose.send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName: 'f',
      DeliveryStreamType: 'KinesisStreamAsSource',
      KinesisStreamSourceConfiguration: {
        KinesisStreamARN: `arn:aws:kinesis:us-east-1:000000000000:stream/${STREAM}`,
        RoleARN: destination.RoleARN,
      },
      ExtendedS3DestinationConfiguration: {
        ...destination,
        BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 1 },
        S3BackupMode: 'Enabled',
        S3BackupConfiguration: {
          RoleARN: destination.RoleARN,
          BucketARN: destination.BucketARN,
          Prefix: 'source/',
        },
      },
    }),
  );
}
