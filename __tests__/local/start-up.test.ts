import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { expect, it, onTestFinished } from 'vitest';
import { clientsOf, temporaryFolder } from './running-local-aws.js';
import { startMain } from './started-main.js';

/** A module hook that writes down what is loaded, one package or file a line. */
const hook = (log: string) => `
import { appendFileSync } from 'node:fs';
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';
if (isMainThread) register(import.meta.url);
export async function load(url, context, next) {
  appendFileSync(${JSON.stringify(log)}, url + '\\n');
  return next(url, context);
}`;

it('loads no SDK client, no engine and nothing of the stack before they are used', async () => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const log = path.join(folder, 'loaded.txt');
  const module = path.join(folder, 'hook.mjs');
  await writeFile(module, hook(log));
  const local = await startMain(path.join(folder, 'data'), {
    NODE_OPTIONS: `--import ${pathToFileURL(module).href}`,
  });
  onTestFinished(() => local.end('SIGKILL').then(() => {}));
  const loaded = async () => (await readFile(log, 'utf8')).split('\n');
  const dear =
    /node_modules\/(@aws-sdk\/client-|@duckdb|@cdktf|cdktf|constructs|@faker-js|zod)|\/local\/provision/;
  const atStart = await loaded();
  expect(atStart.some((url) => url.endsWith('/local/local-aws.ts'))).toBe(true);
  expect(atStart.filter((url) => dear.test(url))).toEqual([]);

  const { s3 } = clientsOf(local.endpoint);
  await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  s3.destroy();
  const clients = (await loaded()).flatMap((url) => /@aws-sdk\/client-[a-z0-9-]+/.exec(url) ?? []);
  expect(new Set(clients)).toEqual(new Set(['@aws-sdk/client-s3']));
});
