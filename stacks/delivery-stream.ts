import {
  type KinesisFirehoseDeliveryStreamExtendedS3ConfigurationDataFormatConversionConfiguration as ConversionConfiguration,
  KinesisFirehoseDeliveryStream,
} from '@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream/index.js';
import { Construct } from 'constructs';
import type { Bucket } from './bucket.js';
import type { DeliveryLog } from './delivery-log.js';
import type { DeliveryRole } from './delivery-role.js';
import type { Key } from './key.js';
import { checkName, checkRange } from './limits.js';
import { checkPrefixes } from './prefix-rules.js';
import type { Prefixes } from './prefixes.js';
import type { Stream } from './stream.js';
import type { Table } from './table.js';

/** What a delivery stream is made from. */
export interface DeliveryStreamProps {
  /** The delivery stream's name. */
  readonly name: string;
  /** Where the records come from. */
  readonly stream: Stream;
  /** The table whose columns the Parquet objects get. */
  readonly table: Table;
  /** Where everything goes: data, failed records and source records. */
  readonly bucket: Bucket;
  /** Where in the bucket each of these goes. */
  readonly prefixes: Prefixes;
  /** The key that the objects are encrypted with. */
  readonly key: Key;
  /** The role that it works with. */
  readonly role: DeliveryRole;
  /** Where it says what went wrong. */
  readonly log: DeliveryLog;
  /** MiB that it collects before it writes an object, 64 to 128. */
  readonly bufferMiB: number;
  /** Seconds after which it writes an object whatever its size, 0 to 900. */
  readonly bufferSeconds: number;
}

/**
 * A delivery stream that makes Snappy Parquet of a Kinesis stream's JSON by a Glue table, and keeps the JSON besides.
 *
 * @example
 * new DeliveryStream(this, 'delivery', {
 *   name: 'orders', stream, table, bucket, prefixes: prefixesOf('orders'), key, role, log,
 *   bufferMiB: 128, bufferSeconds: 120,
 * });
 *
 * @throws InvalidConstructError for buffering and prefixes that Firehose refuses when it converts.
 */
export class DeliveryStream extends Construct {
  /** The delivery stream's name, as a reference that waits for it. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: DeliveryStreamProps) {
    super(scope, id);
    const { name, stream, table, bucket, prefixes, key, role, log, bufferMiB, bufferSeconds } = props;
    checkName(this, 'deliveryStream', name);
    checkRange(this, 'bufferMiB', bufferMiB);
    checkRange(this, 'bufferSeconds', bufferSeconds);
    checkPrefixes(this, prefixes);

    const destination = {
      roleArn: role.arn,
      bucketArn: bucket.arn,
      kmsKeyArn: key.arn,
      bufferingSize: bufferMiB,
      bufferingInterval: bufferSeconds,
      errorOutputPrefix: prefixes.errors,
    };
    const delivery = new KinesisFirehoseDeliveryStream(this, 'Default', {
      name,
      destination: 'extended_s3',
      kinesisSourceConfiguration: { kinesisStreamArn: stream.arn, roleArn: role.arn },
      extendedS3Configuration: {
        ...destination,
        prefix: prefixes.data,
        // The codec is the Parquet serializer's; with conversion Firehose refuses any other here.
        compressionFormat: 'UNCOMPRESSED',
        dataFormatConversionConfiguration: jsonToParquet(table, role),
        cloudwatchLoggingOptions: log.optionsOf('data'),
        s3BackupMode: 'Enabled',
        s3BackupConfiguration: {
          ...destination,
          prefix: prefixes.source,
          compressionFormat: 'UNCOMPRESSED',
          cloudwatchLoggingOptions: log.optionsOf('source'),
        },
      },
      dependsOn: [role.permissions],
    });
    this.name = delivery.name;
  }
}

function jsonToParquet(table: Table, role: DeliveryRole): ConversionConfiguration {
  return {
    enabled: true,
    // OpenX, unlike Hive's JSON SerDe, reads the timestamps that JavaScript's toISOString writes.
    inputFormatConfiguration: { deserializer: { openXJsonSerDe: {} } },
    outputFormatConfiguration: { serializer: { parquetSerDe: { compression: 'SNAPPY' } } },
    schemaConfiguration: {
      roleArn: role.arn,
      databaseName: table.database.name,
      tableName: table.name,
      // Follows the table's changes.
      versionId: 'LATEST',
    },
  };
}
