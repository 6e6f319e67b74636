import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListTagsForResourceCommand,
  PutRecordCommand,
} from '@aws-sdk/client-kinesis';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { clientsOf, localAwsForTest } from '../running-local-aws.js';
import { drain } from './drain.js';

type Kinesis = ReturnType<typeof clientsOf>['kinesis'];

const StreamName = 'same';
const PLACES = [
  ['111111111111', 'us-east-1'],
  ['222222222222', 'us-east-1'],
  ['111111111111', 'eu-central-1'],
] as const;
let here: Kinesis;
let otherAccount: Kinesis;
let otherRegion: Kinesis;
beforeEach(async () => {
  const { local } = await localAwsForTest();
  [here, otherAccount, otherRegion] = PLACES.map(([account, region]) => {
    const clients = clientsOf(local.endpoint, account, region);
    onTestFinished(() => {
      for (const client of Object.values(clients)) client.destroy();
    });
    return clients.kinesis;
  }) as [Kinesis, Kinesis, Kinesis];
});

const put = (kinesis: Kinesis, text: string) =>
  kinesis.send(new PutRecordCommand({ StreamName, PartitionKey: 'k', Data: Buffer.from(text) }));

describe('streams of the same name in several accounts and regions', () => {
  it('have each their own records', async () => {
    const all = [here, otherAccount, otherRegion];
    for (const [index, kinesis] of all.entries()) {
      await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
      await put(kinesis, `of ${PLACES[index]}`);
    }
    await put(here, 'more');
    const texts = await Promise.all(
      all.map(async (kinesis) => (await drain(kinesis, StreamName)).map(({ text }) => text)),
    );
    expect(texts).toEqual([[`of ${PLACES[0]}`, 'more'], [`of ${PLACES[1]}`], [`of ${PLACES[2]}`]]);
    await here.send(new DeleteStreamCommand({ StreamName }));
    expect(await drain(otherAccount, StreamName)).toHaveLength(1);
    expect(await drain(otherRegion, StreamName)).toHaveLength(1);
  });

  it('cannot be reached from one another, by ARN or iterator', async () => {
    await here.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
    const StreamARN = `arn:aws:kinesis:us-east-1:111111111111:stream/${StreamName}`;
    const { ShardIterator } = await here.send(
      new GetShardIteratorCommand({ StreamARN, ShardId: '0', ShardIteratorType: 'LATEST' }),
    );
    for (const [kinesis, name] of [
      [otherAccount, 'AccessDeniedException'],
      [otherRegion, 'ResourceNotFoundException'],
    ] as const) {
      await Promise.all([
        expect(kinesis.send(new DescribeStreamSummaryCommand({ StreamARN }))).rejects.toMatchObject({ name }),
        expect(
          kinesis.send(new PutRecordCommand({ StreamARN, PartitionKey: 'k', Data: Buffer.of() })),
        ).rejects.toMatchObject({ name }),
        expect(kinesis.send(new GetRecordsCommand({ ShardIterator }))).rejects.toMatchObject({ name }),
        expect(
          kinesis.send(new ListTagsForResourceCommand({ ResourceARN: StreamARN })),
        ).rejects.toMatchObject({ name }),
      ]);
    }
    expect(await drain(here, StreamName)).toEqual([]);
  });
});
