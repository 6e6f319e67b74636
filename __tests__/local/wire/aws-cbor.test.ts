import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordCommand,
} from '@aws-sdk/client-kinesis';
import { AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { cbor, tag } from '@smithy/core/cbor';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { rawRequest, signedFor } from './raw-request.js';

const SHARD = 'shardId-000000000000';
const START = Date.UTC(2026, 0, 1, 12, 0, 0, 250);
let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws({ clock: { now: () => START, after: () => () => {} } });
});
afterAll(() => aws.end());

/** Facts of Kinesis, Wire: the SDKs for Java speak CBOR 1.1, timestamps in it being tag 1 with integer milliseconds. */
describe('AWS’s CBOR protocol', () => {
  const call = async (operation: string, body: object | Buffer) => {
    const answer = await rawRequest(aws.local.endpoint, {
      method: 'POST',
      path: '/',
      headers: {
        authorization: signedFor('kinesis'),
        'x-amz-target': `Kinesis_20131202.${operation}`,
        'content-type': 'application/x-amz-cbor-1.1',
      },
      body: body instanceof Buffer ? body : Buffer.from(cbor.serialize(body)),
    });
    const { status, headers } = answer;
    expect(headers['content-type']).toBe('application/x-amz-cbor-1.1');
    return { status, headers, value: answer.body.length > 0 ? cbor.deserialize(answer.body) : undefined };
  };
  const iterator = async (start: object) => {
    const { value } = await call('GetShardIterator', { StreamName: 's', ShardId: SHARD, ...start });
    return value.ShardIterator as string;
  };
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

  beforeAll(async () => {
    expect(await call('CreateStream', { StreamName: 's', ShardCount: 1 })).toMatchObject({
      status: 200,
      value: undefined,
    });
    const { value } = await call('PutRecords', {
      StreamName: 's',
      Records: [
        { Data: bytes, PartitionKey: 'Ключ' },
        { Data: Buffer.of(), PartitionKey: 'k' },
      ],
    });
    expect(value).toMatchObject({ FailedRecordCount: 0, Records: [{ ShardId: SHARD }, { ShardId: SHARD }] });
  });

  it('has bytes as bytes, and timestamps as whole milliseconds, in answers', async () => {
    const { value } = await call('GetRecords', {
      ShardIterator: await iterator({ ShardIteratorType: 'TRIM_HORIZON' }),
    });
    expect(value).toMatchObject({ MillisBehindLatest: 0 });
    expect(value.Records[0]).toMatchObject({
      PartitionKey: 'Ключ',
      ApproximateArrivalTimestamp: { tag: 1, value: START },
    });
    expect(Buffer.from(value.Records[0].Data).equals(bytes)).toBe(true);
    expect(value.Records[1].Data).toHaveLength(0);
    const described = await call('DescribeStreamSummary', { StreamName: 's' });
    expect(described.value.StreamDescriptionSummary.StreamCreationTimestamp).toEqual(
      tag({ tag: 1, value: START }),
    );
  });

  it('has timestamps as milliseconds in requests, to the millisecond', async () => {
    const read = async (time: number) => {
      const start = { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: tag({ tag: 1, value: time }) };
      const { value } = await call('GetRecords', { ShardIterator: await iterator(start) });
      return value.Records.length;
    };
    expect(await read(START)).toBe(2);
    expect(await read(START - 1)).toBe(2);
    const ahead = { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: tag({ tag: 1, value: START + 1 }) };
    const { status, value } = await call('GetShardIterator', { StreamName: 's', ShardId: SHARD, ...ahead });
    expect({ status, type: value.__type }).toEqual({ status: 400, type: 'InvalidArgumentException' });
    expect(value.message).toContain(`timestampInMillis: ${START + 1}, currentTimestampInMillis: ${START}`);
  });

  it('gives an error its type and its message', async () => {
    const { status, headers, value } = await call('DescribeStream', { StreamName: 'none' });
    expect(status).toBe(400);
    expect(headers['x-amzn-errortype']).toBe('ResourceNotFoundException');
    expect(value).toEqual({
      __type: 'ResourceNotFoundException',
      message: 'Stream none under account 000000000000 not found.',
    });
    expect((await call('RegisterStreamConsumer', {})).value).toMatchObject({
      message: 'Local AWS does not implement kinesis:RegisterStreamConsumer.',
    });
  });

  it.each([
    ['what is no CBOR', Buffer.from([0xff, 0x01]), 'The request body is not valid CBOR.'],
    ['JSON', Buffer.from('{"StreamName":"s"}'), 'The request body is not valid CBOR.'],
    ['base64 for bytes', { StreamName: 's', Data: 'YQ==', PartitionKey: 'k' }, 'Data is not bytes.'],
    ['a number for a text', { StreamName: 1, Data: bytes, PartitionKey: 'k' }, 'StreamName is not a string.'],
  ])('refuses %s', async (_what, body, message) => {
    expect((await call('PutRecord', body)).value).toEqual({ __type: 'SerializationException', message });
  });

  it.each([
    ['a number', START],
    ['text', tag({ tag: 1, value: '2026' })],
    ['no number', tag({ tag: 1, value: Number.NaN })],
    ['later than any date', tag({ tag: 1, value: 1e300 })],
  ])('refuses a timestamp that is %s', async (_what, Timestamp) => {
    const start = { StreamName: 's', ShardId: SHARD, ShardIteratorType: 'AT_TIMESTAMP', Timestamp };
    expect((await call('GetShardIterator', start)).value).toEqual({
      __type: 'SerializationException',
      message: 'Timestamp is not a timestamp.',
    });
  });

  it('says what is missing, as in JSON', async () => {
    expect((await call('PutRecords', { StreamName: 's', Records: [{ PartitionKey: 'k' }] })).value).toEqual({
      __type: 'ValidationException',
      message:
        "1 validation error detected: Value null at 'records.1.member.data' failed to satisfy constraint: " +
        'Member must not be null',
    });
  });
});

