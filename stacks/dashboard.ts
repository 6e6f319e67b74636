import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js';
import { Construct } from 'constructs';
import { METRICS_OF } from './alarm.js';
import type { AlarmRule } from './alarm-rules.js';
import { checkName } from './limits.js';

/** What a dashboard shows. */
export interface DashboardProps {
  /** The dashboard's name, unique in the account. */
  readonly name: string;
  /** The region that the metrics are in. */
  readonly region: string;
  /** For each dataset, whose metrics are shown. */
  readonly datasets: readonly ShownDataset[];
  /** The workgroups whose queries are shown. */
  readonly workgroups: readonly string[];
}

/** A dataset on a dashboard. */
export interface ShownDataset {
  readonly name: string;
  /** Name of its stream. */
  readonly stream: string;
  /** Name of its delivery stream. */
  readonly delivery: string;
}

/**
 * A dashboard: for each dataset a row about its stream and a row about its delivery, and one about the queries.
 *
 * @example
 * new Dashboard(this, 'dashboard', { name: 'lake', region, workgroups: ['lake'], datasets: [{ name, stream, delivery }] });
 */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { name, region, datasets, workgroups }: DashboardProps) {
    super(scope, id);
    checkName(this, 'dashboard', name);
    const widgets = [
      ...datasets.flatMap((dataset, index) => widgetsOf(dataset, region, index * ROWS * HEIGHT)),
      scanned(workgroups, region, datasets.length * ROWS * HEIGHT),
    ];
    new CloudwatchDashboard(this, 'Default', {
      dashboardName: name,
      dashboardBody: JSON.stringify({ widgets }),
    });
  }
}

/** A dashboard is 24 wide. */
const WIDTH = 6;
const HEIGHT = 6;
const ROWS = 2;

interface Graph {
  readonly of: AlarmRule['of'];
  readonly title: string;
  readonly statistic: AlarmRule['statistic'];
  readonly metrics: readonly string[];
}

/** What is shown of a dataset: the first four in a row about the stream, the others in one about the delivery. */
const GRAPHS: readonly Graph[] = [
  { of: 'stream', title: 'records', statistic: 'Sum', metrics: ['IncomingRecords', 'GetRecords.Records'] },
  { of: 'stream', title: 'bytes', statistic: 'Sum', metrics: ['IncomingBytes', 'GetRecords.Bytes'] },
  {
    of: 'stream',
    title: 'throttled',
    statistic: 'Sum',
    metrics: ['WriteProvisionedThroughputExceeded', 'ReadProvisionedThroughputExceeded'],
  },
  {
    of: 'stream',
    title: 'age of the oldest unread record, ms',
    statistic: 'Maximum',
    metrics: ['GetRecords.IteratorAgeMilliseconds'],
  },
  {
    of: 'delivery',
    title: 'delivered records',
    statistic: 'Sum',
    metrics: ['DataReadFromKinesisStream.Records', 'DeliveryToS3.Records'],
  },
  {
    of: 'delivery',
    title: 'delivered bytes',
    statistic: 'Sum',
    metrics: ['DataReadFromKinesisStream.Bytes', 'DeliveryToS3.Bytes'],
  },
  {
    of: 'delivery',
    title: 'age of the oldest record that is not in S3, s',
    statistic: 'Maximum',
    metrics: ['DeliveryToS3.DataFreshness'],
  },
  {
    of: 'delivery',
    title: 'converted and failed records',
    statistic: 'Sum',
    metrics: ['SucceedConversion.Records', 'FailedConversion.Records'],
  },
];

function widgetsOf({ name, stream, delivery }: ShownDataset, region: string, y: number) {
  const rows = { stream: { watched: stream, row: 0 }, delivery: { watched: delivery, row: 1 } } as const;
  return (['stream', 'delivery'] as const).flatMap((of) => {
    const { watched, row } = rows[of];
    const { namespace, dimension } = METRICS_OF[of];
    return GRAPHS.filter((graph) => graph.of === of).map(({ title, statistic, metrics }, column) => ({
      type: 'metric',
      x: column * WIDTH,
      y: y + row * HEIGHT,
      width: WIDTH,
      height: HEIGHT,
      properties: {
        title: `${name}: ${title}`,
        region,
        stat: statistic,
        period: of === 'stream' ? 60 : 300,
        metrics: metrics.map((metric) => [namespace, metric, dimension, watched]),
      },
    }));
  });
}

/** Athena's metrics come by the query's kind and state too: a search finds them all. */
function scanned(workgroups: readonly string[], region: string, y: number) {
  const any = workgroups.map((workgroup) => `"${workgroup}"`).join(' OR ');
  const search = (metric: string) =>
    `SEARCH('{AWS/Athena,QueryState,QueryType,WorkGroup} MetricName="${metric}" WorkGroup=(${any})', 'Sum', 300)`;
  return {
    type: 'metric',
    x: 0,
    y,
    width: 4 * WIDTH,
    height: HEIGHT,
    properties: {
      title: 'queries: bytes scanned',
      region,
      stat: 'Sum',
      period: 300,
      metrics: [[{ expression: search('ProcessedBytes'), id: 'scanned' }]],
    },
  };
}
