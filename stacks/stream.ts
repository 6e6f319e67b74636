import { KinesisStream } from '@cdktf/provider-aws/lib/kinesis-stream/index.js';
import { Construct } from 'constructs';
import type { Settings } from '../settings/index.js';
import type { Key } from './key.js';
import { checkName, checkRange } from './limits.js';
import type { Statement } from './policy-document.js';

/** What a stream is made from. */
export interface StreamProps {
  /** The stream's name. */
  readonly name: string;
  /** The key that its records are encrypted with. */
  readonly key: Key;
  /** How its capacity is bought: a number of shards, or on demand. */
  readonly capacity: Settings['stream']['capacity'];
  /** Hours that it keeps a record, 24 to 8,760. */
  readonly retentionHours: number;
  /**
   * Metrics that are published for each shard besides those of the stream.
   * @default - none
   */
  readonly shardMetrics?: Settings['stream']['shardMetrics'];
}

/**
 * An encrypted Kinesis stream, which takes a dataset's events in. Another number of shards, another mode and another
 * retention are changes in place: the records stay. Kinesis takes up to twice as many shards at once, or half as many.
 *
 * @example
 * new Stream(this, 'stream', { name: 'orders', key, capacity: { mode: 'on-demand' }, retentionHours: 24 });
 */
export class Stream extends Construct {
  /** The stream's name, as a reference that waits for the stream. */
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: StreamProps) {
    super(scope, id);
    const { name, key, capacity, retentionHours, shardMetrics = [] } = props;
    checkName(this, 'stream', name);
    checkRange(this, 'retentionHours', retentionHours);
    if (capacity.mode === 'provisioned') checkRange(this, 'shards', capacity.shards);
    const stream = new KinesisStream(this, 'Default', {
      name,
      retentionPeriod: retentionHours,
      encryptionType: 'KMS',
      kmsKeyId: key.arn,
      ...(shardMetrics.length > 0 && { shardLevelMetrics: [...shardMetrics] }),
      ...(capacity.mode === 'provisioned'
        ? { streamModeDetails: { streamMode: 'PROVISIONED' }, shardCount: capacity.shards }
        : { streamModeDetails: { streamMode: 'ON_DEMAND' } }),
    });
    this.name = stream.name;
    this.arn = stream.arn;
  }

  /** The permission to put records on the stream, and to see how many shards it has. */
  writeStatement(): Statement {
    return {
      sid: 'PutRecords',
      actions: [
        'kinesis:DescribeStreamSummary',
        'kinesis:ListShards',
        'kinesis:PutRecord',
        'kinesis:PutRecords',
      ],
      resources: [this.arn],
    };
  }

  /** The permission to read the stream's records, shard by shard. */
  readStatement(): Statement {
    return {
      sid: 'ReadStream',
      actions: [
        'kinesis:DescribeStream',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:ListShards',
      ],
      resources: [this.arn],
    };
  }
}
