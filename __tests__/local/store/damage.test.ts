import { chmod, chown, mkdir, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { open } from 'lmdb';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startLocalAws } from '../../../local/local-aws.js';
import { DataFolderError } from '../../../local/store/data-folder-error.js';
import { type Clients, localAwsForTest, runLocalAws, temporaryFolder } from '../running-local-aws.js';

const RECORDS = 400;

/** A data folder with a stream and an object in it, and its store's file; nobody works on it. */
async function folderWithData(): Promise<{ dataDir: string; file: string; store: Buffer }> {
  const { folder: dataDir, remove } = await temporaryFolder();
  onTestFinished(remove);
  const { clients, end } = await runLocalAws({ dataDir });
  const { kinesis, s3 } = clients;
  await kinesis.send(new CreateStreamCommand({ StreamName: 's', ShardCount: 1 }));
  const Records = Array.from({ length: RECORDS }, (_, index) => ({
    PartitionKey: 'p',
    // Every tenth is too large for a page, and gets pages of its own.
    Data: Buffer.alloc(index % 10 === 0 ? 10_000 : 500, String(index)),
  }));
  await kinesis.send(new PutRecordsCommand({ StreamName: 's', Records }));
  await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  await s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'k', Body: 'kept' }));
  await end();
  const file = path.join(dataDir, 'store.lmdb');
  return { dataDir, file, store: await readFile(file) };
}

async function recordsOf({ kinesis }: Clients): Promise<number> {
  const start = {
    StreamName: 's',
    ShardId: 'shardId-000000000000',
    ShardIteratorType: 'TRIM_HORIZON' as const,
  };
  const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(start));
  const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  return Records.length;
}

async function bodyOf({ s3 }: Clients, Key: string): Promise<string | undefined> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'bucket', Key }));
  return Body?.transformToString();
}

const refusal = (dataDir: string) =>
  startLocalAws({ dataDir }).then(
    (local) => local.close(),
    (error: unknown) => error,
  );

