import { describe, expect, it } from 'vitest';
import { customers } from '../../datasets/index.js';
import { ENVIRONMENTS } from '../../settings/index.js';
import { pageViews } from '../datasets/page-views.js';
import { policiesOf, resourcesOf, settingsOf, synthesize } from './synthesized.js';

describe.each(ENVIRONMENTS)('in %s', (environment) => {
  const stack = synthesize(settingsOf(environment), [customers, pageViews]);

  it('a role may do named actions on named resources: no * but for the objects under a folder', () => {
    const statements = policiesOf(stack, 'aws_iam_role_policy').flatMap(({ Statement }) => Statement);
    expect(statements).toHaveLength(12);
    for (const { Effect, Action, Resource = [] } of statements) {
      expect(Effect).toBe('Allow');
      for (const action of Action) expect(action).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
      expect(Resource).not.toHaveLength(0);
      for (const arn of Resource)
        expect(arn).toMatch(/^(\$\{[a-z0-9_]+\.[\w-]+\.arn\}|arn:.*:catalog)(\/[\w/]+\/\*)?$/);
    }
  });

  it('a role reads only the stream, and writes only the folders, of its own dataset', () => {
    const [ofCustomers, ofPageViews] = policiesOf(stack, 'aws_iam_role_policy').map((policy) =>
      JSON.stringify(policy),
    );
    expect(ofCustomers).toContain('aws_kinesis_stream.datasets_customers');
    expect(ofCustomers).not.toContain('page_views');
    expect(ofPageViews).toContain('/page_views/*');
    expect(ofPageViews).not.toContain('customers');
  });

  it('only Firehose can take a role, and only for this account', () => {
    for (const { Statement } of policiesOf(stack, 'aws_iam_role', 'assume_role_policy')) {
      expect(Statement).toEqual([
        {
          Sid: 'FirehoseOfThisAccount',
          Effect: 'Allow',
          Principal: { Service: 'firehose.amazonaws.com' },
          Action: ['sts:AssumeRole'],
          Condition: {
            StringEquals: { 'aws:SourceAccount': '${data.aws_caller_identity.account.account_id}' },
          },
        },
      ]);
    }
  });

  it('the key is renewed, and its policy lets in nobody but the account and its logs', () => {
    expect(resourcesOf(stack, 'aws_kms_key')).toMatchObject([{ enable_key_rotation: true }]);
    const principals = policiesOf(stack, 'aws_kms_key')
      .flatMap(({ Statement }) => Statement)
      .map(({ Principal }) => Principal);
    expect(principals).toEqual([
      { AWS: expect.stringMatching(/^arn:\$\{.*\.partition\}:iam::\$\{.*\.account_id\}:root$/) },
      { Service: 'logs.us-east-1.amazonaws.com' },
    ]);
  });

  it('every bucket is closed to the public and to plain HTTP, encrypted with the key, versioned and without ACLs', () => {
    const each = Object.keys(stack.resource.aws_s3_bucket ?? {});
    expect(each).toEqual(['data', 'results']);
    const ofEach = (properties: object) =>
      each.map((name) => ({ bucket: `\${aws_s3_bucket.${name}.id}`, ...properties }));

    expect(resourcesOf(stack, 'aws_s3_bucket_public_access_block')).toEqual(
      ofEach({
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      }),
    );
    expect(resourcesOf(stack, 'aws_s3_bucket_server_side_encryption_configuration')).toEqual(
      ofEach({
        rule: [
          {
            apply_server_side_encryption_by_default: {
              sse_algorithm: 'aws:kms',
              kms_master_key_id: '${aws_kms_key.key.arn}',
            },
            bucket_key_enabled: true,
          },
        ],
      }),
    );
    expect(resourcesOf(stack, 'aws_s3_bucket_versioning')).toEqual(
      ofEach({ versioning_configuration: { status: 'Enabled' } }),
    );
    expect(resourcesOf(stack, 'aws_s3_bucket_ownership_controls')).toEqual(
      ofEach({ rule: { object_ownership: 'BucketOwnerEnforced' } }),
    );
    for (const { Statement } of policiesOf(stack, 'aws_s3_bucket_policy')) {
      expect(Statement).toMatchObject([
        { Effect: 'Deny', Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ]);
    }
  });

  it('streams, logs and query results are encrypted with the key', () => {
    const key = '${aws_kms_key.key.arn}';
    for (const stream of resourcesOf(stack, 'aws_kinesis_stream')) {
      expect(stream).toMatchObject({ encryption_type: 'KMS', kms_key_id: key });
    }
    for (const group of resourcesOf(stack, 'aws_cloudwatch_log_group')) {
      expect(group).toMatchObject({ kms_key_id: key, retention_in_days: expect.any(Number) });
    }
    expect(resourcesOf(stack, 'aws_athena_workgroup')).toMatchObject([
      {
        configuration: {
          enforce_workgroup_configuration: true,
          publish_cloudwatch_metrics_enabled: true,
          result_configuration: {
            output_location: 's3://${aws_s3_bucket.results.bucket}/',
            encryption_configuration: { encryption_option: 'SSE_KMS', kms_key_arn: key },
          },
        },
      },
    ]);
  });

  it('destroying the stack takes data along only where the settings say so', () => {
    const consent = settingsOf(environment).destroyData;
    const holders = [...resourcesOf(stack, 'aws_s3_bucket'), ...resourcesOf(stack, 'aws_athena_workgroup')];
    expect(holders.map(({ force_destroy }) => force_destroy)).toEqual([consent, consent, consent]);
  });
});
