import {
  CreateNamedQueryCommand,
  CreatePreparedStatementCommand,
  CreateWorkGroupCommand,
  GetQueryExecutionCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { PutDashboardCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreatePartitionCommand, UpdateTableCommand } from '@aws-sdk/client-glue';
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  AddTagsToStreamCommand,
  GetShardIteratorCommand,
  IncreaseStreamRetentionPeriodCommand,
  PutRecordsCommand,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import { CreateAliasCommand, CreateKeyCommand } from '@aws-sdk/client-kms';
import {
  DeleteObjectCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { expect } from 'vitest';
import { table } from '../firehose/delivery.js';
import type { Clients } from '../running-local-aws.js';
import type { Known } from './every-answer.js';

/** What of the state is left to chance. */
export interface Chance {
  readonly objects: readonly { readonly key: string; readonly body: string; readonly isDeleted: boolean }[];
  readonly records: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly retentionHours: number;
}

const POLICY = JSON.stringify({ Version: '2012-10-17', Statement: [] });
const SHARD = 'shardId-000000000000';

/**
 * Makes something of every kind in every service, beside the stream `s`, the bucket `bucket`, the table `t` in `d` and
 * the delivery stream `f` that are there.
 * @returns what it is called, in the members that ask for it.
 */
export async function makeSomeOfEverything(clients: Clients, chance: Chance): Promise<Known> {
  const lake = await changeLake(clients, chance);
  const tags = Object.entries(chance.tags).map(([Key, Value]) => ({ Key, Value }));
  const { athena, cloudwatch, iam, kms, logs, sns } = clients;
  await athena.send(new CreateWorkGroupCommand({ Name: 'w', Tags: tags, Description: 'x' }));
  const { NamedQueryId } = await athena.send(
    new CreateNamedQueryCommand({ Name: 'q', Database: 'd', QueryString: 'SELECT 1', WorkGroup: 'w' }),
  );
  await athena.send(
    new CreatePreparedStatementCommand({
      StatementName: 'p',
      WorkGroup: 'w',
      QueryStatement: 'SELECT * FROM t WHERE id = ?',
    }),
  );
  const { QueryExecutionId } = await athena.send(
    new StartQueryExecutionCommand({
      QueryString: "SELECT 1 AS one, 'a' AS a",
      ResultConfiguration: { OutputLocation: 's3://bucket/results/' },
    }),
  );
  const state = async () => {
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    return QueryExecution?.Status?.State;
  };
  await expect.poll(state, { timeout: 20_000 }).toBe('SUCCEEDED');
  await cloudwatch.send(new PutDashboardCommand({ DashboardName: 'd', DashboardBody: '{"widgets":[]}' }));
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'a',
      MetricName: 'm',
      Namespace: 'n',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      Statistic: 'Sum',
      ComparisonOperator: 'GreaterThanThreshold',
      Tags: tags,
    }),
  );
  await iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: POLICY, Tags: tags }));
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: POLICY }));
  const PolicyArn = Policy?.Arn;
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'r', PolicyArn }));
  await iam.send(new PutRolePolicyCommand({ RoleName: 'r', PolicyName: 'p', PolicyDocument: POLICY }));
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'x' }));
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/x', TargetKeyId: KeyMetadata?.KeyId }));
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'g', tags: chance.tags }));
  await logs.send(new CreateLogStreamCommand({ logGroupName: 'g', logStreamName: 's' }));
  await logs.send(new PutRetentionPolicyCommand({ logGroupName: 'g', retentionInDays: 14 }));
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 't', Tags: tags }));
  const subscribe = new SubscribeCommand({
    TopicArn,
    Protocol: 'email',
    Endpoint: 'a@example.com',
    ReturnSubscriptionArn: true,
  });
  const { SubscriptionArn } = await sns.send(subscribe);
  return {
    ...lake,
    athena: {
      WorkGroup: 'w',
      NamedQueryId,
      NamedQueryIds: [NamedQueryId],
      QueryExecutionId,
      QueryExecutionIds: [QueryExecutionId],
      StatementName: 'p',
      PreparedStatementNames: ['p'],
      CatalogName: 'AwsDataCatalog',
      DatabaseName: 'd',
      TableName: 't',
      // Of a data catalog it is the name.
      Name: 'AwsDataCatalog',
      ResourceARN: 'arn:aws:athena:us-east-1:000000000000:workgroup/w',
    },
    cloudwatch: { DashboardName: 'd', ResourceARN: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:a' },
    iam: { RoleName: 'r', PolicyName: 'p', PolicyArn, VersionId: 'v1' },
    kms: { KeyId: KeyMetadata?.KeyId },
    logs: { logGroupName: 'g', resourceArn: 'arn:aws:logs:us-east-1:000000000000:log-group:g' },
    sns: { TopicArn, SubscriptionArn, ResourceArn: TopicArn },
  };
}

