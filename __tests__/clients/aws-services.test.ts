import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws, temporaryFolder } from '../local/running-local-aws.js';
import { isThere, output } from './command.js';

const hasAws = isThere('aws', ['--version']);
const isVersion2 = hasAws && isThere('aws', ['--cli-binary-format', 'base64', '--version']);

/** What a person at a terminal would look at and try out. */
describe.skipIf(!hasAws)(
  `aws kinesis, glue and s3api${hasAws ? '' : ' (left out: not installed)'}`,
  {
    timeout: 90_000,
  },
  () => {
    let local: RunningLocalAws;
    let scratch: Awaited<ReturnType<typeof temporaryFolder>>;
    beforeAll(async () => {
      local = await runLocalAws();
      scratch = await temporaryFolder();
    });
    afterAll(async () => {
      expect(local.troubles).toEqual([]);
      await local.end();
      await scratch.remove();
    });
    const aws = async (...args: readonly string[]) => {
      const text = await output(local.local.endpoint, 'aws', [...args, '--output', 'json']);
      return text === '' ? undefined : JSON.parse(text);
    };
    /** What the command says where it is refused. */
    const refusal = (...args: readonly string[]) =>
      aws(...args).then(
        () => 'not refused',
        (error: { readonly stderr?: string }) => error.stderr ?? '',
      );
    const file = async (name: string, value: unknown) => {
      const at = path.join(scratch.folder, name);
      await writeFile(at, typeof value === 'string' ? value : JSON.stringify(value));
      return `file://${at}`;
    };

    it('makes a stream, writes, reads, splits and deletes it', async () => {
      const stream = ['--stream-name', 'orders'];
      const kinesis = (operation: string, ...args: readonly string[]) => aws('kinesis', operation, ...args);
      await kinesis('create-stream', ...stream, '--shard-count', '1', '--tags', 'team=lake');
      await aws('kinesis', 'wait', 'stream-exists', ...stream);
      const summary = await kinesis('describe-stream-summary', ...stream);
      expect(summary.StreamDescriptionSummary).toMatchObject({
        StreamName: 'orders',
        StreamStatus: 'ACTIVE',
        OpenShardCount: 1,
        RetentionPeriodHours: 24,
      });
      const data = isVersion2 ? Buffer.from('héllo').toString('base64') : 'héllo';
      const put = await kinesis('put-record', ...stream, '--partition-key', 'k', '--data', data);
      expect(put.ShardId).toBe('shardId-000000000000');
      const start = ['--shard-id', put.ShardId, '--shard-iterator-type', 'TRIM_HORIZON'];
      const { ShardIterator } = await kinesis('get-shard-iterator', ...stream, ...start);
      const { Records, MillisBehindLatest } = await kinesis('get-records', '--shard-iterator', ShardIterator);
      expect(Records).toMatchObject([{ SequenceNumber: put.SequenceNumber, PartitionKey: 'k' }]);
      expect(Buffer.from(Records[0].Data, 'base64').toString()).toBe('héllo');
      expect(MillisBehindLatest).toBe(0);
      const split = ['--shard-to-split', put.ShardId, '--new-starting-hash-key', String(2n ** 127n)];
      await kinesis('split-shard', ...stream, ...split);
      const { Shards } = await kinesis('list-shards', ...stream);
      expect(Shards.map(({ ParentShardId }: { ParentShardId?: string }) => ParentShardId)).toEqual([
        undefined,
        put.ShardId,
        put.ShardId,
      ]);
      expect((await kinesis('list-tags-for-stream', ...stream)).Tags).toEqual([
        { Key: 'team', Value: 'lake' },
      ]);
      await kinesis('delete-stream', ...stream);
      expect(await refusal('kinesis', 'describe-stream', ...stream)).toContain(
        '(ResourceNotFoundException) when calling the DescribeStream operation: Stream orders under account 000000000000 not found.',
      );
    });

    it('makes a table, registers partitions and finds them by an expression', async () => {
      const glue = (operation: string, ...args: readonly string[]) => aws('glue', operation, ...args);
      const table = ['--database-name', 'lake', '--table-name', 'events'];
      await glue('create-database', '--database-input', '{"Name":"lake","Description":"all of it"}');
      const storage = { Columns: [{ Name: 'a', Type: 'string' }], Location: 's3://bucket/events/' };
      const definition = await file('table.json', {
        Name: 'events',
        PartitionKeys: ['year', 'month'].map((Name) => ({ Name, Type: 'int' })),
        StorageDescriptor: storage,
      });
      await glue('create-table', '--database-name', 'lake', '--table-input', definition);
      const inputs = [1, 2, 11].map((month) => ({
        Values: ['2026', `${month}`],
        StorageDescriptor: storage,
      }));
      const list = await file('partitions.json', inputs);
      expect(await glue('batch-create-partition', ...table, '--partition-input-list', list)).toEqual({
        Errors: [],
      });
      const found = await glue('get-partitions', ...table, '--expression', 'year = 2026 AND month > 1');
      expect(found.Partitions.map(({ Values }: { Values: string[] }) => Values)).toEqual(
        expect.arrayContaining([
          ['2026', '2'],
          ['2026', '11'],
        ]),
      );
      expect(found.Partitions).toHaveLength(2);
      const { TableList } = await glue('get-tables', '--database-name', 'lake', '--expression', 'ev*');
      expect(TableList.map(({ Name }: { Name: string }) => Name)).toEqual(['events']);
      expect(await refusal('glue', 'start-crawler', '--name', 'c')).toContain(
        'Local AWS does not implement glue:StartCrawler.',
      );
    });

    it('tags objects, reads their parts and attributes, and deletes several at once', async () => {
      const s3api = (operation: string, ...args: readonly string[]) =>
        aws('s3api', operation, '--bucket', 'things', ...args);
      const object = ['--key', 'folder/a +&ü'];
      await s3api('create-bucket');
      const body = (await file('body', 'content')).slice('file://'.length);
      const put = await s3api('put-object', ...object, '--body', body, '--tagging', 'a=1&b=two%20words');
      const tags = await s3api('get-object-tagging', ...object);
      expect(tags.TagSet).toEqual([
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: 'two words' },
      ]);
      await s3api('put-object-tagging', ...object, '--tagging', 'TagSet=[{Key=c,Value=3}]');
      expect(await s3api('head-object', ...object)).toMatchObject({ ETag: put.ETag, ContentLength: 7 });
      await s3api('delete-object-tagging', ...object);
      expect((await s3api('get-object-tagging', ...object)).TagSet).toEqual([]);
      const attributes = await s3api(
        'get-object-attributes',
        ...object,
        '--object-attributes',
        'ETag',
        'ObjectSize',
      );
      expect(attributes).toMatchObject({ ETag: put.ETag.replaceAll('"', ''), ObjectSize: 7 });
      const to = path.join(scratch.folder, 'part');
      expect(await s3api('get-object', ...object, '--part-number', '1', to)).toMatchObject({
        ContentLength: 7,
      });
      await s3api('copy-object', '--key', 'copy', '--copy-source', 'things/folder/a +&ü');
      const listed = await s3api('list-objects-v2', '--delimiter', '/');
      expect(listed).toMatchObject({ CommonPrefixes: [{ Prefix: 'folder/' }], Contents: [{ Key: 'copy' }] });
      const all = await file('delete.json', { Objects: [{ Key: 'copy' }, { Key: 'folder/a +&ü' }] });
      expect((await s3api('delete-objects', '--delete', all)).Deleted).toHaveLength(2);
      await s3api('delete-bucket');
      expect(await refusal('s3api', 'head-bucket', '--bucket', 'things')).toContain('404');
    });
  },
);
