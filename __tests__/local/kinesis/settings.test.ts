import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DescribeLimitsCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  DisableEnhancedMonitoringCommand,
  EnableEnhancedMonitoringCommand,
  ListTagsForResourceCommand,
  ListTagsForStreamCommand,
  PutRecordCommand,
  PutRecordsCommand,
  RemoveTagsFromStreamCommand,
  StartStreamEncryptionCommand,
  StopStreamEncryptionCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-kinesis';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Clients, localAwsForTest } from '../running-local-aws.js';
import { drain } from './drain.js';

const StreamName = 's';
const ResourceARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
let kinesis: Clients['kinesis'];
beforeEach(async () => {
  ({ kinesis } = (await localAwsForTest()).clients);
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1, Tags: { a: '1', b: '' } }));
});

describe('the tags of a stream', () => {
  it('are given back in both ways that there are', async () => {
    const Tags = [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '' },
    ];
    expect(await kinesis.send(new ListTagsForStreamCommand({ StreamName }))).toMatchObject({
      Tags,
      HasMoreTags: false,
    });
    expect(await kinesis.send(new ListTagsForResourceCommand({ ResourceARN }))).toMatchObject({ Tags });
  });

  it('are added, replaced and removed by name and by ARN', async () => {
    await kinesis.send(new AddTagsToStreamCommand({ StreamName, Tags: { b: '2', c: '3' } }));
    await kinesis.send(new TagResourceCommand({ ResourceARN, Tags: { d: '4', e: '5' } }));
    await kinesis.send(new RemoveTagsFromStreamCommand({ StreamARN: ResourceARN, TagKeys: ['a'] }));
    await kinesis.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['d', 'never'] }));
    const { Tags } = await kinesis.send(new ListTagsForResourceCommand({ ResourceARN }));
    expect(Tags?.map(({ Key, Value }) => `${Key}=${Value}`)).toEqual(['b=2', 'c=3', 'e=5']);
  });

  it('come in pages', async () => {
    await kinesis.send(new AddTagsToStreamCommand({ StreamName, Tags: { c: '3' } }));
    const first = await kinesis.send(new ListTagsForStreamCommand({ StreamName, Limit: 2 }));
    expect(first.HasMoreTags).toBe(true);
    const rest = await kinesis.send(
      new ListTagsForStreamCommand({ StreamName, ExclusiveStartTagKey: first.Tags?.at(-1)?.Key ?? '' }),
    );
    expect(rest).toMatchObject({ Tags: [{ Key: 'c' }], HasMoreTags: false });
  });

  it('are fifty at the most', async () => {
    const Tags = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`tag-${index}`, 'x']));
    await expect(kinesis.send(new AddTagsToStreamCommand({ StreamName, Tags }))).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: expect.stringContaining('cannot have more than 50 tags'),
    });
    expect((await kinesis.send(new ListTagsForStreamCommand({ StreamName }))).Tags).toHaveLength(2);
  });
});

it('encryption is shown from when it is on until it is off, in each record too', async () => {
  const put = (text: string) =>
    kinesis.send(new PutRecordCommand({ StreamName, PartitionKey: 'k', Data: Buffer.from(text) }));
  const described = async () => {
    const { StreamDescription } = await kinesis.send(new DescribeStreamCommand({ StreamName }));
    const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
    expect(StreamDescriptionSummary?.KeyId).toBe(StreamDescription?.KeyId);
    return [StreamDescriptionSummary?.EncryptionType, StreamDescription?.KeyId];
  };
  const encryption = { StreamName, EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' } as const;
  expect(await described()).toEqual(['NONE', undefined]);
  await put('before');
  await kinesis.send(new StartStreamEncryptionCommand(encryption));
  expect(await described()).toEqual(['KMS', 'alias/aws/kinesis']);
  expect((await put('within')).EncryptionType).toBe('KMS');
  const { EncryptionType } = await kinesis.send(
    new PutRecordsCommand({ StreamName, Records: [{ PartitionKey: 'k', Data: Buffer.from('too') }] }),
  );
  expect(EncryptionType).toBe('KMS');
  await kinesis.send(new StopStreamEncryptionCommand(encryption));
  expect(await described()).toEqual(['NONE', undefined]);
  expect((await put('after')).EncryptionType).toBe('NONE');
  expect((await drain(kinesis, StreamName)).map(({ text, encryption }) => `${text} ${encryption}`)).toEqual([
    'before NONE',
    'within KMS',
    'too KMS',
    'after NONE',
  ]);
});

it('shard-level metrics are switched on and off one by one, or all at once', async () => {
  const metrics = async () => {
    const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
    return StreamDescriptionSummary?.EnhancedMonitoring?.flatMap(
      ({ ShardLevelMetrics = [] }) => ShardLevelMetrics,
    );
  };
  const on = await kinesis.send(
    new EnableEnhancedMonitoringCommand({
      StreamName,
      ShardLevelMetrics: ['OutgoingBytes', 'IncomingBytes'],
    }),
  );
  expect(on).toMatchObject({
    StreamName,
    CurrentShardLevelMetrics: [],
    DesiredShardLevelMetrics: ['IncomingBytes', 'OutgoingBytes'],
  });
  await kinesis.send(new EnableEnhancedMonitoringCommand({ StreamName, ShardLevelMetrics: ['ALL'] }));
  expect(await metrics()).toHaveLength(7);
  await kinesis.send(
    new DisableEnhancedMonitoringCommand({ StreamName, ShardLevelMetrics: ['OutgoingBytes'] }),
  );
  expect(await metrics()).toHaveLength(6);
  await kinesis.send(new DisableEnhancedMonitoringCommand({ StreamName, ShardLevelMetrics: ['ALL'] }));
  expect(await metrics()).toEqual([]);
});

it('the shards of an account are counted by mode', async () => {
  await kinesis.send(
    new CreateStreamCommand({ StreamName: 'o', StreamModeDetails: { StreamMode: 'ON_DEMAND' } }),
  );
  await kinesis.send(new CreateStreamCommand({ StreamName: 't', ShardCount: 3 }));
  expect(await kinesis.send(new DescribeLimitsCommand({}))).toMatchObject({
    OpenShardCount: 4,
    OnDemandStreamCount: 1,
  });
});
