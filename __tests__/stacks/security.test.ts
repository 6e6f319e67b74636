import { describe, expect, it } from 'vitest';
import { customers } from '../../datasets/index.js';
import { ENVIRONMENTS } from '../../settings/index.js';
import { pageViews } from '../datasets/page-views.js';
import { policiesOf, resourcesOf, settingsOf, synthesize } from './synthesized.js';

describe.each(ENVIRONMENTS)('in %s', (environment) => {
  const stack = synthesize(settingsOf(environment), [customers, pageViews]);

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

  it('the key is used by the stack, through the services that encrypt with it, and by nobody who looks after it', () => {
    const statements = policiesOf(stack, 'aws_kms_key').flatMap(({ Statement }) => Statement);
    const account = {
      AWS: expect.stringMatching(/^arn:\$\{.*\.partition\}:iam::\$\{.*\.account_id\}:root$/),
    };
    expect(statements.map(({ Principal }) => Principal)).toEqual([
      account,
      account,
      { Service: 'logs.us-east-1.amazonaws.com' },
      { Service: 'cloudwatch.amazonaws.com' },
    ]);
    const [administers, uses] = statements;
    expect(administers?.Action.filter((action) => /crypt|DataKey|Grant$/.test(action))).toEqual([
      'kms:RevokeGrant',
    ]);
    expect(uses?.Condition).toEqual({
      StringEquals: {
        'kms:ViaService': ['athena', 'kinesis', 's3'].map((service) => `${service}.us-east-1.amazonaws.com`),
      },
    });
  });

  it('S3 writes access logs of the data and the results, and of no other bucket, on behalf of this account', () => {
    const [logs] = policiesOf(stack, 'aws_s3_bucket_policy').filter(({ Statement }) => Statement.length > 1);
    expect(logs?.Statement[1]).toMatchObject({
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: ['s3:PutObject'],
      Resource: ['${aws_s3_bucket.logs.arn}/*'],
      Condition: {
        StringEquals: { 'aws:SourceAccount': '${data.aws_caller_identity.account.account_id}' },
        ArnEquals: {
          'aws:SourceArn': [
            expect.stringMatching(/:s3:::lakehouse-\w+-data-us-east-1-/),
            expect.stringMatching(/:s3:::lakehouse-\w+-results-us-east-1-/),
          ],
        },
      },
    });
  });

  it('streams, logs and query results are encrypted with the key', () => {
    const key = '${aws_kms_key.key.arn}';
    for (const stream of resourcesOf(stack, 'aws_kinesis_stream')) {
      expect(stream).toMatchObject({ encryption_type: 'KMS', kms_key_id: key });
    }
    for (const group of resourcesOf(stack, 'aws_cloudwatch_log_group')) {
      expect(group).toMatchObject({ kms_key_id: key, retention_in_days: expect.any(Number) });
    }
    const locations = [
      's3://${aws_s3_bucket.data.bucket}/movements/',
      's3://${aws_s3_bucket.results.bucket}/',
    ];
    expect(resourcesOf(stack, 'aws_athena_workgroup')).toMatchObject(
      locations.map((output_location) => ({
        configuration: {
          enforce_workgroup_configuration: true,
          publish_cloudwatch_metrics_enabled: true,
          result_configuration: {
            output_location,
            encryption_configuration: { encryption_option: 'SSE_KMS', kms_key_arn: key },
          },
        },
      })),
    );
  });

  it('destroying the stack takes data along only by two consents, and else is refused as a whole', () => {
    const settings = settingsOf(environment);
    for (const [destroyData, destroyDataConfirmed] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ] as const) {
      const consenting = synthesize({ ...settings, destroyData, destroyDataConfirmed });
      const both = destroyData && destroyDataConfirmed;
      expect(resourcesOf(consenting, 'aws_athena_workgroup')).toMatchObject([
        { force_destroy: both },
        { force_destroy: both },
      ]);
      const buckets = resourcesOf(consenting, 'aws_s3_bucket');
      expect(buckets).toHaveLength(3);
      for (const bucket of buckets) {
        expect(bucket.force_destroy).toBe(both);
        expect(bucket.lifecycle).toEqual(both ? undefined : { prevent_destroy: true });
      }
    }
  });
});
