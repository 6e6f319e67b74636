import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { CloudwatchLogStream } from '@cdktf/provider-aws/lib/cloudwatch-log-stream/index.js';
import { Construct } from 'constructs';
import type { Key } from './key.js';
import { checkName } from './limits.js';
import type { Statement } from './policy-document.js';

/** What a delivery stream's log is made from. */
export interface DeliveryLogProps {
  /** The log group's name. */
  readonly name: string;
  /** The key that it is encrypted with. */
  readonly key: Key;
  /** Days that CloudWatch keeps an entry. */
  readonly retentionDays: number;
}

/** What a delivery stream does that can fail: writing Parquet, and keeping the source records. */
export type Delivered = 'data' | 'source';

/**
 * Where a delivery stream says why it could not deliver: a log group with a log stream for each thing that it writes.
 *
 * @example
 * new DeliveryLog(this, 'log', { name: '/aws/kinesisfirehose/orders', key, retentionDays: 30 });
 */
export class DeliveryLog extends Construct {
  private readonly group: CloudwatchLogGroup;
  private readonly streams: Readonly<Record<Delivered, CloudwatchLogStream>>;

  constructor(scope: Construct, id: string, { name, key, retentionDays }: DeliveryLogProps) {
    super(scope, id);
    checkName(this, 'logGroup', name);
    this.group = new CloudwatchLogGroup(this, 'Default', {
      name,
      retentionInDays: retentionDays,
      kmsKeyId: key.arn,
    });
    // The names that the console gives them.
    this.streams = { data: this.streamOf('DestinationDelivery'), source: this.streamOf('BackupDelivery') };
  }

  /** The logging options of a delivery stream. */
  optionsOf(delivered: Delivered) {
    return { enabled: true, logGroupName: this.group.name, logStreamName: this.streams[delivered].name };
  }

  /** The permission to write to these log streams. */
  writeStatement(): Statement {
    return {
      sid: 'WriteLog',
      actions: ['logs:PutLogEvents'],
      resources: Object.values(this.streams).map(({ arn }) => arn),
    };
  }

  private streamOf(name: string): CloudwatchLogStream {
    return new CloudwatchLogStream(this, name, { name, logGroupName: this.group.name });
  }
}
