import { Testing } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { customers } from '../../../datasets/index.js';
import { Block } from '../../../local/provision/block.js';
import type { Clients } from '../../../local/provision/clients.js';
import type { JsonObject } from '../../../local/provision/configuration.js';
import { creators } from '../../../local/provision/creators/index.js';
import { Resolver } from '../../../local/provision/resolver.js';
import { LakehouseStack } from '../../../stacks/lakehouse-stack.js';
import { appForTests, settingsOf } from '../../stacks/synthesized.js';
import { place, stackOf } from './stack.js';

interface Sent {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

/** Clients that note what they are sent. */
function recording(answer: (operation: string) => unknown): { clients: Clients; sent: Sent[] } {
  const sent: Sent[] = [];
  const client = {
    config: { region: async () => place.region },
    send: async (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
      const operation = command.constructor.name.replace(/Command$/, '');
      sent.push({ operation, input: command.input });
      const given = answer(operation);
      if (given instanceof Error) throw given;
      return given ?? {};
    },
  };
  const clients = {
    athena: client,
    firehose: client,
    glue: client,
    kinesis: client,
    s3: client,
    sts: client,
  };
  return { clients: clients as unknown as Clients, sent };
}

const fault = (name: string) => Object.assign(new Error(name), { name });

/** What AWS answers where nothing is there yet. */
const empty = (operation: string) =>
  ({
    HeadBucket: fault('NotFound'),
    GetWorkGroup: fault('InvalidRequestException'),
    DescribeStream: { StreamDescription: { StreamStatus: 'ACTIVE' } },
    DescribeDeliveryStream: { DeliveryStreamDescription: { DeliveryStreamStatus: 'ACTIVE' } },
  })[operation];

/** Creates a resource of `type`, the only one of it or that of the address that ends so, in the stack of `prod`, which uses the most. */
async function create(type: string, answer: (operation: string) => unknown = empty, end = '') {
  const settings = settingsOf('prod');
  const stack = new LakehouseStack(appForTests(), 'lake', { settings, datasets: [customers] });
  const configuration = await stackOf(JSON.parse(Testing.synth(stack)));
  const resource = [...configuration.resources.values()].find(
    (each) => each.type === type && each.name.endsWith(end),
  );
  if (!resource) throw new Error(`no ${type} in the stack`);
  const block = new Resolver(configuration, place).block(resource);
  const { clients, sent } = recording(answer);
  const outcome = await creators[type]?.create(block, clients);
  const last = (operation: string) => sent.find((each) => each.operation === operation)?.input;
  return { outcome, input: last, leftOut: block.unread() };
}

describe('what the stack says reaches AWS', () => {
  it('of a stream: its capacity and its retention, but not its encryption', async () => {
    const { input, leftOut } = await create('aws_kinesis_stream');
    expect(input('CreateStream')).toMatchObject({
      StreamName: 'lakehouse-prod-customers',
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
    });
    expect(input('IncreaseStreamRetentionPeriod')).toMatchObject({ RetentionPeriodHours: 168 });
    expect(leftOut).toEqual(['encryption_type', 'kms_key_id']);
  });

  it('of a bucket: its name, and its region where that is not the first', async () => {
    expect((await create('aws_s3_bucket')).input('CreateBucket')).toEqual({
      Bucket: 'lakehouse-prod-data-us-east-1-000000000000',
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    });
  });

  it('of a database and a table: all of it', async () => {
    const database = await create('aws_glue_catalog_database');
    expect(database.input('CreateDatabase')?.DatabaseInput).toMatchObject({ Name: 'lakehouse_prod' });
    const table = await create('aws_glue_catalog_table');
    expect(table.leftOut).toEqual([]);
    expect(table.input('CreateTable')).toMatchObject({
      DatabaseName: 'lakehouse_prod',
      TableInput: {
        Name: 'customers',
        TableType: 'EXTERNAL_TABLE',
        Parameters: { 'projection.enabled': 'true', 'projection.year.range': '2025,2030' },
        PartitionKeys: [
          { Name: 'year', Type: 'string' },
          { Name: 'month', Type: 'string' },
          { Name: 'day', Type: 'string' },
          { Name: 'hour', Type: 'string' },
        ],
        StorageDescriptor: {
          Location: 's3://lakehouse-prod-data-us-east-1-000000000000/customers/',
          Columns: Object.entries(customers.columns).map(([Name, { type, comment }]) => ({
            Name,
            Type: type,
            Comment: comment,
          })),
          SerdeInfo: {
            SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
            Parameters: { 'serialization.format': '1' },
          },
        },
      },
    });
  });

  it('of a workgroup: all of it', async () => {
    const { input, leftOut } = await create('aws_athena_workgroup', empty, 'queries');
    expect(leftOut).toEqual([]);
    expect(input('CreateWorkGroup')).toMatchObject({
      Name: 'lakehouse-prod',
      Configuration: {
        EnforceWorkGroupConfiguration: true,
        PublishCloudWatchMetricsEnabled: true,
        BytesScannedCutoffPerQuery: 1_048_576_000_000,
        ResultConfiguration: {
          OutputLocation: 's3://lakehouse-prod-results-us-east-1-000000000000/',
          EncryptionConfiguration: { EncryptionOption: 'SSE_KMS' },
        },
      },
    });
  });

  it('of a delivery stream: all of it', async () => {
    const { input, leftOut } = await create('aws_kinesis_firehose_delivery_stream');
    expect(leftOut).toEqual([]);
    const place = {
      RoleARN: 'arn:aws:iam::000000000000:role/lakehouse-prod-customers-us-east-1',
      BucketARN: 'arn:aws:s3:::lakehouse-prod-data-us-east-1-000000000000',
      ErrorOutputPrefix: expect.stringMatching(/^errors\/customers\/!\{firehose:error-output-type\}\/year=/),
      BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 300 },
      CompressionFormat: 'UNCOMPRESSED',
      EncryptionConfiguration: {
        KMSEncryptionConfig: { AWSKMSKeyARN: expect.stringMatching(/^arn:aws:kms:/) },
      },
    };
    const log = { Enabled: true, LogGroupName: '/aws/kinesisfirehose/lakehouse-prod-customers' };
    expect(input('CreateDeliveryStream')).toMatchObject({
      DeliveryStreamName: 'lakehouse-prod-customers',
      DeliveryStreamType: 'KinesisStreamAsSource',
      KinesisStreamSourceConfiguration: {
        KinesisStreamARN: 'arn:aws:kinesis:eu-west-1:000000000000:stream/lakehouse-prod-customers',
        RoleARN: place.RoleARN,
      },
      ExtendedS3DestinationConfiguration: {
        ...place,
        Prefix: expect.stringMatching(/^customers\/year=!\{timestamp:yyyy\}\//),
        CloudWatchLoggingOptions: { ...log, LogStreamName: 'DestinationDelivery' },
        S3BackupMode: 'Enabled',
        S3BackupConfiguration: {
          ...place,
          Prefix: expect.stringMatching(/^source\/customers\/year=/),
          CloudWatchLoggingOptions: { ...log, LogStreamName: 'BackupDelivery' },
        },
        DataFormatConversionConfiguration: {
          Enabled: true,
          SchemaConfiguration: {
            RoleARN: place.RoleARN,
            DatabaseName: 'lakehouse_prod',
            TableName: 'customers',
            VersionId: 'LATEST',
          },
          InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
          OutputFormatConfiguration: { Serializer: { ParquetSerDe: { Compression: 'SNAPPY' } } },
        },
      },
    });
  });
});

describe('a delivery stream written by hand', () => {
  const created = async (properties: Record<string, unknown>) => {
    const { clients, sent } = recording(empty);
    const block = new Block(
      'aws_kinesis_firehose_delivery_stream.d',
      properties as JsonObject,
      (value) => value,
    );
    await creators.aws_kinesis_firehose_delivery_stream?.create(block, clients);
    return { input: sent[0]?.input, leftOut: block.unread() };
  };
  const place = { role_arn: 'r', bucket_arn: 'b' };
  const direct = (destination: object) => ({
    name: 'd',
    destination: 'extended_s3',
    extended_s3_configuration: { ...place, ...destination },
  });

  it('takes records directly where it has no source, read by the Hive SerDe', async () => {
    const { input, leftOut } = await created(
      direct({
        data_format_conversion_configuration: {
          input_format_configuration: {
            deserializer: { hive_json_ser_de: { timestamp_formats: ['millis'] } },
          },
          output_format_configuration: {
            serializer: { parquet_ser_de: { page_size_bytes: 65_536, writer_version: 'V2' } },
          },
        },
      }),
    );
    expect(leftOut).toEqual([]);
    expect(input).toMatchObject({
      DeliveryStreamType: 'DirectPut',
      ExtendedS3DestinationConfiguration: {
        DataFormatConversionConfiguration: {
          InputFormatConfiguration: { Deserializer: { HiveJsonSerDe: { TimestampFormats: ['millis'] } } },
          OutputFormatConfiguration: {
            Serializer: { ParquetSerDe: { PageSizeBytes: 65_536, WriterVersion: 'V2' } },
          },
        },
      },
    });
    expect(input).not.toHaveProperty('KinesisStreamSourceConfiguration.KinesisStreamARN');
  });

  it('hands on what Firehose refuses by its name, rather than leave it out', async () => {
    const { input } = await created(
      direct({
        processing_configuration: { enabled: true, processors: [{ type: 'Lambda' }] },
        dynamic_partitioning_configuration: { enabled: true },
      }),
    );
    expect(input).toMatchObject({
      ExtendedS3DestinationConfiguration: {
        ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'Lambda' }] },
        DynamicPartitioningConfiguration: { Enabled: true },
      },
    });
  });

  it('is refused where it reads from Kafka', async () => {
    await expect(created({ ...direct({}), msk_source_configuration: {} })).rejects.toThrow('Kafka');
  });
});

