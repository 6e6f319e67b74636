import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
  ListTagsForResourceCommand,
  PutDashboardCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  PutMetricDataCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';

let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws();
});
afterAll(() => aws.end());

/**
 * CloudWatch is called in three protocols: the JavaScript SDK's, boto3's and the Terraform provider's. The SDK names an
 * error by its code in the Query protocol where the answer has that too.
 */
describe.each([
  ['JSON', undefined, 'ResourceNotFound'],
  ['CBOR', SmithyRpcV2CborProtocol, 'DashboardNotFoundError'],
  ['Query', AwsQueryProtocol, 'ResourceNotFound'],
] as const)('in %s', (protocolName, protocol, noDashboard) => {
  let client: CloudWatchClient;
  beforeAll(() => {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const connection = { endpoint: aws.local.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
    client = new CloudWatchClient({ ...connection, ...(protocol && { protocol }) });
    return () => client.destroy();
  });

  const alarm = (name: string): PutMetricAlarmCommandInput => ({
    AlarmName: `${protocolName}: ${name}`,
    AlarmDescription: 'late & <lost>',
    MetricName: 'DeliveryToS3.DataFreshness',
    Namespace: 'AWS/Firehose',
    Statistic: 'Maximum',
    Dimensions: [
      { Name: 'DeliveryStreamName', Value: 'd' },
      { Name: 'Other', Value: 'o' },
    ],
    Period: 60,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
    Threshold: 0.5,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: ['arn:one', 'arn:two'],
    ActionsEnabled: false,
  });
  const find = async (name: string) =>
    (await client.send(new DescribeAlarmsCommand({ AlarmNames: [`${protocolName}: ${name}`] }))).MetricAlarms;

  it('gives an alarm back as it was made', async () => {
    const Tags = [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ];
    await client.send(new PutMetricAlarmCommand({ ...alarm('one'), Tags }));
    const AlarmArn = `arn:aws:cloudwatch:us-east-1:000000000000:alarm:${protocolName}: one`;
    expect(await find('one')).toEqual([
      {
        ...alarm('one'),
        AlarmArn,
        OKActions: [],
        InsufficientDataActions: [],
        StateValue: 'INSUFFICIENT_DATA',
        StateReason: 'Unchecked: Initial alarm creation',
        StateUpdatedTimestamp: expect.any(Date),
        AlarmConfigurationUpdatedTimestamp: expect.any(Date),
      },
    ]);
    const age = Date.now() - Number((await find('one'))?.[0]?.StateUpdatedTimestamp);
    expect(age).toBeGreaterThanOrEqual(0);
    expect(age).toBeLessThan(60_000);

    // Tags of a later call are passed over, as on AWS.
    const changed = { ...alarm('one'), Threshold: 2, Tags: [{ Key: 'c', Value: '3' }] };
    await client.send(new PutMetricAlarmCommand(changed));
    await client.send(new TagResourceCommand({ ResourceARN: AlarmArn, Tags: [{ Key: 'd', Value: '4' }] }));
    await client.send(new UntagResourceCommand({ ResourceARN: AlarmArn, TagKeys: ['a'] }));
    expect(await find('one')).toMatchObject([{ Threshold: 2 }]);
    expect((await client.send(new ListTagsForResourceCommand({ ResourceARN: AlarmArn }))).Tags).toEqual([
      { Key: 'b', Value: '2' },
      { Key: 'd', Value: '4' },
    ]);
  });

  it('keeps an alarm on an expression over metrics', async () => {
    const { AlarmName, EvaluationPeriods, ComparisonOperator } = alarm('math');
    const metric = { MetricName: 'm', Namespace: 'n', Dimensions: [{ Name: 'a', Value: 'b' }] };
    const Metrics = [
      { Id: 'e', Expression: 'm * 100', ReturnData: true },
      { Id: 'm', MetricStat: { Metric: metric, Period: 60, Stat: 'p99' }, ReturnData: false },
    ];
    await client.send(
      new PutMetricAlarmCommand({ AlarmName, EvaluationPeriods, ComparisonOperator, Threshold: 1, Metrics }),
    );
    expect(await find('math')).toMatchObject([{ Metrics }]);
  });

  it('deletes all of some alarms or none', async () => {
    await client.send(new PutMetricAlarmCommand(alarm('kept')));
    const [kept, none] = [`${protocolName}: kept`, `${protocolName}: none`];
    await expect(client.send(new DeleteAlarmsCommand({ AlarmNames: [kept, none] }))).rejects.toMatchObject({
      name: 'ResourceNotFound',
      $metadata: { httpStatusCode: 404 },
    });
    expect(await find('kept')).toHaveLength(1);
    await client.send(new DeleteAlarmsCommand({ AlarmNames: [kept] }));
    expect(await find('kept')).toEqual([]);
  });

  it('keeps a dashboard', async () => {
    const DashboardName = `lake-${protocolName}`;
    const DashboardBody = JSON.stringify({ widgets: [{ properties: { markdown: '<b> & "c"' } }] });
    await client.send(new PutDashboardCommand({ DashboardName, DashboardBody }));
    expect(await client.send(new GetDashboardCommand({ DashboardName }))).toMatchObject({
      DashboardArn: `arn:aws:cloudwatch::000000000000:dashboard/${DashboardName}`,
      DashboardBody,
      DashboardName,
    });
    const list = await client.send(new ListDashboardsCommand({ DashboardNamePrefix: DashboardName }));
    expect(list.DashboardEntries).toMatchObject([
      { DashboardName, Size: DashboardBody.length, LastModified: expect.any(Date) },
    ]);
    await client.send(new DeleteDashboardsCommand({ DashboardNames: [DashboardName] }));
    await expect(client.send(new GetDashboardCommand({ DashboardName }))).rejects.toMatchObject({
      name: noDashboard,
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('refuses a dashboard that is no JSON, and metrics by their name', async () => {
    const dashboard = new PutDashboardCommand({ DashboardName: 'd', DashboardBody: 'widgets' });
    await expect(client.send(dashboard)).rejects.toMatchObject({ name: 'DashboardInvalidInputError' });
    const metrics = new PutMetricDataCommand({ Namespace: 'n', MetricData: [{ MetricName: 'm', Value: 1 }] });
    await expect(client.send(metrics)).rejects.toMatchObject({
      message: 'Local AWS does not implement monitoring:PutMetricData.',
    });
  });
});
