import { gunzipSync } from 'node:zlib';
import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { describe, expect, it } from 'vitest';
import { turnedClock } from '../kinesis/turned-clock.js';
import { BucketARN, deliveryForTest, destination, plain } from './delivery.js';

const { RoleARN } = destination;
const backup = { RoleARN, BucketARN, Prefix: 'source/' };
const NAME = String.raw`f-1-\d{4}(-\d\d){5}-[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}`;
/** The hour that the delivery stream has appended to a prefix. */
const HOUR = String.raw`\d{4}/\d\d/\d\d/\d\d/`;

describe('delivery without conversion', () => {
  it('puts the records in an object as they came', async () => {
    const { put, keys, objects, read } = await deliveryForTest({ destination: plain });
    await put('a', 'b');
    await objects(1);
    const [key] = await keys();
    expect(key).toMatch(new RegExp(`^data/${HOUR}${NAME}$`));
    const { bytes, ContentType, ContentEncoding, Metadata } = await read(key);
    expect(bytes.toString().trim().split('\n').sort()).toEqual(['{"id": "a"}', '{"id": "b"}']);
    expect({ ContentType, ContentEncoding, Metadata }).toEqual({
      ContentType: 'application/octet-stream',
      ContentEncoding: undefined,
      Metadata: {},
    });
  });

  // What real Firehose does with GZIP: `.gz`, and the encoding said.
  it('compresses them, and their backup beside', async () => {
    const { put, keys, objects, read, troubles } = await deliveryForTest({
      destination: {
        ...plain,
        CompressionFormat: 'GZIP',
        S3BackupMode: 'Enabled',
        S3BackupConfiguration: { ...backup, CompressionFormat: 'GZIP' },
      },
    });
    await put('a');
    await objects(2);
    for (const key of await keys()) {
      expect(key).toMatch(new RegExp(`^(data|source)/${HOUR}${NAME}\\.gz$`));
      const { bytes, ContentEncoding } = await read(key);
      expect(ContentEncoding).toBe('gzip');
      expect(gunzipSync(bytes).toString()).toBe('{"id": "a"}\n');
    }
    expect(troubles).toEqual([]);
  });

  it('keeps object and backup apart where both are as they came', async () => {
    const { put, keys, objects, read } = await deliveryForTest({
      destination: { ...plain, S3BackupMode: 'Enabled', S3BackupConfiguration: backup },
    });
    await put('a');
    await objects(2);
    const texts = await Promise.all((await keys()).map(async (key) => (await read(key)).bytes.toString()));
    expect(texts).toEqual(['{"id": "a"}\n', '{"id": "a"}\n']);
  });

  it('is what a conversion that is disabled leaves', async () => {
    const DataFormatConversionConfiguration = {
      ...destination.DataFormatConversionConfiguration,
      Enabled: false,
    };
    const { put, keys, objects } = await deliveryForTest({
      destination: { CompressionFormat: 'GZIP', DataFormatConversionConfiguration },
    });
    await put('a');
    await objects(1);
    expect((await keys())[0]).toMatch(/\.gz$/);
  });
});

