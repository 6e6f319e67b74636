import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HeadObjectCommand, ListMultipartUploadsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws, temporaryFolder } from '../local/running-local-aws.js';
import { isThere, output } from './command.js';

const hasAws = isThere('aws', ['--version']);
/** Over 8 MB, from which on the command line sends and copies in parts. */
const LARGE = randomBytes(20_000_000);

describe.skipIf(!hasAws)(`aws s3${hasAws ? '' : ' (left out: not installed)'}`, { timeout: 60_000 }, () => {
  let local: RunningLocalAws;
  let scratch: Awaited<ReturnType<typeof temporaryFolder>>;
  const file = (name: string) => path.join(scratch.folder, name);
  const s3 = (...args: readonly string[]) => output(local.local.endpoint, 'aws', ['s3', ...args]);
  const keys = async (Bucket: string) => {
    const { Contents = [] } = await local.clients.s3.send(new ListObjectsV2Command({ Bucket }));
    return Contents.map(({ Key }) => Key);
  };
  const head = (Bucket: string, Key: string) => local.clients.s3.send(new HeadObjectCommand({ Bucket, Key }));
  beforeAll(async () => {
    local = await runLocalAws();
    scratch = await temporaryFolder();
    await Promise.all([s3('mb', 's3://first'), s3('mb', 's3://second')]);
  });
  afterAll(async () => {
    await local.end();
    await scratch.remove();
  });

  it('takes a large file up, between buckets and down, in parts', async () => {
    await writeFile(file('large'), LARGE);
    await s3('cp', file('large'), 's3://first/large', '--metadata', 'till=7', '--content-type', 'text/x');
    const described = await head('first', 'large');
    expect(described).toMatchObject({
      ContentType: 'text/x',
      Metadata: { till: '7' },
      ContentLength: LARGE.length,
    });
    await s3('mv', 's3://first/large', 's3://second/moved');
    expect(await keys('first')).toEqual([]);
    const { ETag } = await head('second', 'moved');
    expect(ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
    expect(ETag).toBe(described.ETag);
    await s3('cp', 's3://second/moved', file('back'));
    expect((await readFile(file('back'))).equals(LARGE)).toBe(true);
    const uploads = await local.clients.s3.send(new ListMultipartUploadsCommand({ Bucket: 'first' }));
    expect(uploads.Uploads ?? []).toEqual([]);
    await s3('rm', 's3://second/moved');
    expect(await keys('second')).toEqual([]);
  });

  it('brings folders into line, lists and removes them', async () => {
    const names = ['one', 'a/two \u{fc} +&%', 'a/b/three'];
    for (const name of names) {
      await mkdir(path.dirname(file(`tree/${name}`)), { recursive: true });
      await writeFile(file(`tree/${name}`), name);
    }
    await s3('sync', file('tree'), 's3://first/tree');
    expect(await s3('sync', file('tree'), 's3://first/tree')).toBe('');
    await s3('sync', 's3://first/tree', 's3://second/copy');
    await s3('sync', 's3://second/copy', file('down'));
    for (const name of names) expect(await readFile(file(`down/${name}`), 'utf8')).toBe(name);
    expect(await s3('ls', 's3://second/copy/')).toMatch(/^ +PRE a\/\n[\d-]+ [\d:]+ +3 one\n$/);
    await rm(file('tree/one'));
    await s3('sync', file('tree'), 's3://second/copy', '--delete');
    expect(await keys('second')).toEqual(['copy/a/b/three', 'copy/a/two \u{fc} +&%']);
    await s3('rm', '--recursive', 's3://second/copy');
    expect(await keys('second')).toEqual([]);
    await s3('rb', 's3://first', '--force');
    expect((await s3('ls')).split('\n').filter(Boolean)).toEqual([expect.stringContaining(' second')]);
    const left = await readdir(path.join(local.dataDir, 'objects'));
    expect(left).toEqual([]);
  });

  it('signs an address that anybody can read from', async () => {
    await writeFile(file('signed'), 'signed');
    await s3('cp', file('signed'), 's3://second/a b');
    const url = (await s3('presign', 's3://second/a b')).trim();
    expect(await (await fetch(url)).text()).toBe('signed');
    expect(local.troubles).toEqual([]);
  });
});