/** Gives the lake a history: records, an iterator in flight, shards, objects with versions, settings, a newer table. */
async function changeLake({ glue, kinesis, s3 }: Clients, chance: Chance): Promise<Known> {
  const stream = { StreamName: 's' };
  await kinesis.send(new AddTagsToStreamCommand({ ...stream, Tags: { ...chance.tags, always: 'x' } }));
  const retention = { ...stream, RetentionPeriodHours: chance.retentionHours };
  await kinesis.send(new IncreaseStreamRetentionPeriodCommand(retention));
  const Records = chance.records.map((text) => ({ PartitionKey: 'p', Data: Buffer.from(text) }));
  await kinesis.send(new PutRecordsCommand({ ...stream, Records }));
  const place = { ...stream, ShardId: SHARD, ShardIteratorType: 'TRIM_HORIZON' as const };
  const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(place));
  const split = new SplitShardCommand({
    ...stream,
    ShardToSplit: SHARD,
    NewStartingHashKey: String(2n ** 127n),
  });
  await kinesis.send(split);

  const bucket = { Bucket: 'bucket' };
  await s3.send(new PutObjectCommand({ ...bucket, Key: 'k', Body: 'first' }));
  const VersioningConfiguration = { Status: 'Enabled' as const };
  await s3.send(new PutBucketVersioningCommand({ ...bucket, VersioningConfiguration }));
  await s3.send(
    new PutObjectCommand({
      ...bucket,
      Key: 'k',
      Body: 'second',
      Metadata: { a: 'b' },
      ContentType: 'text/x',
      Tagging: 'a=1&b=2',
    }),
  );
  for (const { key, body, isDeleted } of chance.objects) {
    await s3.send(new PutObjectCommand({ ...bucket, Key: key, Body: body }));
    if (isDeleted) await s3.send(new DeleteObjectCommand({ ...bucket, Key: key }));
  }
  await s3.send(new PutBucketTaggingCommand({ ...bucket, Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } }));
  await s3.send(new PutBucketPolicyCommand({ ...bucket, Policy: POLICY }));
  const block = { BlockPublicAcls: true, BlockPublicPolicy: true };
  await s3.send(new PutPublicAccessBlockCommand({ ...bucket, PublicAccessBlockConfiguration: block }));
  await s3.send(
    new PutBucketEncryptionCommand({
      ...bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    }),
  );
  await s3.send(
    new PutBucketLifecycleConfigurationCommand({
      ...bucket,
      LifecycleConfiguration: {
        Rules: [{ ID: 'r', Status: 'Enabled', Filter: { Prefix: 'x/' }, Expiration: { Days: 7 } }],
      },
    }),
  );
  const PartitionKeys = [{ Name: 'day', Type: 'string' }];
  await glue.send(
    new UpdateTableCommand({
      DatabaseName: 'd',
      TableInput: { ...table, PartitionKeys, Description: 'newer' },
    }),
  );
  const partition = { Values: ['1'], StorageDescriptor: table.StorageDescriptor };
  await glue.send(
    new CreatePartitionCommand({ DatabaseName: 'd', TableName: 't', PartitionInput: partition }),
  );
  return {
    firehose: { DeliveryStreamName: 'f' },
    glue: {
      DatabaseName: 'd',
      Name: 't',
      TableName: 't',
      VersionId: '0',
      PartitionValues: ['1'],
      PartitionsToGet: [{ Values: ['1'] }],
      ResourceArn: 'arn:aws:glue:us-east-1:000000000000:database/d',
    },
    kinesis: {
      StreamName: 's',
      ResourceARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/s',
      ShardId: SHARD,
      ShardIteratorType: 'TRIM_HORIZON',
      ShardIterator,
    },
    s3: { Bucket: 'bucket', Key: 'k', ObjectAttributes: ['ETag', 'Checksum', 'ObjectSize'] },
  };
}
