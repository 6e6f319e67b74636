import { describe, expect, it } from 'vitest';
import { customers } from '../../datasets/index.js';
import { pageViews } from '../datasets/page-views.js';
import { type Properties, resourcesOf, settingsOf, synthesize, withEverything } from './synthesized.js';

const stack = synthesize(settingsOf('dev'), [customers, pageViews]);
const alarms = resourcesOf(stack, 'aws_cloudwatch_metric_alarm');
const ofMetric = (metric: string) => alarms.filter(({ metric_name }) => metric_name === metric);

describe('the alarms', () => {
  it.each([
    ['WriteProvisionedThroughputExceeded', 'AWS/Kinesis', 'GreaterThanThreshold', 0],
    ['ReadProvisionedThroughputExceeded', 'AWS/Kinesis', 'GreaterThanThreshold', 0],
    ['PutRecords.FailedRecords', 'AWS/Kinesis', 'GreaterThanThreshold', 0],
    ['GetRecords.IteratorAgeMilliseconds', 'AWS/Kinesis', 'GreaterThanThreshold', 12 * 3_600_000],
    ['DeliveryToS3.DataFreshness', 'AWS/Firehose', 'GreaterThanThreshold', 420],
    ['FailedConversion.Records', 'AWS/Firehose', 'GreaterThanThreshold', 0],
    ['DeliveryToS3.Success', 'AWS/Firehose', 'LessThanThreshold', 1],
    ['ThrottledGetRecords', 'AWS/Firehose', 'GreaterThanThreshold', 0],
    ['KinesisMillisBehindLatest', 'AWS/Firehose', 'GreaterThanThreshold', 420_000],
  ])('watch %s of %s for each dataset', (metric, namespace, comparison_operator, threshold) => {
    expect(ofMetric(metric)).toHaveLength(2);
    for (const alarm of ofMetric(metric)) {
      expect(alarm).toMatchObject({ namespace, comparison_operator, threshold });
    }
  });

  it('find their metric by the one dimension that it has', () => {
    for (const { namespace, dimensions, alarm_name } of alarms) {
      const isStream = namespace === 'AWS/Kinesis';
      const [[name, value] = []] = [...Object.entries(dimensions as Record<string, string>)];
      expect(name).toBe(isStream ? 'StreamName' : 'DeliveryStreamName');
      const dataset = String(alarm_name).includes('page-views') ? 'page_views' : 'customers';
      const type = isStream ? 'aws_kinesis_stream' : 'aws_kinesis_firehose_delivery_stream';
      expect(value).toMatch(new RegExp(`^\\$\\{${type}\\.datasets_${dataset}_.*\\.name\\}$`));
    }
  });

  it('take silence for well, tell when they go off and when it is over, and say what it means', () => {
    const [topic] = Object.keys(stack.resource.aws_sns_topic ?? {});
    const arn = [`\${aws_sns_topic.${topic}.arn}`];
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({
        treat_missing_data: 'notBreaching',
        alarm_actions: arn,
        ok_actions: arn,
      });
      expect(String(alarm.alarm_description)).toMatch(/\.$/);
    }
  });

  it('take silence for wrong where the settings say that there is never any', () => {
    const silent = resourcesOf(synthesize(withEverything('dev')), 'aws_cloudwatch_metric_alarm').find(
      ({ metric_name }) => metric_name === 'IncomingRecords',
    );
    expect(silent).toMatchObject({
      treat_missing_data: 'breaching',
      comparison_operator: 'LessThanThreshold',
      threshold: 1,
      period: 1_800,
    });
  });
});

describe('the topic', () => {
  it('is subscribed to by nobody, or by the address in the settings', () => {
    expect(resourcesOf(stack, 'aws_sns_topic_subscription')).toEqual([]);
    expect(resourcesOf(synthesize(withEverything('dev')), 'aws_sns_topic_subscription')).toMatchObject([
      { protocol: 'email', endpoint: 'somebody@example.com' },
    ]);
  });
});

describe('the budget', () => {
  it('is there where the settings have one, and tells the topic', () => {
    expect(resourcesOf(stack, 'aws_budgets_budget')).toEqual([]);
    expect(resourcesOf(synthesize(withEverything('dev')), 'aws_budgets_budget')).toMatchObject([
      {
        limit_amount: '100',
        limit_unit: 'USD',
        time_unit: 'MONTHLY',
        notification: [
          { notification_type: 'ACTUAL', threshold: 80 },
          { notification_type: 'FORECASTED', threshold: 100 },
        ],
      },
    ]);
  });
});

describe('the dashboard', () => {
  const widgets = resourcesOf(stack, 'aws_cloudwatch_dashboard').flatMap(
    ({ dashboard_body }) => (dashboard_body as { widgets: Widget[] }).widgets,
  );

  it('shows what comes in and goes out, how late, what failed and what queries read', () => {
    const shown = JSON.stringify(widgets);
    for (const metric of [
      'IncomingRecords',
      'IncomingBytes',
      'GetRecords.Records',
      'GetRecords.Bytes',
      'WriteProvisionedThroughputExceeded',
      'GetRecords.IteratorAgeMilliseconds',
      'DeliveryToS3.Records',
      'DeliveryToS3.DataFreshness',
      'FailedConversion.Records',
      'ProcessedBytes',
    ]) {
      expect(shown).toContain(metric);
    }
  });

  it('puts no widget over another, and none over the edge', () => {
    const cells = widgets.flatMap(({ x, y, width, height }) =>
      Array.from(
        { length: width * height },
        (_, cell) => `${x + (cell % width)},${y + Math.floor(cell / width)}`,
      ),
    );
    expect(new Set(cells).size).toBe(cells.length);
    for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
  });
});

interface Widget extends Properties {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
