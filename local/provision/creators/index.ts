import { bucket } from './bucket.js';
import type { Creator } from './creator.js';
import { database } from './database.js';
import { deliveryStream } from './delivery-stream.js';
import { stream } from './stream.js';
import { table } from './table.js';
import { workgroup } from './workgroup.js';

/** What is created, by Terraform's type. Every other type is named in the report and not created. */
export const creators: Readonly<Record<string, Creator>> = {
  aws_athena_workgroup: workgroup,
  aws_glue_catalog_database: database,
  aws_glue_catalog_table: table,
  aws_kinesis_firehose_delivery_stream: deliveryStream,
  aws_kinesis_stream: stream,
  aws_s3_bucket: bucket,
};
