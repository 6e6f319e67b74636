import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let outdir: string;
beforeEach(async () => {
  outdir = await mkdtemp(join(tmpdir(), 'lakehouse-synth-'));
});
afterEach(() => rm(outdir, { recursive: true }));

/** Runs the app as `cdktf.json` does. */
const app = (variables: Record<string, string>, folder = '.') =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'main.ts'], {
    cwd: folder,
    env: { ...process.env, AWS_REGION: 'us-east-1', CDKTF_OUTDIR: outdir, ...variables },
  });

describe('the app', () => {
  it.each(['local', 'dev', 'prod'])(
    'writes the stack of %s, named by it, and says nothing',
    async (environment) => {
      const { stdout, stderr } = await app({ LAKEHOUSE_ENV: environment });
      expect(await readdir(join(outdir, 'stacks'))).toEqual([`lakehouse-${environment}`]);
      expect(stdout + stderr).toBe('');
    },
  );

  it('keeps by name the queries of the files and those of every dataset', async () => {
    await app({ LAKEHOUSE_ENV: 'dev' });
    const stack = JSON.parse(
      await readFile(join(outdir, 'stacks', 'lakehouse-dev', 'cdk.tf.json'), 'utf8'),
    ) as { resource: { aws_athena_named_query: Record<string, { name: string }> } };
    const names = Object.values(stack.resource.aws_athena_named_query).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['ten-customers', 'customers-by-hour', 'customers-profile']),
    );
  });

  it('ends with 2 and one line for a setting that cannot be used', async () => {
    await expect(app({ LAKEHOUSE_ENV: 'staging' })).rejects.toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'LAKEHOUSE_ENV is "staging", but must be one of local, dev, prod.\n',
    });
  });
});

describe("the team's app", () => {
  it('writes its own stack, and says nothing', async () => {
    const { stdout, stderr } = await app({ LAKEHOUSE_ENV: 'dev' }, 'bootstrap');
    expect(await readdir(join(outdir, 'stacks'))).toEqual(['lakehouse-bootstrap']);
    expect(stdout + stderr).toBe('');
  });

  it('ends with 2 and one line for a setting that cannot be used', async () => {
    await expect(app({ AWS_REGION: 'Europe' }, 'bootstrap')).rejects.toMatchObject({
      code: 2,
      stderr: 'region is "Europe", but must be an AWS region such as us-east-1.\n',
    });
  });
});
