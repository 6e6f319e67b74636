import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../local/running-local-aws.js';
import { type Lakehouse, openLakehouse } from '../path/lakehouse-on-local-aws.js';
import { isThere, output } from './command.js';
import { readParquet } from './parquet.js';

const hasAws = isThere('aws', ['--version']);
const isVersion2 = hasAws && isThere('aws', ['--cli-binary-format', 'base64', '--version']);

describe.skipIf(!hasAws)(`the aws command line${hasAws ? '' : ' (left out: not installed)'}`, () => {
  let lakehouse: Lakehouse;
  let scratch: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    lakehouse = await openLakehouse();
    scratch = await temporaryFolder();
  });
  afterAll(async () => {
    await lakehouse.end();
    await scratch.remove();
  });
  const aws = (...args: readonly string[]) => output(lakehouse.local.endpoint, 'aws', args);
  const json = async (...args: readonly string[]) => JSON.parse(await aws(...args, '--output', 'json'));

  it('takes records to rows: puts them, finds the Parquet object, downloads it and queries it', {
    timeout: 120_000,
  }, async () => {
    const { names } = lakehouse;
    const event = {
      uuid: 'cli-1',
      event_date: '2026-02-04T21:35:54.759Z',
      status: 'Active',
      name: 'Zoë',
      phone: '900000000',
    };
    const data = JSON.stringify(event);
    const records = [
      { PartitionKey: 'cli-1', Data: isVersion2 ? Buffer.from(data).toString('base64') : data },
    ];
    const input = path.join(scratch.folder, 'records.json');
    await writeFile(input, JSON.stringify(records));
    const put = await json(
      'kinesis',
      'put-records',
      '--stream-name',
      names.stream('customers'),
      '--records',
      `file://${input}`,
    );
    expect(put.FailedRecordCount).toBe(0);
    await lakehouse.waitForCount('SELECT count(*) FROM customers', 1);

    const delivery = ['--delivery-stream-name', names.deliveryStream('customers')];
    const described = await json('firehose', 'describe-delivery-stream', ...delivery);
    expect(described.DeliveryStreamDescription).toMatchObject({
      DeliveryStreamStatus: 'ACTIVE',
      DeliveryStreamType: 'KinesisStreamAsSource',
      VersionId: '1',
      Destinations: [{ DestinationId: 'destinationId-000000000001', ExtendedS3DestinationDescription: {} }],
    });

    const bucket = names.bucket('data', '000000000000');
    const listed = await aws('s3', 'ls', '--recursive', `s3://${bucket}/customers/`);
    const key = /customers\/year=\S+\.parquet/.exec(listed)?.[0] ?? '';
    expect(key).toMatch(/^customers\/year=\d{4}\/month=\d{2}\/day=\d{2}\/hour=\d{2}\//);
    const file = path.join(scratch.folder, 'object.parquet');
    await aws('s3', 'cp', `s3://${bucket}/${key}`, file);
    const parquet = await readParquet(file);
    expect(parquet.types).toEqual({
      uuid: 'BYTE_ARRAY UTF8',
      event_date: 'INT64 TIMESTAMP',
      status: 'BYTE_ARRAY UTF8',
      name: 'BYTE_ARRAY UTF8',
      last_name: 'BYTE_ARRAY UTF8',
      email: 'BYTE_ARRAY UTF8',
      phone: 'BYTE_ARRAY UTF8',
    });
    expect(parquet.rows).toEqual([
      { ...event, event_date: new Date(event.event_date), last_name: null, email: null },
    ]);

    const { QueryExecutionId } = await json(
      'athena',
      'start-query-execution',
      '--query-string',
      `SELECT uuid, event_date, name, email FROM "${names.database}"."customers" LIMIT 10`,
      '--work-group',
      names.workgroup,
    );
    const id = ['--query-execution-id', QueryExecutionId];
    await expect
      .poll(async () => (await json('athena', 'get-query-execution', ...id)).QueryExecution.Status.State, {
        timeout: 20_000,
      })
      .toBe('SUCCEEDED');
    const results = await json('athena', 'get-query-results', ...id);
    expect(results.ResultSet.Rows.map(({ Data }: { Data: object[] }) => Data)).toEqual([
      ['uuid', 'event_date', 'name', 'email'].map((VarCharValue) => ({ VarCharValue })),
      [{ VarCharValue: 'cli-1' }, { VarCharValue: '2026-02-04 21:35:54.759' }, { VarCharValue: 'Zoë' }, {}],
    ]);
  });
});
