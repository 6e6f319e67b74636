import type { Settings } from '../settings/index.js';

/** When an alarm of a dataset goes off. */
export interface AlarmRule {
  /** What is wrong, in the alarm's name. */
  readonly name: string;
  /** What it means and where to look, in a sentence or two: whoever gets the message reads it. */
  readonly description: string;
  /** Whose metric it is: the stream's or the delivery stream's. */
  readonly of: 'stream' | 'delivery';
  readonly metric: string;
  readonly statistic: 'Sum' | 'Maximum' | 'Average';
  /** On which side of the threshold it goes off. */
  readonly goesOff: 'above' | 'below';
  readonly threshold: number;
  /** Minutes that make one value of the metric. */
  readonly minutes: number;
  /** How many such values in a row it takes. */
  readonly values: number;
  /**
   * Whether no value at all counts as wrong. Most metrics are silent where nothing happens.
   * @default false
   */
  readonly isSilenceWrong?: boolean;
}

/**
 * The alarms of each dataset. Thresholds that follow from settings are worked out from them.
 * @see https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html
 * @see https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html
 */
export function alarmRules({ stream, delivery, monitoring }: Settings): readonly AlarmRule[] {
  const lateSeconds = delivery.bufferSeconds + SLACK_SECONDS;
  const { silenceMinutes } = monitoring;
  return [
    {
      name: 'writes-throttled',
      description: 'Producers send more than the stream takes. They try again; add shards if it stays.',
      ...ofStream('WriteProvisionedThroughputExceeded', 'Sum', 0),
      values: 5,
    },
    {
      name: 'reads-throttled',
      description:
        'Consumers read more than the stream gives. Delivery falls behind; add shards if it stays.',
      ...ofStream('ReadProvisionedThroughputExceeded', 'Sum', 0),
      values: 5,
    },
    {
      name: 'records-refused',
      description: 'Kinesis could not take records, by a fault of its own. Producers try them again.',
      ...ofStream('PutRecords.FailedRecords', 'Sum', 0),
      values: 5,
    },
    {
      name: 'records-about-to-expire',
      description:
        'The oldest record that a consumer has not read is half as old as the stream keeps records.',
      ...ofStream('GetRecords.IteratorAgeMilliseconds', 'Maximum', stream.retentionHours * MS_PER_HOUR * 0.5),
      values: 1,
    },
    {
      name: 'data-late',
      description: `The oldest record that is not in S3 is over ${lateSeconds} seconds old. The delivery's log says why.`,
      ...ofDelivery('DeliveryToS3.DataFreshness', 'Maximum', lateSeconds),
      values: 3,
    },
    {
      name: 'conversions-failed',
      description:
        'Records did not fit the table. They lie under errors/ in the data bucket, each with its reason.',
      ...ofDelivery('FailedConversion.Records', 'Sum', 0),
      values: 1,
    },
    {
      name: 'writes-to-s3-failed',
      description: "Firehose could not write to S3. It tries again; the delivery's log says why.",
      ...ofDelivery('DeliveryToS3.Success', 'Average', 1),
      goesOff: 'below',
      values: 1,
    },
    {
      name: 'delivery-reads-throttled',
      description: 'Firehose is kept from reading the stream: too many consumers share its shards.',
      ...ofDelivery('ThrottledGetRecords', 'Sum', 0),
      values: 3,
    },
    {
      name: 'delivery-behind',
      description: 'Firehose has not read the newest records of the stream for a while.',
      ...ofDelivery('KinesisMillisBehindLatest', 'Maximum', lateSeconds * 1_000),
      values: 3,
    },
    ...(silenceMinutes === undefined
      ? []
      : [
          {
            name: 'no-events',
            description: `No event has come in for ${silenceMinutes} minutes.`,
            ...ofStream('IncomingRecords', 'Sum', 1),
            goesOff: 'below',
            minutes: silenceMinutes,
            values: 1,
            isSilenceWrong: true,
          } as const,
        ]),
  ];
}

/** Seconds beyond its buffering that Firehose takes to convert and write, and a bit. */
const SLACK_SECONDS = 300;
const MS_PER_HOUR = 3_600_000;

const ofStream = (metric: string, statistic: AlarmRule['statistic'], threshold: number) =>
  ({ of: 'stream', metric, statistic, goesOff: 'above', threshold, minutes: 1 }) as const;

/** Firehose's metrics are made when it writes: five minutes hold one write at least. */
const ofDelivery = (metric: string, statistic: AlarmRule['statistic'], threshold: number) =>
  ({ of: 'delivery', metric, statistic, goesOff: 'above', threshold, minutes: 5 }) as const;
