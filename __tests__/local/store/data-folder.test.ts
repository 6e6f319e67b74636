import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CreateDatabaseCommand, CreateTableCommand, GetTableCommand } from '@aws-sdk/client-glue';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  PutRecordCommand,
} from '@aws-sdk/client-kinesis';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startLocalAws } from '../../../local/local-aws.js';
import { DataFolderError } from '../../../local/store/data-folder-error.js';
import { clientsOf, localAwsForTest, temporaryFolder } from '../running-local-aws.js';

async function folderForTest(): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  return folder;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

describe('a data folder', () => {
  it('is made where it is not there', async () => {
    const dataDir = path.join(await folderForTest(), 'not', 'there', 'yet');
    const { clients } = await localAwsForTest({ dataDir });
    await clients.s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    expect(await readdir(dataDir)).toEqual(expect.arrayContaining(['objects', 'staging', 'store.lmdb']));
  });

  it('belongs to one at a time, and is unharmed by a second', async () => {
    const { clients, dataDir } = await localAwsForTest();
    await clients.s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(startLocalAws({ dataDir })).rejects.toThrow(
        `The data folder ${dataDir} belongs to a local AWS that is running (this process); stop it or use another folder.`,
      );
    }
    await clients.s3.send(new CreateBucketCommand({ Bucket: 'second' }));
    const { Buckets = [] } = await clients.s3.send(new ListBucketsCommand({}));
    expect(Buckets.map(({ Name }) => Name)).toEqual(['bucket', 'second']);
  });

  it('can be had again once its owner is closed', async () => {
    const dataDir = await folderForTest();
    for (let start = 0; start < 3; start++) await (await startLocalAws({ dataDir })).close();
  });

  it('can be had again where the port could not be had', async () => {
    const { local } = await localAwsForTest();
    const dataDir = await folderForTest();
    const port = Number(new URL(local.endpoint).port);
    await expect(startLocalAws({ dataDir, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await (await startLocalAws({ dataDir })).close();
  });

  it('that cannot be made is told in one line', async () => {
    const folder = await folderForTest();
    await writeFile(path.join(folder, 'file'), '');
    for (const dataDir of [path.join(folder, 'file'), path.join(folder, 'file', 'x')]) {
      const refused = await startLocalAws({ dataDir }).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(DataFolderError);
      expect((refused as Error).message).toMatch(/^The data folder .*file.* cannot be used: .*$/);
    }
  });

  it('that holds a file in the place of a folder is told, and let go', async () => {
    const dataDir = await folderForTest();
    await writeFile(path.join(dataDir, 'objects'), 'mine');
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(startLocalAws({ dataDir })).rejects.toThrow(/^The data folder .* cannot be used: EEXIST/);
    }
    expect(await readFile(path.join(dataDir, 'objects'), 'utf8')).toBe('mine');
  });

  it('whose store is another file is told, and leaves the file alone', async () => {
    const dataDir = await folderForTest();
    const file = path.join(dataDir, 'store.lmdb');
    await writeFile(file, 'not a store'.repeat(1000));
    await expect(startLocalAws({ dataDir })).rejects.toBeInstanceOf(DataFolderError);
    expect(await readFile(file, 'utf8')).toBe('not a store'.repeat(1000));
  });
});

describe('what local AWS holds', () => {
  it('is there again after it was closed and started', async () => {
    const dataDir = await folderForTest();
    const first = await startLocalAws({ dataDir });
    const before = clientsOf(first.endpoint);
    await before.s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    await before.s3.send(
      new PutObjectCommand({ Bucket: 'bucket', Key: 'a/b', Body: 'kept', ContentType: 'text/x' }),
    );
    await before.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'db' } }));
    await before.glue.send(new CreateTableCommand({ DatabaseName: 'db', TableInput: { Name: 'table' } }));
    await before.kinesis.send(new CreateStreamCommand({ StreamName: 'stream', ShardCount: 1 }));
    const put = new PutRecordCommand({
      StreamName: 'stream',
      PartitionKey: 'p',
      Data: Buffer.from('record'),
    });
    const { SequenceNumber, ShardId } = await before.kinesis.send(put);
    for (const client of Object.values(before)) client.destroy();
    await first.close();

    const { clients } = await localAwsForTest({ dataDir });
    await clients.s3.send(new HeadBucketCommand({ Bucket: 'bucket' }));
    const object = await clients.s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'a/b' }));
    expect(object.ContentType).toBe('text/x');
    expect(await object.Body?.transformToString()).toBe('kept');
    const { Table } = await clients.glue.send(new GetTableCommand({ DatabaseName: 'db', Name: 'table' }));
    expect(Table?.Name).toBe('table');
    const summary = await clients.kinesis.send(new DescribeStreamSummaryCommand({ StreamName: 'stream' }));
    expect(summary.StreamDescriptionSummary?.StreamStatus).toBe('ACTIVE');
    const { ShardIterator } = await clients.kinesis.send(
      new GetShardIteratorCommand({
        StreamName: 'stream',
        ShardId,
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    );
    const { Records } = await clients.kinesis.send(new GetRecordsCommand({ ShardIterator }));
    expect(Records).toEqual([
      expect.objectContaining({ SequenceNumber, Data: new Uint8Array(Buffer.from('record')) }),
    ]);
  });

  it('is closed in the middle of requests without trouble', async () => {
    const dataDir = await folderForTest();
    const troubles: unknown[] = [];
    const local = await startLocalAws({ dataDir, onTrouble: (_message, error) => troubles.push(error) });
    const { s3, kinesis, ...others } = clientsOf(local.endpoint);
    await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    const puts = Array.from({ length: 40 }, (_, index) =>
      s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: `k${index}`, Body: 'x'.repeat(10_000) })),
    );
    const settled = Promise.allSettled(puts);
    await Promise.race(puts);
    await local.close();
    const acknowledged = (await settled).flatMap(({ status }, index) =>
      status === 'fulfilled' ? [`k${index}`] : [],
    );
    expect(acknowledged.length).toBeGreaterThan(0);
    for (const client of [s3, kinesis, ...Object.values(others)]) client.destroy();

    const { clients } = await localAwsForTest({ dataDir });
    for (const Key of acknowledged) {
      const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: 'bucket', Key }));
      expect(await Body?.transformToString()).toHaveLength(10_000);
    }
    expect(troubles).toEqual([]);
  });
});