/** Speaks AWS's CBOR: the SDK's client for Smithy's, with the operation in a header. It takes milliseconds for seconds. */
class AwsCborProtocol extends AwsSmithyRpcV2CborProtocol {
  override async serializeRequest(...args: Parameters<AwsSmithyRpcV2CborProtocol['serializeRequest']>) {
    const request = await super.serializeRequest(...args);
    request.path = '/';
    const { 'smithy-protocol': _, ...headers } = request.headers;
    request.headers = {
      ...headers,
      'content-type': 'application/x-amz-cbor-1.1',
      accept: 'application/x-amz-cbor-1.1',
      'x-amz-target': `Kinesis_20131202.${args[0].name}`,
    };
    return request;
  }
}

describe.each([
  ['AWS’s CBOR', AwsCborProtocol, 1000],
  ['Smithy’s CBOR', AwsSmithyRpcV2CborProtocol, 1],
])('the SDK speaking %s', (_which, protocol, factor) => {
  it('creates, puts, reads and is told of errors', async () => {
    const client = new KinesisClient({
      endpoint: aws.local.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
      protocol,
    });
    onTestFinished(() => client.destroy());
    const stream = { StreamName: `by-sdk-${factor}` };
    await client.send(new CreateStreamCommand({ ...stream, ShardCount: 1 }));
    const Data = Buffer.from('ü');
    await client.send(new PutRecordCommand({ ...stream, PartitionKey: 'k', Data }));
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({ ...stream, ShardId: SHARD, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const { Records } = await client.send(new GetRecordsCommand({ ShardIterator }));
    expect(Records?.map(({ Data }) => Buffer.from(Data ?? []).toString())).toEqual(['ü']);
    expect(Records?.[0]?.ApproximateArrivalTimestamp?.getTime()).toBe(START * factor);
    await expect(client.send(new DescribeStreamSummaryCommand({ StreamName: 'no' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Stream no under account 000000000000 not found.',
    });
  });
});
