import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrivedBetween } from '../../athena/index.js';
import { customers } from '../../datasets/index.js';
import { type Lakehouse, openLakehouse } from '../path/lakehouse-on-local-aws.js';

const ROOT = new URL('../../', import.meta.url);
const run = promisify(execFile);
const documentation = await readFile(new URL('docs/athena.md', ROOT), 'utf8');

/** The examples in a language. */
const examples = (language: string) =>
  [...documentation.matchAll(/```(\w+)\n(.*?)```/gs)]
    .filter(([, found]) => found === language)
    .map(([, , text = '']) => text);

const commands = examples('sh')
  .join('')
  .split('\n')
  .filter((line) => line !== '');

describe('the examples in docs/athena.md', () => {
  let lakehouse: Lakehouse;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'documentation-'));
    await writeFile(path.join(folder, 'statements.sql'), 'SELECT 1; SELECT 2;');
    lakehouse = await openLakehouse([customers]);
    await lakehouse.clients.s3.send(new CreateBucketCommand({ Bucket: 'warehouse-exports' }));
    await lakehouse.send(customers, 20);
    await lakehouse.waitForCount('SELECT count(*) FROM customers', 20);
  });
  afterAll(async () => {
    await lakehouse.end();
    await rm(folder, { recursive: true });
  });

  const variables = () => ({
    ...process.env,
    LAKEHOUSE_ENV: 'local',
    AWS_ENDPOINT_URL: lakehouse.local.endpoint,
  });
  const tsx = import.meta.resolve('tsx');

  it('are of every kind', () => {
    expect(commands.length).toBeGreaterThan(5);
    expect(examples('ts').length).toBeGreaterThan(5);
    expect(examples('sql').length).toBeGreaterThan(2);
  });

  it.each(commands)('%s', async (line) => {
    const command = line.replace(
      /^npm run -s query --/,
      `node --import ${tsx} ${new URL('athena/main.ts', ROOT).pathname}`,
    );
    expect(command).not.toBe(line);
    const { stdout } = await run('sh', ['-c', command], { cwd: folder, env: variables() });
    if (!line.includes('--output')) expect(stdout).not.toBe('');
  });

  it('in TypeScript run one after another', async () => {
    const script = examples('ts')
      .join('\n')
      .replaceAll(/from '\.\/(.*)'/g, (_, file: string) => `from '${new URL(file, ROOT).href}'`);
    const file = path.join(folder, 'examples.mts');
    await writeFile(file, script);
    const { stdout } = await run(process.execPath, ['--import', tsx, file], {
      cwd: folder,
      env: variables(),
    });
    expect(stdout).toContain('[ 1n, 2n ] [a, b, c]');
    expect(stdout).toContain('COLUMN_NOT_FOUND { line: 1, column: 8 }');
    expect(stdout).toContain("'s3://warehouse-exports/customers/2026-02-04/day=");
    expect(stdout).toMatch(/\/movements\/tables\/[\w-]+\/ \d+\n$/);
    expect(stdout).toMatch(/\[ \{ events: 20n \} \]/);
  });

  it.each(examples('sql'))('in SQL: %s', async (statement) => {
    await lakehouse.session.query(statement.replace(/;\s*$/, ''));
  });

  it('says what a dry run prints', () => {
    const folders = arrivedBetween(new Date('2026-02-27T22:00Z'), new Date('2026-03-02T00:00Z'));
    expect(documentation).toContain(`WHERE /* hours */ ${folders.toText()};`);
  });
});
