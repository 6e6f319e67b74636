import { describe, expect, it } from 'vitest';
import { ProvisionError } from '../../../local/provision/provision-error.js';
import { resolved } from './stack.js';

const resource = {
  aws_s3_bucket: { data: { bucket: 'lake-${data.aws_caller_identity.me.account_id}' } },
  aws_kinesis_stream: { in: { name: 'orders' } },
  aws_iam_role: { role: { name: 'delivery' }, deep: { name: 'delivery', path: '/lake/' } },
  aws_kms_key: { key: { description: 'One.' }, other: { description: 'Two.' } },
  aws_glue_catalog_database: { db: { name: 'lake' } },
  aws_glue_catalog_table: {
    orders: { name: 'orders', database_name: '${aws_glue_catalog_database.db.name}', parameters: { a: '1' } },
  },
  aws_cloudwatch_log_group: { log: { name: '/lake/orders' } },
  aws_cloudwatch_log_stream: {
    log: { name: 'errors', log_group_name: '${aws_cloudwatch_log_group.log.name}' },
  },
};
const data = { aws_caller_identity: { me: {} }, aws_region: { here: {} }, aws_partition: { p: {} } };
const stack = { resource, data };

describe('a reference is resolved', () => {
  it.each([
    ['${aws_s3_bucket.data.bucket}', 'lake-000000000000'],
    ['${aws_s3_bucket.data.id}', 'lake-000000000000'],
    ['${aws_s3_bucket.data.arn}', 'arn:aws:s3:::lake-000000000000'],
    ['${aws_kinesis_stream.in.arn}', 'arn:aws:kinesis:eu-west-1:000000000000:stream/orders'],
    ['${aws_glue_catalog_database.db.arn}', 'arn:aws:glue:eu-west-1:000000000000:database/lake'],
    ['${aws_glue_catalog_table.orders.arn}', 'arn:aws:glue:eu-west-1:000000000000:table/lake/orders'],
    ['${aws_glue_catalog_table.orders.parameters.a}', '1'],
    ['${data.aws_region.here.name}', 'eu-west-1'],
    ['${data.aws_partition.p.partition}', 'aws'],
  ])('%s to what AWS would say', async (template, value) => {
    expect(await resolved(template, stack)).toBe(value);
  });

  it.each([
    ['${aws_iam_role.role.arn}', 'arn:aws:iam::000000000000:role/delivery'],
    ['${aws_iam_role.deep.arn}', 'arn:aws:iam::000000000000:role/lake/delivery'],
    ['${aws_cloudwatch_log_group.log.arn}', 'arn:aws:logs:eu-west-1:000000000000:log-group:/lake/orders'],
    [
      '${aws_cloudwatch_log_stream.log.arn}',
      'arn:aws:logs:eu-west-1:000000000000:log-group:/lake/orders:log-stream:errors',
    ],
  ])("%s, which is not created, to one of AWS's form", async (template, value) => {
    expect(await resolved(template, stack)).toBe(value);
  });

  it('for a key to an ARN of its own, the same every time', async () => {
    const [one, again, other] = await Promise.all(
      ['key', 'key', 'other'].map((name) => resolved(`\${aws_kms_key.${name}.arn}`, stack)),
    );
    expect(one).toMatch(
      /^arn:aws:kms:eu-west-1:000000000000:key\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  it('among text, and several in one', async () => {
    expect(await resolved('s3://${aws_s3_bucket.data.bucket}/${aws_kinesis_stream.in.name}/', stack)).toBe(
      's3://lake-000000000000/orders/',
    );
  });

  it('through locals and the defaults of variables, keeping what is no text', async () => {
    const root = {
      locals: { list: ['${var.folder}'], limit: 5 },
      variable: { folder: { default: 'orders' }, other: {} },
    };
    expect(await resolved('${local.list[0]}/', root)).toBe('orders/');
    expect(await resolved('${local.list}', root)).toEqual(['orders']);
    expect(await resolved('${local.limit}', root)).toBe(5);
    expect(await resolved('up to ${local.limit}', root)).toBe('up to 5');
  });
});

describe('what cannot be resolved is refused by name', () => {
  it.each([
    '${jsonencode({})}',
    '${aws_s3_bucket.none.arn}',
    '${aws_s3_bucket.data.website_endpoint}',
    '${aws_unknown_thing.x.arn}',
    '${data.aws_region.there.name}',
    '${data.aws_region.here.endpoint}',
    '${var.unset}',
    '${local.unset}',
    '${local.toString}',
    '${each.value}',
  ])('%s', async (template) => {
    await expect(resolved(template, stack)).rejects.toThrow(ProvisionError);
    await expect(resolved(template, stack)).rejects.toThrow(
      `the test: cannot resolve ${template}; use Terraform for this stack`,
    );
  });

  it('an attribute of a resource that is made several times', async () => {
    const root = { resource: { aws_s3_bucket: { many: { bucket: 'b', count: 2 } } } };
    await expect(resolved('${aws_s3_bucket.many.arn}', root)).rejects.toThrow(
      'cannot resolve ${aws_s3_bucket.many.arn}',
    );
  });

  it('a list among text', async () => {
    await expect(resolved('a${local.list}', { locals: { list: [] } })).rejects.toThrow(
      '${local.list} is no text',
    );
  });

  it('an expression that leads back to itself', async () => {
    const root = { locals: { a: '${local.b}', b: '${local.a}' } };
    await expect(resolved('${local.a}', root)).rejects.toThrow('${local.a} leads back to itself');
  });
});