describe('the folders of objects', () => {
  it('are gone with the last object in them', async () => {
    const { clients, dataDir } = await localAwsForTest();
    const { s3 } = clients;
    const Bucket = 'bucket';
    await s3.send(new CreateBucketCommand({ Bucket }));
    const keys = ['year=2026/month=02/a', 'year=2026/month=02/b', 'year=2026/month=03/c', 'plain'];
    for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
    const folders = async () =>
      (await readdir(path.join(dataDir, 'objects'), { recursive: true })).filter((name) =>
        /month=..$/.test(name),
      );
    expect(await folders()).toHaveLength(2);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'year=2026/month=02/a' }));
    expect(await folders()).toHaveLength(2);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'year=2026/month=02/b' }));
    expect(await folders()).toEqual([path.join('year=2026', 'month=03')]);
    for (const Key of keys) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(await readdir(path.join(dataDir, 'objects'))).toEqual([]);
  });

  it('come and go under many hands without an object lost', async () => {
    const { clients, troubles } = await localAwsForTest();
    const { s3 } = clients;
    const Bucket = 'bucket';
    await s3.send(new CreateBucketCommand({ Bucket }));
    const turn = async (Key: string) => {
      for (let round = 0; round < 15; round++) {
        await s3.send(new PutObjectCommand({ Bucket, Key, Body: `${Key} ${round}` }));
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
        expect(await Body?.transformToString()).toBe(`${Key} ${round}`);
        await s3.send(new DeleteObjectCommand({ Bucket, Key }));
      }
    };
    await Promise.all(Array.from({ length: 12 }, (_, hand) => turn(`year=2026/month=02/${hand}`)));
    expect(troubles).toEqual([]);
  });

  it('that are empty are gone after a start', async () => {
    const dataDir = await folderForTest();
    await (await startLocalAws({ dataDir })).close();
    await mkdir(path.join(dataDir, 'objects', 'year=2025', 'month=01'), { recursive: true });
    await (await startLocalAws({ dataDir })).close();
    expect(await readdir(path.join(dataDir, 'objects'))).toEqual([]);
  });
});

describe('files that nobody waits for', () => {
  it('are gone after a start, and those that objects have are not', async () => {
    const dataDir = await folderForTest();
    const first = await startLocalAws({ dataDir });
    const before = clientsOf(first.endpoint);
    await before.s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    for (const Key of ['plain', 'year=2026/month=02/part']) {
      await before.s3.send(new PutObjectCommand({ Bucket: 'bucket', Key, Body: Key }));
    }
    for (const client of Object.values(before)) client.destroy();
    await first.close();

    const kept = await filesIn(path.join(dataDir, 'objects'));
    expect(kept).toHaveLength(2);
    const orphans = ['staging/half-written', 'objects/00/orphan', 'objects/year=2026/month=02/orphan'];
    for (const orphan of orphans) {
      const file = path.join(dataDir, orphan);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, 'nobody waits for this');
      await utimes(file, 0, 0);
    }

    const { clients } = await localAwsForTest({ dataDir });
    await vi.waitFor(async () => {
      expect(await filesIn(path.join(dataDir, 'staging'))).toEqual([]);
      expect(await filesIn(path.join(dataDir, 'objects'))).toHaveLength(2);
    });
    expect((await filesIn(path.join(dataDir, 'objects'))).sort()).toEqual(kept.sort());
    for (const Key of ['plain', 'year=2026/month=02/part']) {
      const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: 'bucket', Key }));
      expect(await Body?.transformToString()).toBe(Key);
    }
  });

  it('are not taken for those of objects that are written meanwhile', async () => {
    for (let start = 0; start < 5; start++) {
      const { clients } = await localAwsForTest();
      await clients.s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
      const keys = Array.from({ length: 10 }, (_, index) => `k${index}`);
      await Promise.all(
        keys.map((Key) => clients.s3.send(new PutObjectCommand({ Bucket: 'bucket', Key, Body: Key }))),
      );
      for (const Key of keys) {
        const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: 'bucket', Key }));
        expect(await Body?.transformToString()).toBe(Key);
      }
    }
  });
});