describe("an object's name", () => {
  // The fact: the approximate arrival of the oldest record in the object, in UTC unless a time zone is set.
  it('has the time of its oldest record, in the time zone that is asked for', async () => {
    const clock = turnedClock();
    const { put, keys, objects, update } = await deliveryForTest({
      clock,
      destination: {
        ...plain,
        BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 900 },
        Prefix: '!{timestamp:yyyy-MM-dd}/!{timestamp:HH}/',
        ErrorOutputPrefix: '!{firehose:error-output-type}/',
        CustomTimeZone: 'Asia/Tokyo',
      },
    });
    clock.turn(Date.UTC(2030, 11, 31, 15, 30) - clock.now());
    await put('a');
    clock.turn(600_000);
    await put('b');
    await update({ BufferingHints: { IntervalInSeconds: 0 } });
    await objects(1);
    expect((await keys())[0]).toMatch(/^2031-01-01\/00\/f-2-2031-01-01-00-30-\d\d-/);
  });

  it('has random strings of its own', async () => {
    const { put, keys, objects } = await deliveryForTest({
      destination: {
        ...plain,
        Prefix: '!{firehose:random-string}/!{firehose:random-string}/!{timestamp:yyyy}/',
        ErrorOutputPrefix: '!{firehose:error-output-type}/',
      },
    });
    await put('a');
    await objects(1);
    const [, first, second] =
      /^([A-Za-z0-9]{11})\/([A-Za-z0-9]{11})\/\d{4}\/f-/.exec((await keys())[0] ?? '') ?? [];
    expect(first).toHaveLength(11);
    expect(second).not.toBe(first);
  });

  it('ends as is asked for, whatever is in the object', async () => {
    const { put, keys, objects, update } = await deliveryForTest({
      destination: { ...plain, CompressionFormat: 'GZIP', FileExtension: ".json-v1_x.a*'()!" },
    });
    await put('a');
    await objects(1);
    expect((await keys())[0]).toMatch(/[\da-f]{12}\.json-v1_x\.a\*'\(\)!$/);
    await update({ FileExtension: '' });
    await put('b');
    await objects(2);
    expect((await keys()).some((key) => key.endsWith('.gz'))).toBe(true);
  });
});

describe('the object of failed records', () => {
  it('has the fields of Firehose, in their order', async () => {
    const clock = turnedClock();
    const { clients, keys, objects, read, update } = await deliveryForTest({
      clock,
      destination: {
        BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 900 },
        ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/!{timestamp:yyyy}/',
        FileExtension: '.pq',
      },
    });
    const arrived = clock.now();
    const data = ['{"broken"', '', '{"id":"fits"}'];
    const Records = data.map((text) => ({ PartitionKey: 'k', Data: Buffer.from(text) }));
    const put = await clients.kinesis.send(new PutRecordsCommand({ StreamName: 's', Records }));
    clock.turn(5_000);
    await update({ BufferingHints: { IntervalInSeconds: 0 } });
    await objects(2);
    const [parquet, key] = await keys();
    expect(parquet).toMatch(/\.pq$/);
    expect(key).toMatch(/^errors\/format-conversion-failed\/\d{4}\/f-2-[-\d]+-[\da-f-]{36}$/);
    const { bytes, ContentType } = await read(key);
    expect(ContentType).toBe('application/octet-stream');
    const lines = bytes.toString().trimEnd().split('\n');
    const failed = lines.map((line) => JSON.parse(line));
    const order = [
      ...['attemptsMade', 'arrivalTimestamp', 'lastErrorCode', 'lastErrorMessage', 'attemptEndingTimestamp'],
      ...['rawData', 'sequenceNumber', 'dataCatalogTable'],
    ];
    expect(failed.map((line) => Object.keys(line))).toEqual([order, order]);
    expect(Object.keys(failed[0].dataCatalogTable)).toEqual([
      ...['catalogId', 'databaseName', 'tableName', 'region', 'versionId', 'roleArn'],
    ]);
    for (const [index, line] of failed.entries()) {
      expect(line).toMatchObject({
        attemptsMade: 1,
        rawData: Buffer.from(data[index] ?? '').toString('base64'),
        sequenceNumber: put.Records?.[index]?.SequenceNumber,
        dataCatalogTable: {
          catalogId: null,
          databaseName: 'd',
          tableName: 't',
          region: 'us-east-1',
          versionId: 'LATEST',
          roleArn: RoleARN,
        },
      });
      expect(line.arrivalTimestamp).toBeGreaterThanOrEqual(arrived);
      expect(line.attemptEndingTimestamp).toBeGreaterThanOrEqual(line.arrivalTimestamp + 5_000);
    }
    expect(failed.map(({ lastErrorCode }) => lastErrorCode)).toEqual([
      'DataFormatConversion.ParseError',
      'DataFormatConversion.MalformedData',
    ]);
    expect(failed[0].lastErrorMessage).toMatch(/^Encountered malformed JSON\./);
    expect(failed[1].lastErrorMessage).toBe('The record was empty or contained only whitespace.');
  });
});
