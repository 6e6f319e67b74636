import type {
  CreateStreamCommandInput,
  CreateStreamCommandOutput,
  DeleteStreamCommandInput,
  DeleteStreamCommandOutput,
  DescribeStreamCommandInput,
  DescribeStreamCommandOutput,
  DescribeStreamSummaryCommandInput,
  DescribeStreamSummaryCommandOutput,
  ListStreamsCommandInput,
  ListStreamsCommandOutput,
} from '@aws-sdk/client-kinesis';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { encryptionType } from './encryption.js';
import { evenRanges } from './hash-key.js';
import type { Kinesis } from './kinesis.js';
import { LIMITS } from './limits.js';
import { checkMaxRecordSize, maxRecordKiB } from './max-record-size.js';
import { pageOfShards } from './shards.js';
import { findStream, openShards, type StreamEntry, streamArn, streamKey } from './stream-entry.js';
import { checkTagCount, checkTags } from './stream-tags.js';
import { checkRange, checkStreamName } from './validation.js';

const RETENTION_HOURS = 24;
/** Shards that an on-demand stream starts with: 4 MB/s. */
const ON_DEMAND_SHARDS = 4;

export const createStream =
  ({ store, clock }: Kinesis): Operation<CreateStreamCommandInput, CreateStreamCommandOutput> =>
  async (input, { account, region }) => {
    const { StreamName: name, ShardCount: shardCount } = input;
    checkStreamName(name);
    refuse(input, 'WarmThroughputMiBps', 'RecordDistributionStrategy');
    const mode = input.StreamModeDetails?.StreamMode ?? 'PROVISIONED';
    if (mode === 'PROVISIONED' && shardCount === undefined) {
      throw new AwsError('ValidationException', 'ShardCount must be given for a stream in PROVISIONED mode.');
    }
    if (mode === 'ON_DEMAND' && shardCount !== undefined) {
      throw new AwsError(
        'ValidationException',
        'ShardCount must not be given for a stream in ON_DEMAND mode.',
      );
    }
    checkRange(shardCount, 'shardCount', 1, LIMITS.shards);
    checkMaxRecordSize(input.MaxRecordSizeInKiB);
    const tags = input.Tags ?? {};
    checkTags(tags);
    checkTagCount({ name, account, tags });
    const now = clock.now();
    await store.transaction(() => {
      const key = streamKey(account, region, name);
      if (store.entries.get(key)) {
        throw new AwsError(
          'ResourceInUseException',
          `Stream ${name} under account ${account} already exists.`,
        );
      }
      const stream: StreamEntry = {
        id: store.nextId(),
        name,
        arn: streamArn(account, region, name),
        account,
        region,
        mode,
        retentionHours: RETENTION_HOURS,
        ...(input.MaxRecordSizeInKiB !== undefined && { maxRecordKiB: input.MaxRecordSizeInKiB }),
        createdAt: now,
        shards: evenRanges(shardCount ?? ON_DEMAND_SHARDS).map(({ start, end }, number) => ({
          number,
          startingHashKey: String(start),
          endingHashKey: String(end),
          parents: [],
          openedAt: now,
        })),
        metrics: [],
        tags,
        scaledAt: [],
        modeChangedAt: [],
      };
      store.entries.put(key, stream);
    });
    return {};
  };

export const deleteStream =
  ({ store, log }: Kinesis): Operation<DeleteStreamCommandInput, DeleteStreamCommandOutput> =>
  async (input, context) => {
    refuse(input, 'StreamId');
    await store.transaction(() => {
      const stream = findStream(store.entries, input, context);
      store.entries.remove(streamKey(stream.account, stream.region, stream.name));
      log.removeAll(stream.id, stream.shards.length);
    });
    return {};
  };

export const describeStream =
  (kinesis: Kinesis): Operation<DescribeStreamCommandInput, DescribeStreamCommandOutput> =>
  (input, context) => {
    refuse(input, 'StreamId');
    checkRange(input.Limit, 'limit', 1, LIMITS.describeStreamCount);
    const stream = findStream(kinesis.store.entries, input, context);
    const { shards, hasMore } = pageOfShards(kinesis, stream, {
      limit: input.Limit ?? 100,
      after: input.ExclusiveStartShardId,
    });
    return { StreamDescription: { ...commonDescription(stream), Shards: shards, HasMoreShards: hasMore } };
  };

export const describeStreamSummary =
  ({ store }: Kinesis): Operation<DescribeStreamSummaryCommandInput, DescribeStreamSummaryCommandOutput> =>
  (input, context) => {
    refuse(input, 'StreamId');
    const stream = findStream(store.entries, input, context);
    return {
      StreamDescriptionSummary: {
        ...commonDescription(stream),
        OpenShardCount: openShards(stream).length,
        ConsumerCount: 0,
        MaxRecordSizeInKiB: maxRecordKiB(stream),
      },
    };
  };

function commonDescription(stream: StreamEntry) {
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    StreamStatus: 'ACTIVE' as const,
    StreamModeDetails: { StreamMode: stream.mode },
    RetentionPeriodHours: stream.retentionHours,
    StreamCreationTimestamp: new Date(stream.createdAt),
    EnhancedMonitoring: [{ ShardLevelMetrics: [...stream.metrics] }],
    EncryptionType: encryptionType(stream.keyId !== undefined),
    ...(stream.keyId !== undefined && { KeyId: stream.keyId }),
  };
}

export const listStreams =
  ({ store }: Kinesis): Operation<ListStreamsCommandInput, ListStreamsCommandOutput> =>
  (input, { account, region }) => {
    checkRange(input.Limit, 'limit', 1, LIMITS.listStreamsCount);
    const after = input.NextToken ?? input.ExclusiveStartStreamName;
    if (after !== undefined) {
      checkStreamName(after, input.NextToken === undefined ? 'exclusiveStartStreamName' : 'nextToken');
    }
    const limit = input.Limit ?? 100;
    const streams: StreamEntry[] = [];
    const all = store.entries.list<StreamEntry>(
      ['stream', account, region],
      after === undefined ? undefined : streamKey(account, region, after),
    );
    for (const stream of all) {
      streams.push(stream);
      if (streams.length > limit) break;
    }
    const page = streams.slice(0, limit);
    const last = page.at(-1);
    const hasMore = streams.length > limit;
    return {
      StreamNames: page.map(({ name }) => name),
      HasMoreStreams: hasMore,
      ...(hasMore && last && { NextToken: last.name }),
      StreamSummaries: page.map((stream) => ({
        StreamName: stream.name,
        StreamARN: stream.arn,
        StreamStatus: 'ACTIVE',
        StreamModeDetails: { StreamMode: stream.mode },
        StreamCreationTimestamp: new Date(stream.createdAt),
      })),
    };
  };
