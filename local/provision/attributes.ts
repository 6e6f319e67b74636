import { createHash } from 'node:crypto';
import type { Block } from './block.js';
import type { Place } from './place.js';

type Attribute = (resource: Block, place: Place) => string;

/**
 * What AWS would answer for a resource beyond what the stack sets, by type and attribute. All of it follows from names,
 * account and region, so it is the same whether the resource is created here or only made up in AWS's form.
 */
export const attributes: Readonly<Record<string, Readonly<Record<string, Attribute>>>> = {
  aws_athena_workgroup: { id: named('name'), arn: regional('athena', (own) => `workgroup/${own('name')}`) },
  aws_cloudwatch_log_group: { id: named('name'), arn: regional('logs', (own) => `log-group:${own('name')}`) },
  aws_cloudwatch_log_stream: {
    id: named('name'),
    arn: regional('logs', (own) => `log-group:${own('log_group_name')}:log-stream:${own('name')}`),
  },
  aws_glue_catalog_database: {
    id: (resource, { account }) => `${account}:${resource.text('name')}`,
    catalog_id: (_, { account }) => account,
    arn: regional('glue', (own) => `database/${own('name')}`),
  },
  aws_glue_catalog_table: {
    id: (resource, { account }) => `${account}:${resource.text('database_name')}:${resource.text('name')}`,
    catalog_id: (_, { account }) => account,
    arn: regional('glue', (own) => `table/${own('database_name')}/${own('name')}`),
  },
  aws_iam_role: {
    id: named('name'),
    arn: (resource, { partition, account }) =>
      `arn:${partition}:iam::${account}:role${resource.textIfSet('path') ?? '/'}${resource.text('name')}`,
  },
  aws_kinesis_firehose_delivery_stream: {
    id: regional('firehose', (own) => `deliverystream/${own('name')}`),
    arn: regional('firehose', (own) => `deliverystream/${own('name')}`),
  },
  aws_kinesis_stream: {
    id: regional('kinesis', (own) => `stream/${own('name')}`),
    arn: regional('kinesis', (own) => `stream/${own('name')}`),
  },
  aws_kms_alias: { id: named('name'), arn: regional('kms', (own) => own('name')) },
  aws_kms_key: { id: keyId, key_id: keyId, arn: (key, place) => arnOf(place, 'kms', `key/${keyId(key)}`) },
  aws_s3_bucket: {
    id: named('bucket'),
    arn: (resource, { partition }) => `arn:${partition}:s3:::${resource.text('bucket')}`,
    region: (_, { region }) => region,
  },
};

function named(property: string): Attribute {
  return (resource) => resource.text(property);
}

function regional(service: string, name: (own: (property: string) => string) => string): Attribute {
  return (resource, place) =>
    arnOf(
      place,
      service,
      name((property) => resource.text(property)),
    );
}

function arnOf({ partition, region, account }: Place, service: string, name: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${name}`;
}

/** A key has no name that its id could follow from: the same key of a stack gets the same made-up UUID. */
function keyId(key: Block): string {
  const hex = createHash('sha256').update(key.address).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
