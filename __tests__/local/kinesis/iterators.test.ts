import {
  CreateStreamCommand,
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';

type Start = Partial<GetShardIteratorCommandInput>;

const NOW = Date.UTC(2026, 0, 1);
let time = NOW;
let running: RunningLocalAws;
const sequenceNumbers = new Map<string, string[]>();

beforeAll(async () => {
  running = await runLocalAws({ clock: { now: () => time, after: () => () => {} } });
  const { kinesis } = running.clients;
  for (const StreamName of ['one', 'other']) {
    await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 2 }));
    const Records = ['0', String(2n ** 128n - 1n)].map((ExplicitHashKey) => ({
      PartitionKey: 'k',
      ExplicitHashKey,
      Data: Buffer.from('x'),
    }));
    const answer = await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
    sequenceNumbers.set(
      StreamName,
      (answer.Records ?? []).map(({ SequenceNumber = '' }) => SequenceNumber),
    );
  }
});
afterAll(() => running.end());

const iterator = async (start: Start) => {
  const request = { StreamName: 'one', ShardId: 'shardId-000000000000', ...start };
  const answer = await running.clients.kinesis.send(
    new GetShardIteratorCommand(request as GetShardIteratorCommandInput),
  );
  return answer.ShardIterator ?? '';
};
const ONE = 'in stream one under account 000000000000';

/** Facts of Kinesis, Routing and sequence numbers: the five types of iterators. */
describe('an iterator', () => {
  const foreign = () => sequenceNumbers.get('other')?.[0] ?? '';
  const ofOtherShard = () => sequenceNumbers.get('one')?.[1] ?? '';
  /** The sequence number that is given so many records after the first. */
  const yetToCome = (records: number) =>
    String(BigInt(sequenceNumbers.get('one')?.[0] ?? 0) + BigInt(records));
  const either =
    'Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or ' +
    '(2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified ';

  it.each<[what: string, start: () => Start, name: string, message: () => string]>([
    [
      'of a type that there is not',
      () => ({ ShardIteratorType: 'FIRST' as never }),
      'ValidationException',
      () =>
        "Value 'FIRST' at 'shardIteratorType' failed to satisfy constraint: Member must satisfy enum value set: [",
    ],
    [
      'at a sequence number that is not given',
      () => ({ ShardIteratorType: 'AT_SEQUENCE_NUMBER' }),
      'InvalidArgumentException',
      () => `${either}AT_SEQUENCE_NUMBER and no StartingSequenceNumber.`,
    ],
    [
      'at the latest record with a sequence number',
      () => ({ ShardIteratorType: 'LATEST', StartingSequenceNumber: foreign() }),
      'InvalidArgumentException',
      () => `${either}LATEST and also a StartingSequenceNumber.`,
    ],
    [
      'at what is no sequence number',
      () => ({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: '7' }),
      'InvalidArgumentException',
      () =>
        `StartingSequenceNumber 7 used in GetShardIterator on shard shardId-000000000000 ${ONE} is invalid.`,
    ],
    [
      'at a sequence number of another shard',
      () => ({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: ofOtherShard() }),
      'InvalidArgumentException',
      () =>
        'Invalid StartingSequenceNumber. It encodes shardId-000000000001, while it was used in a call to a shard with ' +
        'shardId-000000000000',
    ],
    [
      'at a sequence number of another stream',
      () => ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: foreign() }),
      'InvalidArgumentException',
      () => `${ONE} is invalid because it did not come from this stream.`,
    ],
    [
      'behind the record that is yet to come',
      () => ({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: yetToCome(2) }),
      'InvalidArgumentException',
      () => `${ONE} is invalid because it did not come from this stream.`,
    ],
    [
      'at a time that is not given',
      () => ({ ShardIteratorType: 'AT_TIMESTAMP' }),
      'InvalidArgumentException',
      () =>
        'Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp ' +
        'parameter.',
    ],
    [
      'at a time that lies ahead',
      () => ({ ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(NOW + 1) }),
      'InvalidArgumentException',
      () =>
        'The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ' +
        `${NOW + 1}, currentTimestampInMillis: ${NOW}`,
    ],
    [
      'of a shard that is not there',
      () => ({ ShardIteratorType: 'LATEST', ShardId: 'shardId-000000000002' }),
      'ResourceNotFoundException',
      () => `Shard shardId-000000000002 ${ONE} does not exist`,
    ],
    [
      'of what is no shard',
      () => ({ ShardIteratorType: 'LATEST', ShardId: 'first' }),
      'ResourceNotFoundException',
      () => `Could not find shard first ${ONE}.`,
    ],
  ])("%s is refused in AWS's words", async (_what, start, name, message) => {
    await expect(iterator(start())).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message()),
    });
  });

  it('is given at the end of a shard, where the next record comes', async () => {
    const start = { ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: yetToCome(1) } as const;
    const read = new GetRecordsCommand({ ShardIterator: await iterator(start) });
    expect((await running.clients.kinesis.send(read)).Records).toEqual([]);
  });

  it('that is older than five minutes has expired, and says when it was made', async () => {
    const ShardIterator = await iterator({ ShardIteratorType: 'LATEST' });
    time = NOW + 5 * 60_000 + 1000;
    const read = running.clients.kinesis.send(new GetRecordsCommand({ ShardIterator }));
    await expect(read).rejects.toMatchObject({
      name: 'ExpiredIteratorException',
      message:
        'Iterator expired. The iterator was created at time Thu Jan 01 00:00:00 UTC 2026 while right now it is ' +
        'Thu Jan 01 00:05:01 UTC 2026 which is further in the future than the tolerated delay of 300000 milliseconds.',
    });
    time = NOW;
  });

  it('is read with the ARN of its own stream, and of no other', async () => {
    const ShardIterator = await iterator({ ShardIteratorType: 'TRIM_HORIZON' });
    const read = (stream: string) =>
      running.clients.kinesis.send(
        new GetRecordsCommand({
          ShardIterator,
          StreamARN: `arn:aws:kinesis:us-east-1:000000000000:stream/${stream}`,
        }),
      );
    expect((await read('one')).Records).toHaveLength(1);
    await expect(read('other')).rejects.toMatchObject({ name: 'InvalidArgumentException' });
  });

  it('leaves those of another consumer alone: each reads the shard at its own pace', async () => {
    const StreamName = 'shared';
    const { kinesis } = running.clients;
    await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
    const texts = Array.from({ length: 30 }, (_, index) => String(index));
    const Records = texts.map((text) => ({ PartitionKey: 'k', Data: Buffer.from(text) }));
    await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
    const read = async (Limit: number) => {
      const seen: string[] = [];
      let ShardIterator: string | undefined = await iterator({
        StreamName,
        ShardIteratorType: 'TRIM_HORIZON',
      });
      while (seen.length < texts.length && ShardIterator) {
        const page: GetRecordsCommandOutput = await kinesis.send(
          new GetRecordsCommand({ ShardIterator, Limit }),
        );
        seen.push(...(page.Records ?? []).map(({ Data }) => Buffer.from(Data ?? []).toString()));
        ShardIterator = page.NextShardIterator;
      }
      return seen;
    };
    expect(await Promise.all([read(1), read(7), read(10_000)])).toEqual([texts, texts, texts]);
  });
});
