import { ListNamedQueriesCommand, ListWorkGroupsCommand } from '@aws-sdk/client-athena';
import { DescribeAlarmsCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListDeliveryStreamsCommand } from '@aws-sdk/client-firehose';
import { GetDatabasesCommand } from '@aws-sdk/client-glue';
import { ListPoliciesCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import { ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { ListAliasesCommand } from '@aws-sdk/client-kms';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { ListTopicsCommand } from '@aws-sdk/client-sns';
import type { Clients } from '../local/running-local-aws.js';

/** Names of everything that local AWS still has, apart from what every account has. */
export async function leftBehind(clients: Clients): Promise<string[]> {
  const { athena, cloudwatch, firehose, glue, iam, kinesis, kms, logs, s3, sns } = clients;
  const found = await Promise.all([
    kinesis.send(new ListStreamsCommand({})).then(({ StreamNames }) => StreamNames),
    firehose.send(new ListDeliveryStreamsCommand({})).then(({ DeliveryStreamNames }) => DeliveryStreamNames),
    s3.send(new ListBucketsCommand({})).then(({ Buckets }) => Buckets?.map(({ Name }) => Name)),
    glue.send(new GetDatabasesCommand({})).then(({ DatabaseList }) => DatabaseList?.map(({ Name }) => Name)),
    athena
      .send(new ListWorkGroupsCommand({}))
      .then(({ WorkGroups }) => WorkGroups?.map(({ Name }) => Name).filter((name) => name !== 'primary')),
    athena.send(new ListNamedQueriesCommand({})).then(({ NamedQueryIds }) => NamedQueryIds),
    iam.send(new ListRolesCommand({})).then(({ Roles }) => Roles?.map(({ RoleName }) => RoleName)),
    iam
      .send(new ListPoliciesCommand({ Scope: 'Local' }))
      .then(({ Policies }) => Policies?.map(({ Arn }) => Arn)),
    kms.send(new ListAliasesCommand({})).then(({ Aliases }) => Aliases?.map(({ AliasName }) => AliasName)),
    logs
      .send(new DescribeLogGroupsCommand({}))
      .then(({ logGroups }) => logGroups?.map(({ logGroupName }) => logGroupName)),
    cloudwatch
      .send(new DescribeAlarmsCommand({}))
      .then(({ MetricAlarms }) => MetricAlarms?.map(({ AlarmName }) => AlarmName)),
    cloudwatch
      .send(new ListDashboardsCommand({}))
      .then(({ DashboardEntries }) => DashboardEntries?.map(({ DashboardName }) => DashboardName)),
    sns.send(new ListTopicsCommand({})).then(({ Topics }) => Topics?.map(({ TopicArn }) => TopicArn)),
  ]);
  return found.flatMap((names) => names ?? []).map(String);
}