describe("a store's file", () => {
  it('that was cut off anywhere is refused, or has lost nothing', async () => {
    const { dataDir, file, store } = await folderWithData();
    let refused = 0;
    for (let part = 1; part < 16; part++) {
      await writeFile(file, store);
      await truncate(file, Math.floor((store.length * part) / 16));
      const error = await refusal(dataDir);
      if (error === undefined) {
        const { clients, end } = await runLocalAws({ dataDir });
        expect(await recordsOf(clients)).toBe(RECORDS);
        await end();
        continue;
      }
      refused++;
      expect(error).toBeInstanceOf(DataFolderError);
      expect(error).toMatchObject({
        message: expect.stringMatching(
          / cannot be used: store\.lmdb in it is damaged, .*its end is missing\. /,
        ),
      });
    }
    expect(refused).toBeGreaterThan(5);
    await writeFile(file, store);
    const { clients } = await localAwsForTest({ dataDir });
    expect(await recordsOf(clients)).toBe(RECORDS);
  });

  it.for([
    ['its beginning', 0, 4096],
    ['all behind its beginning', 8192, Number.POSITIVE_INFINITY],
    ['all of it', 0, Number.POSITIVE_INFINITY],
  ] as const)('that was written over, %s, is refused and left alone', async ([, from, to]) => {
    const { dataDir, file, store } = await folderWithData();
    const garbled = Buffer.from(store).fill('garbled', from, Math.min(to, store.length));
    await writeFile(file, garbled);
    expect(await refusal(dataDir)).toMatchObject({
      name: 'DataFolderError',
      message: expect.stringMatching(/ store\.lmdb in it is damaged, or not local AWS's: /),
    });
    expect((await readFile(file)).equals(garbled)).toBe(true);
  });

  it('of a newer version is refused, with both versions', async () => {
    const { dataDir, file } = await folderWithData();
    const database = open({ path: file, noSubdir: true, maxDbs: 8, encoding: 'msgpack' });
    await database.openDB<unknown, string[]>({ name: 'entries' }).put(['format'], 2);
    await database.close();
    expect(await refusal(dataDir)).toMatchObject({
      message: `The data folder ${dataDir} was written by a newer version of local AWS: its format is 2, and this one knows 1.`,
    });
  });

  it("of a newer version of LMDB's is refused", async () => {
    const { dataDir, file, store } = await folderWithData();
    const version = 24 + 4;
    for (const page of [0, 4096]) store.writeUInt32LE(3, page + version);
    await writeFile(file, store);
    expect(await refusal(dataDir)).toMatchObject({
      message: expect.stringMatching(/ it is in version 3 of LMDB's format, and only 2 is known here/),
    });
  });

  it('has been flushed to the disk when a write is acknowledged', async () => {
    const { folder: dataDir, remove } = await temporaryFolder();
    onTestFinished(remove);
    const { clients } = await localAwsForTest({ dataDir });
    await clients.kinesis.send(new CreateStreamCommand({ StreamName: 's', ShardCount: 1 }));
    for (let write = 0; write < 20; write++) {
      const Records = [{ PartitionKey: 'p', Data: Buffer.from('x') }];
      await clients.kinesis.send(new PutRecordsCommand({ StreamName: 's', Records }));
      // LMDB names its last transaction in two places in turn, and in a third the last that it has flushed.
      const file = await readFile(path.join(dataDir, 'store.lmdb'));
      const [first = 0n, second = 0n, flushed] = [0, 4096, 2048].map((page) =>
        file.readBigUInt64LE(page + 152),
      );
      expect(flushed).toBe(first > second ? first : second);
    }
  });
});

describe('the folder of objects', () => {
  it('that is missing is told, and all is well when it is back', async () => {
    const { dataDir } = await folderWithData();
    await rename(path.join(dataDir, 'objects'), path.join(dataDir, 'away'));
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(await refusal(dataDir)).toMatchObject({
        message: `The data folder ${dataDir} cannot be used: its folder objects is missing, though its store lists objects. Put it back, or use another folder.`,
      });
    }
    await rename(path.join(dataDir, 'away'), path.join(dataDir, 'objects'));
    const { clients } = await localAwsForTest({ dataDir });
    expect(await bodyOf(clients, 'k')).toBe('kept');
  });

  it('that lacks files is told at the start', async () => {
    const { dataDir } = await folderWithData();
    await rm(path.join(dataDir, 'objects'), { recursive: true });
    await mkdir(path.join(dataDir, 'objects'));
    const { troubles, clients } = await localAwsForTest({ dataDir });
    await vi.waitFor(() =>
      expect(troubles).toEqual([`Objects cannot be read: Error: 1 of their files are not in ${dataDir}`]),
    );
    await expect(bodyOf(clients, 'k')).rejects.toMatchObject({ name: 'InternalFailure' });
  });
});

/** Somebody who may not write to what is read-only, as root may. */
const NOBODY = 65_534;

/** Runs a test as somebody who is not root. */
async function asNobody(dataDir: string, test: () => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) return test();
  for (const name of ['', ...(await readdir(dataDir, { recursive: true }))]) {
    await chown(path.join(dataDir, name), NOBODY, NOBODY);
  }
  process.seteuid?.(NOBODY);
  try {
    await test();
  } finally {
    process.seteuid?.(0);
  }
}

describe.skipIf(process.platform === 'win32')('a folder that is made read-only', () => {
  it('is told at the start, and can be used when it is writable again', async () => {
    const { dataDir } = await folderWithData();
    await asNobody(dataDir, async () => {
      await chmod(dataDir, 0o555);
      expect(await refusal(dataDir)).toMatchObject({
        name: 'DataFolderError',
        message: expect.stringMatching(/ cannot be used: EACCES: permission denied/),
      });
      await chmod(dataDir, 0o755);
      const { clients, end } = await runLocalAws({ dataDir });
      expect(await bodyOf(clients, 'k')).toBe('kept');
      await end();
    });
  });

  it('while it is used refuses objects, keeps what there is, and takes them when it is writable again', async () => {
    const { dataDir } = await folderWithData();
    await asNobody(dataDir, async () => {
      const { clients, end } = await runLocalAws({ dataDir });
      const put = () => clients.s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'new', Body: 'x' }));
      for (const folder of ['staging', 'objects']) {
        await chmod(path.join(dataDir, folder), 0o555);
        await expect(put()).rejects.toMatchObject({
          name: 'InternalFailure',
          message:
            'The data folder could not be written (this process may not write there), and nothing of this was kept.',
        });
        await expect(bodyOf(clients, 'new')).rejects.toMatchObject({ name: 'NoSuchKey' });
        expect(await bodyOf(clients, 'k')).toBe('kept');
        await chmod(path.join(dataDir, folder), 0o755);
      }
      await put();
      expect(await bodyOf(clients, 'new')).toBe('x');
      await end();
    });
  });
});
