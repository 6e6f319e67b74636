import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import { Construct } from 'constructs';
import type { AlarmRule } from './alarm-rules.js';
import type { AlarmTopic } from './alarm-topic.js';
import { checkName } from './limits.js';

/** What an alarm is made from. */
export interface AlarmProps {
  /** The alarm's name. */
  readonly name: string;
  /** When it goes off. */
  readonly rule: AlarmRule;
  /** Name of the stream or delivery stream that it watches. */
  readonly watched: string;
  /** Who is told, when it goes off and when all is well again. */
  readonly topic: AlarmTopic;
}

/**
 * An alarm on a metric of a stream or a delivery stream.
 *
 * @example
 * new Alarm(this, rule.name, { name: `orders-${rule.name}`, rule, watched: stream.name, topic });
 */
export class Alarm extends Construct {
  constructor(scope: Construct, id: string, { name, rule, watched, topic }: AlarmProps) {
    super(scope, id);
    checkName(this, 'alarm', name);
    const { namespace, dimension } = METRICS_OF[rule.of];
    new CloudwatchMetricAlarm(this, 'Default', {
      alarmName: name,
      alarmDescription: rule.description,
      namespace,
      metricName: rule.metric,
      dimensions: { [dimension]: watched },
      statistic: rule.statistic,
      comparisonOperator: rule.goesOff === 'above' ? 'GreaterThanThreshold' : 'LessThanThreshold',
      threshold: rule.threshold,
      period: rule.minutes * 60,
      evaluationPeriods: rule.values,
      treatMissingData: rule.isSilenceWrong ? 'breaching' : 'notBreaching',
      actionsEnabled: true,
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    });
  }
}

/** Where CloudWatch keeps the metrics, and the one dimension that finds those of a stream. */
export const METRICS_OF = {
  stream: { namespace: 'AWS/Kinesis', dimension: 'StreamName' },
  delivery: { namespace: 'AWS/Firehose', dimension: 'DeliveryStreamName' },
} as const satisfies Record<AlarmRule['of'], { namespace: string; dimension: string }>;
