import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customers } from '../../datasets/index.js';
import { compare } from '../../demo/compare.js';
import { pageViews } from '../datasets/page-views.js';
import { type Lakehouse, openLakehouse } from './lakehouse-on-local-aws.js';

let lakehouse: Lakehouse;
beforeAll(async () => {
  lakehouse = await openLakehouse([customers, pageViews]);
});
afterAll(() => lakehouse.end());

describe('the path from events to rows', () => {
  it('brings 100,000 events back, each once and each value as it was sent', {
    timeout: 120_000,
  }, async () => {
    const events = await lakehouse.send(customers, 100_000);
    await lakehouse.waitForCount('SELECT count(*) FROM customers', 100_000, 60_000);
    const rows = [];
    for await (const row of await lakehouse.session.query('SELECT * FROM customers')) rows.push(row);
    expect(events).toHaveLength(100_000);
    expect(compare(customers, events, rows)).toEqual({ missing: 0, extra: 0, changed: [] });
    expect(lakehouse.troubles).toEqual([]);
  });

  it("answers the article's query, by whatever database and case it is named", async () => {
    const { database } = lakehouse.names;
    const result = await lakehouse.session.query(`SELECT * FROM "${database}"."Customers" LIMIT 10`);
    expect(result.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'uuid varchar',
      'event_date timestamp',
      'status varchar',
      'name varchar',
      'last_name varchar',
      'email varchar',
      'phone varchar',
      'year varchar',
      'month varchar',
      'day varchar',
      'hour varchar',
    ]);
    const rows = [];
    for await (const row of result) rows.push(row);
    expect(rows).toHaveLength(10);
    expect(result.statistics.bytesScanned).toBeGreaterThan(0);
  });

  it('takes a dataset of other columns and types just as well', async () => {
    const sent = await lakehouse.send(pageViews, 50);
    await lakehouse.waitForCount('SELECT count(*) FROM page_views', 50);
    const rows = new Map<string, Record<string, unknown>>();
    for await (const row of await lakehouse.session.query(
      'SELECT id, viewed_at, price, tags FROM page_views',
    )) {
      rows.set(String(row.id), row);
    }
    for (const event of sent) {
      expect(rows.get(String(event.id))).toEqual({
        id: BigInt(event.id as number),
        viewed_at: String(event.viewed_at).replace('T', ' ').replace('Z', ''),
        price: event.price,
        tags: `[${(event.tags as string[]).join(', ')}]`,
      });
    }
  });

  it('converts 499 of 500 records when one is bad, and keeps that one with its reason', async () => {
    const [before] = await lakehouse.column('SELECT count(*) FROM customers');
    const Records = Array.from({ length: 500 }, (_, index) => ({
      PartitionKey: `key-${index}`,
      Data: Buffer.from(index === 250 ? '{"uuid": "broken"' : `{"uuid": "batch-${index}", "name": "Ann"}\n`),
    }));
    const StreamName = lakehouse.names.stream('customers');
    const { Records: put } = await lakehouse.clients.kinesis.send(
      new PutRecordsCommand({ StreamName, Records }),
    );
    await lakehouse.waitForCount('SELECT count(*) FROM customers', Number(before) + 499);
    const Bucket = lakehouse.names.bucket('data', '000000000000');
    const { Contents } = await lakehouse.clients.s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: 'errors/' }),
    );
    expect(Contents).toHaveLength(1);
    expect(Contents?.[0]?.Key).toMatch(/\/format-conversion-failed\//);
    const { Body } = await lakehouse.clients.s3.send(
      new GetObjectCommand({ Bucket, Key: Contents?.[0]?.Key }),
    );
    const lines = (await Body?.transformToString())?.trim().split('\n') ?? [];
    expect(lines).toHaveLength(1);
    const error = JSON.parse(lines[0] ?? '');
    expect(Object.keys(error)).toEqual([
      'attemptsMade',
      'arrivalTimestamp',
      'lastErrorCode',
      'lastErrorMessage',
      'attemptEndingTimestamp',
      'rawData',
      'sequenceNumber',
      'dataCatalogTable',
    ]);
    expect(error).toMatchObject({
      lastErrorCode: 'DataFormatConversion.ParseError',
      lastErrorMessage: expect.stringMatching(/^Encountered malformed JSON\./),
      sequenceNumber: put?.[250]?.SequenceNumber,
      dataCatalogTable: {
        databaseName: lakehouse.names.database,
        tableName: 'customers',
        versionId: 'LATEST',
      },
    });
    expect(Buffer.from(error.rawData, 'base64').toString()).toBe('{"uuid": "broken"');
  });

  it('keeps a copy of every source record, the bad one too', async () => {
    const Bucket = lakehouse.names.bucket('data', '000000000000');
    const { Contents = [] } = await lakehouse.clients.s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: 'source/' }),
    );
    let lines = 0;
    let broken = 0;
    for (const { Key } of Contents.filter(({ Key }) => Key?.includes('customers'))) {
      const { Body } = await lakehouse.clients.s3.send(new GetObjectCommand({ Bucket, Key }));
      const text = (await Body?.transformToString()) ?? '';
      lines += text.split('\n').length - 1;
      if (text.includes('{"uuid": "broken"')) broken++;
    }
    // The broken record has no newline of its own.
    expect({ lines, broken }).toEqual({ lines: 100_000 + 499, broken: 1 });
  });
});

describe('a query that cannot be run', () => {
  it.each([
    [
      'SELECT * FROM nowhere',
      /TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog\.lakehouse_local\.nowhere' does not exist/,
    ],
    ['SELECT nothing FROM customers', /COLUMN_NOT_FOUND: line 1:8: Column 'nothing' cannot be resolved/],
    ['SELEC 1', /line 1:1: mismatched input 'SELEC'/],
    ['SELECT * FROM customers WHERE', /line 1:30/],
  ])('%s fails with a reason that says where', async (sql, reason) => {
    await expect(lakehouse.session.query(sql)).rejects.toMatchObject({
      name: 'UserQueryError',
      message: expect.stringMatching(reason),
    });
  });
});
