import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../settings/index.js';
import { compareWithLocal } from '../../workflow/local-resources.js';
import { type Lakehouse, openLakehouse } from '../path/lakehouse-on-local-aws.js';

let lakehouse: Lakehouse;
beforeAll(async () => {
  lakehouse = await openLakehouse();
});
afterAll(() => lakehouse.end());

const compare = (...resources: { type: string; attributes: Record<string, unknown> }[]) =>
  compareWithLocal(loadSettings({ LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL: lakehouse.local.endpoint }), {
    place: 'terraform.lakehouse-local.tfstate',
    resources,
  });
const bucket = (purpose: string) => ({
  type: 'aws_s3_bucket',
  attributes: { bucket: lakehouse.names.bucket(purpose as 'data', '000000000000') },
});
const stream = (dataset: string) => ({
  type: 'aws_kinesis_stream',
  attributes: { name: lakehouse.names.stream(dataset) },
});

describe("Terraform's state against local AWS", () => {
  it('is the same where each has what the other has', async () => {
    const found = await compare(bucket('data'), bucket('results'), bucket('logs'), stream('customers'));
    expect(found).toEqual({ gone: [], unknown: [] });
  });

  it('has what is gone, as after another data folder', async () => {
    const { gone } = await compare(stream('orders'), stream('customers'));
    expect(gone).toEqual(['aws_kinesis_stream lakehouse-local-orders']);
  });

  it('has nothing of what was provisioned without Terraform', async () => {
    const { unknown } = await compare();
    expect(unknown).toHaveLength(4);
    expect(unknown).toContain('aws_kinesis_stream lakehouse-local-customers');
  });
});