describe('what is there', () => {
  it.each([
    ['aws_kinesis_stream', { CreateStream: fault('ResourceInUseException') }],
    ['aws_kinesis_firehose_delivery_stream', { CreateDeliveryStream: fault('ResourceInUseException') }],
    ['aws_glue_catalog_database', { CreateDatabase: fault('AlreadyExistsException') }],
    ['aws_glue_catalog_table', { CreateTable: fault('AlreadyExistsException') }],
    ['aws_athena_workgroup', { GetWorkGroup: { WorkGroup: { Name: 'lakehouse-prod' } } }],
    ['aws_s3_bucket', { HeadBucket: {} }],
    ['aws_s3_bucket', { CreateBucket: fault('BucketAlreadyOwnedByYou') }],
  ])('is left as it is: %s, %j', async (type, answers: Record<string, unknown>) => {
    const { outcome, input } = await create(type, (operation) => answers[operation] ?? empty(operation));
    expect(outcome).toBe('existing');
    expect(input('IncreaseStreamRetentionPeriod')).toBeUndefined();
    expect(input('CreateWorkGroup')).toBeUndefined();
  });

  it.each([
    ['aws_kinesis_stream', 'CreateStream'],
    ['aws_athena_workgroup', 'CreateWorkGroup'],
    ['aws_s3_bucket', 'HeadBucket'],
  ])('is not what another fault means: %s, %s', async (type, operation) => {
    const denied = (asked: string) => (asked === operation ? fault('AccessDeniedException') : empty(asked));
    await expect(create(type, denied)).rejects.toThrow('AccessDeniedException');
  });
});
