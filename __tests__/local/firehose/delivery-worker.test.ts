import { readdir, writeFile } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock as clock } from '../../../local/clock.js';
import type { ConvertFailure } from '../../../local/engine/conversion.js';
import type { Engine } from '../../../local/engine/engine.js';
import { Deliveries } from '../../../local/firehose/deliveries.js';
import type { Checkpoint } from '../../../local/firehose/delivery-entry.js';
import { createDeliveryStream } from '../../../local/firehose/delivery-streams.js';
import { createDatabase } from '../../../local/glue/databases.js';
import { createTable } from '../../../local/glue/tables.js';
import { putRecord } from '../../../local/kinesis/put-records.js';
import { RecordLog } from '../../../local/kinesis/record-log.js';
import { createStream, deleteStream } from '../../../local/kinesis/streams.js';
import { findBucket } from '../../../local/s3/bucket-entry.js';
import { createBucket, deleteBucket } from '../../../local/s3/buckets.js';
import { ObjectTable } from '../../../local/s3/object-table.js';
import { ContentFiles } from '../../../local/store/content.js';
import { openStore } from '../../../local/store/store.js';
import { temporaryFolder } from '../running-local-aws.js';

const context = { account: '000000000000', region: 'us-east-1', requestId: 'r', endpoint: '' };

/** A delivery by an engine that does what the test says in the place of a conversion. */
async function delivery() {
  const { folder, remove } = await temporaryFolder();
  const store = await openStore(folder);
  const content = new ContentFiles(folder);
  await content.open();
  const log = new RecordLog(store);
  const objects = new ObjectTable(store, content);
  const failures: string[] = [];
  const told = {
    convert: async (): Promise<void> => undefined,
    kept: async (): Promise<void> => undefined,
    conversionFailures: [] as ConvertFailure[],
  };
  const unused = () => Promise.reject(new Error('This is not asked for.'));
  const engine: Engine = {
    convert: async ({ parquetPath, recordLengths }) => {
      await told.convert();
      await writeFile(parquetPath, 'PAR1');
      return { rows: recordLengths.length, failures: told.conversionFailures, misfits: [] };
    },
    prepare: unused,
    execute: unused,
    cancel: unused,
    close: unused,
  };
  const keep = content.keep.bind(content);
  content.keep = async (path, key) => {
    const file = await keep(path, key);
    await told.kept();
    return file;
  };
  const deliveries = new Deliveries({
    store,
    log,
    objects,
    content,
    engine,
    clock,
    onFailure: (_, error) => failures.push(String(error)),
    onExpired: () => undefined,
  });
  onTestFinished(async () => {
    await deliveries.stopAll();
    await store.close();
    await remove();
  });
  const s3 = { store, objects, content, clock };
  const kinesis = { store, log, clock };
  const makeStream = () => createStream(kinesis)({ StreamName: 's', ShardCount: 1 }, context);
  const makeBucket = () => createBucket(s3)({ Bucket: 'bucket' }, context);
  await makeBucket();
  await makeStream();
  await createDatabase({ store, clock })({ DatabaseInput: { Name: 'd' } }, context);
  await createTable({ store, clock })(
    {
      DatabaseName: 'd',
      TableInput: { Name: 't', StorageDescriptor: { Columns: [{ Name: 'id', Type: 'string' }] } },
    },
    context,
  );
  const RoleARN = 'arn:aws:iam::000000000000:role/firehose';
  await createDeliveryStream({ store, log, clock, deliveries })(
    {
      DeliveryStreamName: 'f',
      DeliveryStreamType: 'KinesisStreamAsSource',
      KinesisStreamSourceConfiguration: {
        KinesisStreamARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/s',
        RoleARN,
      },
      ExtendedS3DestinationConfiguration: {
        RoleARN,
        BucketARN: 'arn:aws:s3:::bucket',
        BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 0 },
        DataFormatConversionConfiguration: {
          InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
          OutputFormatConfiguration: { Serializer: { ParquetSerDe: {} } },
          SchemaConfiguration: { RoleARN, DatabaseName: 'd', TableName: 't' },
        },
      },
    },
    context,
  );
  return {
    told,
    failures,
    makeBucket,
    makeStream,
    removeBucket: () => deleteBucket(s3)({ Bucket: 'bucket' }, context),
    removeStream: () => deleteStream(kinesis)({ StreamName: 's' }, context),
    put: () => putRecord(kinesis)({ StreamName: 's', PartitionKey: 'k', Data: Buffer.from('{}') }, context),
    objects: () => [...objects.list(findBucket(store.entries, 'bucket', context.account).id, '')].length,
    checkpoint: () => [...store.entries.list<Checkpoint>(['checkpoint'])][0]?.shards[0]?.position,
    files: async () => {
      const entries = await readdir(content.objectsFolder, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).length;
    },
  };
}

it('goes on after a failure whose records went with their stream', async () => {
  const { told, failures, put, makeStream, removeStream, objects } = await delivery();
  told.convert = () => Promise.reject(new Error('down'));
  await put();
  await expect.poll(() => failures).toHaveLength(1);
  await removeStream();
  // The retry comes after a second, and finds no stream.
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  told.convert = async () => undefined;
  await makeStream();
  await put();
  await expect.poll(objects, { timeout: 3_000 }).toBe(1);
});

it('delivers again what was under way when its bucket was deleted and made anew', async () => {
  const { told, failures, put, makeBucket, removeBucket, objects, files } = await delivery();
  told.kept = async () => {
    told.kept = async () => undefined;
    await removeBucket();
    await makeBucket();
  };
  await put();
  await expect.poll(() => failures).toEqual([expect.stringContaining('bucket does not exist')]);
  expect(await files()).toBe(0);
  await expect.poll(objects, { timeout: 3_000 }).toBe(1);
  expect(await files()).toBe(1);
});

// The fact: if the error object cannot be written, Firehose retries it and delivers nothing further.
it('delivers nothing further while the object of failed records cannot be written', async () => {
  const { told, failures, put, objects, checkpoint } = await delivery();
  told.conversionFailures = [{ record: 0, code: 'DataFormatConversion.ParseError', message: 'no' }];
  let kept = 0;
  told.kept = async () => {
    if (++kept % 2 === 0) throw new Error('disk full');
  };
  await put();
  await expect.poll(() => failures).toEqual(['Error: disk full']);
  await put();
  await expect.poll(() => failures.length, { timeout: 3_000 }).toBeGreaterThan(1);
  expect([objects(), checkpoint()]).toEqual([0, 0]);
  told.kept = async () => undefined;
  await expect.poll(objects, { timeout: 5_000 }).toBe(2);
  expect(checkpoint()).toBe(2);
});
