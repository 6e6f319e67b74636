import {
  CreateDeliveryStreamCommand,
  DeleteDeliveryStreamCommand,
  ListDeliveryStreamsCommand,
  PutRecordBatchCommand,
  PutRecordCommand,
  StartDeliveryStreamEncryptionCommand,
  StopDeliveryStreamEncryptionCommand,
} from '@aws-sdk/client-firehose';
import { ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { CreateBucketCommand, DeleteBucketCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../local/store/store.js';
import { deliveryForTest, directPut, plain } from './delivery.js';

const DeliveryStreamName = 'g';
const Records = (...texts: string[]) => texts.map((text) => ({ Data: Buffer.from(text) }));

/** Beside the delivery stream `f` one of Direct PUT, `g`. */
async function directPutForTest(changes = plain) {
  const running = await deliveryForTest();
  const { firehose } = running.clients;
  await firehose.send(new CreateDeliveryStreamCommand(directPut(changes)));
  return {
    ...running,
    put: (text: string) =>
      firehose.send(new PutRecordCommand({ DeliveryStreamName, Record: { Data: Buffer.from(text) } })),
    putBatch: (...texts: string[]) =>
      firehose.send(new PutRecordBatchCommand({ DeliveryStreamName, Records: Records(...texts) })),
  };
}

describe('Direct PUT', () => {
  it('is what a delivery stream has that does not say, and no source', async () => {
    const { describe, clients } = await directPutForTest();
    const description = await describe('g');
    expect(description).toMatchObject({ DeliveryStreamType: 'DirectPut', DeliveryStreamStatus: 'ACTIVE' });
    expect(description).not.toHaveProperty('Source');
    const named = async (DeliveryStreamType: 'DirectPut' | 'KinesisStreamAsSource') =>
      (await clients.firehose.send(new ListDeliveryStreamsCommand({ DeliveryStreamType })))
        .DeliveryStreamNames;
    expect(await named('DirectPut')).toEqual(['g']);
    expect(await named('KinesisStreamAsSource')).toEqual(['f']);
  });

  it('delivers records one behind the other as they came', async () => {
    const { put, putBatch, keys, objects, read, troubles } = await directPutForTest({
      ...plain,
      BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 1 },
    });
    const one = await put('one');
    const { RequestResponses, ...rest } = await putBatch('two\n', '', 'three');
    expect(rest).toMatchObject({ FailedPutCount: 0, Encrypted: false });
    const ids = [one.RecordId, ...(RequestResponses ?? []).map(({ RecordId }) => RecordId)];
    expect(new Set(ids).size).toBe(4);
    await objects(1);
    const [key] = await keys();
    expect(key).toMatch(/^data\/\d{4}\/\d\d\/\d\d\/\d\d\/g-1-\d{4}(-\d\d){5}-[\da-f-]{36}$/);
    expect((await read(key)).bytes.toString()).toBe('onetwo\nthree');
    expect(troubles).toEqual([]);
  });

  it('delivers at once what reaches the size of the buffer', async () => {
    const { put, putBatch, objects, keys, read } = await directPutForTest({
      ...plain,
      BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 900 },
    });
    await put('x');
    await putBatch('a'.repeat(1_024_000), 'b'.repeat(30_000));
    await objects(1);
    const [key] = await keys();
    expect((await read(key)).bytes.length).toBeGreaterThan(1024 ** 2);
  });

  it('converts records, and its failed ones have the fields of a stream', async () => {
    const { putBatch, keys, objects, read, troubles } = await directPutForTest({});
    const { RequestResponses } = await putBatch('{"id":"1"}{"id":"2"}', '{"broken', ' ');
    await objects(2);
    const [parquet, errors] = await keys();
    expect(parquet).toMatch(/\.parquet$/);
    expect(errors).toMatch(/^errors\/g-1-/);
    const lines = (await read(errors)).bytes.toString().trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).sequenceNumber)).toEqual(
      RequestResponses?.slice(1).map(({ RecordId }) => RecordId),
    );
    expect(troubles).toEqual([]);
  });

  it('is nothing that Kinesis knows of', async () => {
    const { putBatch, clients, objects } = await directPutForTest();
    await putBatch('a');
    await objects(1);
    expect((await clients.kinesis.send(new ListStreamsCommand({}))).StreamNames).toEqual(['s']);
  });

  it('keeps what it cannot deliver until it can', async () => {
    const { clients, put, objects, troubles } = await deliveryForTest({
      destination: { ...plain, BucketARN: 'arn:aws:s3:::other' },
    });
    await put('a');
    await expect.poll(() => troubles).toHaveLength(1);
    await clients.firehose.send(new CreateDeliveryStreamCommand(directPut(plain)));
    await clients.s3.send(new DeleteBucketCommand({ Bucket: 'bucket' }));
    await clients.firehose.send(new PutRecordBatchCommand({ DeliveryStreamName, Records: Records('b') }));
    await expect.poll(() => troubles).toHaveLength(2);
    await clients.s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    await objects(1);
  });

  it('forgets what was put to a delivery stream that is deleted', async () => {
    const { clients, putBatch, keys, objects, read } = await directPutForTest({
      ...plain,
      BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 900 },
    });
    await putBatch('old');
    await clients.firehose.send(new DeleteDeliveryStreamCommand({ DeliveryStreamName }));
    await expect(putBatch('x')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Firehose g under account 000000000000 not found.',
    });
    await clients.firehose.send(new CreateDeliveryStreamCommand(directPut(plain)));
    await putBatch('new');
    await objects(1);
    expect((await read((await keys())[0])).bytes.toString()).toBe('new');
  });
});

