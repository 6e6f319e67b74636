import { execFileSync } from 'node:child_process';
import path from 'node:path';
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  PutRecordCommand,
} from '@aws-sdk/client-kinesis';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { runCli } from '../../cli/run-cli.js';
import { type Clients, clientsOf, temporaryFolder } from '../running-local-aws.js';
import { type StartedMain, startMain } from '../started-main.js';
import { smallDisk } from './small-disk.js';

const DISK_MIB = 4;
const disk = smallDisk(DISK_MIB);
afterAll(() => disk?.remove());

/** Starts local AWS in a process of its own: what goes wrong here has ended processes without a word. */
async function start(dataDir: string): Promise<{ local: StartedMain; clients: Clients }> {
  const local = await startMain(dataDir);
  const clients = clientsOf(local.endpoint);
  onTestFinished(async () => {
    for (const client of Object.values(clients)) client.destroy();
    await local.end('SIGKILL');
  });
  return { local, clients };
}

const RECORD_BYTES = 50_000;

/** Puts records until one is refused; gives the numbers of those that were acknowledged, and the refusal. */
async function putUntilRefused({ kinesis }: Clients, first = 0) {
  const acknowledged: number[] = [];
  for (let number = first; number < first + 1_000; number++) {
    const Data = Buffer.alloc(RECORD_BYTES, String(number).padStart(8));
    const put = new PutRecordCommand({ StreamName: 's', PartitionKey: 'p', Data });
    const refusal = await kinesis.send(put).then(
      () => undefined,
      (error: Error) => error,
    );
    if (refusal) return { acknowledged, refusal };
    acknowledged.push(number);
  }
  throw new Error('The disk was never full.');
}

/** The numbers of the records that are on the stream, each of which has to be whole. */
async function records({ kinesis }: Clients): Promise<number[]> {
  const start = {
    StreamName: 's',
    ShardId: 'shardId-000000000000',
    ShardIteratorType: 'TRIM_HORIZON' as const,
  };
  let { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(start));
  const numbers: number[] = [];
  for (;;) {
    const { Records = [], NextShardIterator } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    if (Records.length === 0) return numbers;
    for (const { Data = new Uint8Array() } of Records) {
      const text = Buffer.from(Data).toString();
      expect(text).toBe(text.slice(0, 8).repeat(RECORD_BYTES / 8));
      numbers.push(Number(text.slice(0, 8)));
    }
    ShardIterator = NextShardIterator;
  }
}

async function keys({ s3 }: Clients): Promise<(string | undefined)[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'bucket' }));
  return Contents.map(({ Key }) => Key);
}

const FULL = 'The data folder could not be written (its disk is full), and nothing of this was kept.';

describe.skipIf(!disk)('a disk that is full (a file system of its own, which takes root)', () => {
  const dataDir = path.join(disk?.folder ?? '', 'data');

  it('refuses what it cannot keep, keeps what it acknowledged, and goes on when there is room again', async () => {
    const { local, clients } = await start(dataDir);
    const { kinesis, s3 } = clients;
    await kinesis.send(new CreateStreamCommand({ StreamName: 's', ShardCount: 1 }));
    await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    await s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'kept', Body: 'x'.repeat(100_000) }));

    const { acknowledged, refusal } = await putUntilRefused(clients);
    expect(refusal).toMatchObject({ name: 'InternalFailure', message: FULL });
    expect(acknowledged.length).toBeGreaterThan(10);
    await disk?.fill();
    const large = new PutObjectCommand({ Bucket: 'bucket', Key: 'large', Body: 'x'.repeat(1_000_000) });
    await expect(s3.send(large)).rejects.toMatchObject({ name: 'InternalFailure', message: FULL });
    expect(await keys(clients)).toEqual(['kept']);
    expect(await records(clients)).toEqual(acknowledged);

    await disk?.free();
    await s3.send(new DeleteObjectCommand({ Bucket: 'bucket', Key: 'kept' }));
    const after = await putUntilRefused(clients, 5_000);
    expect(after.acknowledged.length).toBeGreaterThan(0);
    expect(await records(clients)).toEqual([...acknowledged, ...after.acknowledged]);

    await local.end('SIGKILL');
    const { clients: next } = await start(dataDir);
    expect(await records(next)).toEqual([...acknowledged, ...after.acknowledged]);
    expect(await keys(next)).toEqual([]);
  });

  it('is told at the start, in one line', async () => {
    await disk?.fill();
    const run = await runCli('local/main.ts', [
      '--port',
      '0',
      '--data-dir',
      path.join(disk?.folder ?? '', 'new'),
    ]);
    await disk?.free();
    expect(run.stderr).toMatch(
      /^The data folder \S+ cannot be used: ENOSPC: no space left on device[^\n]*\n$/,
    );
    expect(run.code).toBe(1);
  });
});

/** Limits the size of files for a process that runs, as a quota would. Undefined: without limit. */
const limitFiles = (pid: number, bytes: number | undefined) =>
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes ?? 'unlimited'}:unlimited`], {
    stdio: 'ignore',
  });

function canLimit(): boolean {
  try {
    limitFiles(process.pid, undefined);
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!canLimit())('a quota that is used up (set by prlimit)', () => {
  it('refuses what it cannot keep, and goes on when it is raised', async () => {
    const { folder, remove } = await temporaryFolder();
    onTestFinished(remove);
    const { local, clients } = await start(folder);
    const { kinesis, s3 } = clients;
    await kinesis.send(new CreateStreamCommand({ StreamName: 's', ShardCount: 1 }));
    await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));

    limitFiles(local.pid, 2_000_000);
    const { acknowledged, refusal } = await putUntilRefused(clients);
    expect(refusal).toMatchObject({ name: 'InternalFailure' });
    expect(refusal.message).toMatch(
      /^The data folder could not be written \(.*\), and nothing of this was kept\.$/,
    );
    const large = new PutObjectCommand({ Bucket: 'bucket', Key: 'large', Body: 'x'.repeat(3_000_000) });
    await expect(s3.send(large)).rejects.toMatchObject({
      message:
        'The data folder could not be written (a file may not become so large), and nothing of this was kept.',
    });
    expect(await records(clients)).toEqual(acknowledged);

    limitFiles(local.pid, undefined);
    await s3.send(large);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'large' }));
    expect((await Body?.transformToString())?.length).toBe(3_000_000);
    await kinesis.send(
      new PutRecordCommand({
        StreamName: 's',
        PartitionKey: 'p',
        Data: Buffer.alloc(RECORD_BYTES, '    7777'),
      }),
    );
    expect(await records(clients)).toEqual([...acknowledged, 7777]);
    expect((await local.end('SIGTERM')).code).toBe(0);
  });
});
