import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { CreateBucketCommand, HeadBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it, type TestContext } from 'vitest';
import { runCli } from '../cli/run-cli.js';
import { clientsOf, temporaryFolder } from './running-local-aws.js';
import { type StartedMain, startMain } from './started-main.js';
import { signedFor } from './wire/raw-request.js';

/** These run at the same time, so each hook is its own test's. */
type Hooks = Pick<TestContext, 'onTestFinished'>;

async function folderFor({ onTestFinished }: Hooks): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  return folder;
}

async function start(dataDir: string, { onTestFinished }: Hooks): Promise<StartedMain> {
  const local = await startMain(dataDir);
  onTestFinished(async () => {
    await local.end('SIGKILL');
  });
  return local;
}

/** Makes a bucket, and so shows that it answers. */
async function makeBucket({ endpoint }: StartedMain, Bucket: string): Promise<void> {
  const { s3 } = clientsOf(endpoint);
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
  s3.destroy();
}

/** What a start that fails says. */
const failToStart = (...args: string[]) => runCli('local/main.ts', args);

describe.concurrent('npm run local', () => {
  it.for(['SIGTERM', 'SIGINT'] as const)(
    'says where it is ready, and ends well on %s',
    async (signal, test) => {
      const local = await start(await folderFor(test), test);
      await makeBucket(local, 'bucket');
      const { code, stdout, stderr } = await local.end(signal);
      expect(stderr).toBe('');
      expect(stdout).toBe(`Local AWS ready at ${local.endpoint}\n`);
      expect(local.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(code).toBe(0);
    },
  );

  it('keeps to the limits of a shard with --throttle', async (test) => {
    const local = await startMain(await folderFor(test), {}, '--throttle');
    test.onTestFinished(async () => {
      await local.end('SIGKILL');
    });
    const { kinesis } = clientsOf(local.endpoint);
    const StreamName = 's';
    await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
    const Data = Buffer.alloc(1024 * 1024 - 1);
    const Records = [1, 2, 3].map(() => ({ PartitionKey: 'k', Data }));
    const answer = await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
    expect(answer.FailedRecordCount).toBe(2);
    kinesis.destroy();
  });

  it('tells of each request with --log requests: operation, status and milliseconds', async (test) => {
    const local = await startMain(await folderFor(test), {}, '--log', 'requests');
    test.onTestFinished(async () => {
      await local.end('SIGKILL');
    });
    await makeBucket(local, 'bucket');
    const { kinesis, s3 } = clientsOf(local.endpoint);
    await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: 'none' })).catch(() => {});
    const forged = 'Action=x%0Akinesis%3AForged+200+1.0+ms';
    await fetch(local.endpoint, {
      method: 'POST',
      headers: { authorization: signedFor('sns') },
      body: forged,
    });
    kinesis.destroy();
    s3.destroy();
    const { stderr, stdout } = await local.end('SIGTERM');
    const lines = stderr.split('\n');
    expect(lines.map((line) => line.replace(/ \d+\.\d ms$/, ' # ms'))).toEqual([
      's3:CreateBucket 200 # ms',
      's3:PutObject 200 # ms',
      'kinesis:DescribeStreamSummary 400 # ms',
      'sns:x?kinesis:Forged 200 1.0 ms 501 # ms',
      '',
    ]);
    expect(stdout).toBe(`Local AWS ready at ${local.endpoint}\n`);
  });

  it('has nothing else to log', async () => {
    const { code, stderr } = await failToStart('--log', 'everything');
    expect(code).toBe(2);
    expect(stderr).toContain("argument 'everything' is invalid. Allowed choices are requests.");
  });

  it('takes over the folder of one that was killed, with what it held', async (test) => {
    const dataDir = await folderFor(test);
    const killed = await start(dataDir, test);
    await makeBucket(killed, 'bucket');
    expect((await killed.end('SIGKILL')).code).toBeNull();
    const next = await start(dataDir, test);
    const { s3 } = clientsOf(next.endpoint);
    const { BucketRegion } = await s3.send(new HeadBucketCommand({ Bucket: 'bucket' }));
    expect(BucketRegion).toBe('us-east-1');
    s3.destroy();
    expect((await next.end('SIGTERM')).code).toBe(0);
  });

  it('names the process that has the folder, and leaves it alone', async (test) => {
    const dataDir = await folderFor(test);
    const local = await start(dataDir, test);
    expect(await failToStart('--port', '0', '--data-dir', dataDir)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        `The data folder ${dataDir} belongs to a local AWS that is running (process ${local.pid}); ` +
        'stop it or use another folder.\n',
    });
    await makeBucket(local, 'still-there');
    expect((await local.end('SIGTERM')).code).toBe(0);
  });

  it('says that the port is in use', async (test) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const run = await failToStart('--port', String(port), '--data-dir', await folderFor(test));
    server.close();
    expect(run).toEqual({
      code: 1,
      stdout: '',
      stderr: `Port ${port} on 127.0.0.1 is in use; stop what listens there or choose another with --port.\n`,
    });
  });

  it('says that the host is none of this machine', async (test) => {
    const dataDir = await folderFor(test);
    expect(await failToStart('--host', '192.0.2.1', '--port', '0', '--data-dir', dataDir)).toEqual({
      code: 1,
      stdout: '',
      stderr: '192.0.2.1 is no address of this machine (EADDRNOTAVAIL).\n',
    });
  });

  it('says that the data folder cannot be used', async (test) => {
    const file = path.join(await folderFor(test), 'file');
    await writeFile(file, '');
    const { code, stdout, stderr } = await failToStart('--port', '0', '--data-dir', path.join(file, 'x'));
    expect(stderr).toMatch(/^The data folder \S+file\/x cannot be used: [^\n]*ENOTDIR[^\n]*\n$/);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  it.for(['http', '65536', '-1'])('refuses --port %s', async (port) => {
    expect(await failToStart(`--port=${port}`)).toEqual({
      code: 2,
      stdout: '',
      stderr:
        `error: option '--port <number>' argument '${port}' is invalid. It must be a whole number from 0 to 65,535.\n` +
        'See npm run local -- --help.\n',
    });
  });
});