it('keeps nothing of a delivery stream of Direct PUT that is deleted', async () => {
  const { clients, local, dataDir, putBatch } = await directPutForTest({
    ...plain,
    BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 900 },
  });
  await putBatch('a', 'b');
  await clients.firehose.send(new DeleteDeliveryStreamCommand({ DeliveryStreamName }));
  await local.close();
  const store = await openStore(dataDir);
  expect([...store.records.getKeys({})]).toEqual([]);
  await store.close();
});

describe('a put', () => {
  // Limits: a record of 1,000 KiB before base64, 500 records and 4 MiB a call.
  it('may be as large as AWS takes it, and no larger', async () => {
    const { put, putBatch } = await directPutForTest();
    const largest = 'a'.repeat(1_024_000);
    await put(largest);
    await expect(put(`${largest}a`)).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value at 'record.data' failed to satisfy constraint: Member must have length less than or equal to 1024000",
    });
    await expect(putBatch('a', `${largest}a`)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("'records.2.member.data'"),
    });
    await putBatch(largest, largest, largest, largest, 'a'.repeat(4 * 1024 ** 2 - 4 * 1_024_000));
    await expect(
      putBatch(largest, largest, largest, largest, 'a'.repeat(4 * 1024 ** 2 - 4 * 1_024_000 + 1)),
    ).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: 'Records size exceeds 4 MB limit',
    });
    await putBatch(...Array.from({ length: 500 }, () => 'a'));
    for (const count of [0, 501]) {
      await expect(putBatch(...Array.from({ length: count }, () => 'a'))).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining("'records' failed to satisfy constraint: Member must have length"),
      });
    }
  });

  it('is for delivery streams without a Kinesis stream', async () => {
    const { clients } = await deliveryForTest();
    const refusal = {
      name: 'InvalidArgumentException',
      message: 'This operation is not permitted on KinesisStreamAsSource delivery stream type.',
    };
    const f = { DeliveryStreamName: 'f' };
    const [Record] = Records('a');
    await expect(clients.firehose.send(new PutRecordCommand({ ...f, Record }))).rejects.toMatchObject(
      refusal,
    );
    const batch = new PutRecordBatchCommand({ ...f, Records: Records('a') });
    await expect(clients.firehose.send(batch)).rejects.toMatchObject(refusal);
  });
});

describe('the encryption of a delivery stream', () => {
  const KeyARN = 'arn:aws:kms:us-east-1:000000000000:key/k';

  it('is told, and of each put', async () => {
    const { clients, describe, put, putBatch } = await directPutForTest();
    const { firehose } = clients;
    const told = async () => (await describe('g'))?.DeliveryStreamEncryptionConfiguration;
    expect(await told()).toEqual({ Status: 'DISABLED' });
    await firehose.send(new StartDeliveryStreamEncryptionCommand({ DeliveryStreamName }));
    expect(await told()).toEqual({ Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' });
    expect(await put('a')).toMatchObject({ Encrypted: true });
    const DeliveryStreamEncryptionConfigurationInput = { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN } as const;
    await firehose.send(
      new StartDeliveryStreamEncryptionCommand({
        DeliveryStreamName,
        DeliveryStreamEncryptionConfigurationInput,
      }),
    );
    expect(await told()).toEqual({ Status: 'ENABLED', KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN });
    await firehose.send(new StopDeliveryStreamEncryptionCommand({ DeliveryStreamName }));
    expect(await told()).toEqual({ Status: 'DISABLED' });
    expect(await putBatch('a')).toMatchObject({ Encrypted: false });
  });

  it.each([
    [{ KeyType: 'CUSTOMER_MANAGED_CMK' }, 'KeyARN has to be specified when KeyType is CUSTOMER_MANAGED_CMK'],
    [{ KeyType: 'AWS_OWNED_CMK', KeyARN }, 'KeyARN cannot be specified when KeyType is AWS_OWNED_CMK'],
  ] as const)('is refused by %o', async (DeliveryStreamEncryptionConfigurationInput, message) => {
    const { clients } = await deliveryForTest();
    const create = { ...directPut(plain), DeliveryStreamEncryptionConfigurationInput };
    await expect(clients.firehose.send(new CreateDeliveryStreamCommand(create))).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message,
    });
  });

  // The fact: a delivery stream's own encryption cannot be set when the source is a Kinesis stream.
  it('is not there where the source is a Kinesis stream', async () => {
    const { clients, describe } = await deliveryForTest();
    await expect(
      clients.firehose.send(new StartDeliveryStreamEncryptionCommand({ DeliveryStreamName: 'f' })),
    ).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: expect.stringContaining('only allowed for direct put delivery streams'),
    });
    expect((await describe())?.DeliveryStreamEncryptionConfiguration).toEqual({ Status: 'DISABLED' });
  });
});
