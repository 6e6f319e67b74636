import { GetNamedQueryCommand, GetWorkGroupCommand } from '@aws-sdk/client-athena';
import { DescribeDeliveryStreamCommand } from '@aws-sdk/client-firehose';
import { GetDatabaseCommand, GetTableCommand } from '@aws-sdk/client-glue';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  ListStreamsCommand,
  PutRecordCommand,
  UpdateShardCountCommand,
} from '@aws-sdk/client-kinesis';
import { expect, it } from 'vitest';
import { localAwsForTest } from '../running-local-aws.js';

const long = 'x'.repeat(5_000);

it('names that are too long are refused, or name nothing', async () => {
  const { clients, troubles } = await localAwsForTest();
  const { athena, firehose, glue, kinesis } = clients;
  const refused = { name: 'ValidationException' };
  await expect(kinesis.send(new DescribeStreamSummaryCommand({ StreamName: long }))).rejects.toMatchObject(
    refused,
  );
  await expect(
    kinesis.send(new ListStreamsCommand({ ExclusiveStartStreamName: long })),
  ).rejects.toMatchObject(refused);
  const missing = { name: 'EntityNotFoundException' };
  await expect(glue.send(new GetDatabaseCommand({ Name: long }))).rejects.toMatchObject(missing);
  await expect(glue.send(new GetTableCommand({ DatabaseName: long, Name: 't' }))).rejects.toMatchObject(
    missing,
  );
  const invalid = { name: 'InvalidRequestException' };
  await expect(athena.send(new GetWorkGroupCommand({ WorkGroup: long }))).rejects.toMatchObject(invalid);
  await expect(athena.send(new GetNamedQueryCommand({ NamedQueryId: long }))).rejects.toMatchObject(invalid);
  await expect(
    firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName: long })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect(troubles).toEqual([]);
});

it('a partition key is as long as it has characters', async () => {
  const { kinesis } = (await localAwsForTest()).clients;
  await kinesis.send(new CreateStreamCommand({ StreamName: 's', ShardCount: 1 }));
  const put = (PartitionKey: string) =>
    kinesis.send(new PutRecordCommand({ StreamName: 's', PartitionKey, Data: Buffer.from('x') }));
  await put('😀'.repeat(256));
  await expect(put('😀'.repeat(257))).rejects.toMatchObject({ name: 'ValidationException' });
});

it('a number of shards is whole', async () => {
  const { clients, troubles } = await localAwsForTest();
  const { kinesis } = clients;
  await expect(
    kinesis.send(new CreateStreamCommand({ StreamName: 's', ShardCount: 1.5 })),
  ).rejects.toMatchObject({ name: 'SerializationException' });
  await kinesis.send(new CreateStreamCommand({ StreamName: 's', ShardCount: 1 }));
  const update = { StreamName: 's', TargetShardCount: 1.5, ScalingType: 'UNIFORM_SCALING' } as const;
  await expect(kinesis.send(new UpdateShardCountCommand(update))).rejects.toMatchObject({
    name: 'SerializationException',
  });
  expect(troubles).toEqual([]);
});
