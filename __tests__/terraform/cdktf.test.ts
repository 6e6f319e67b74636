import { execFile } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws, temporaryFolder } from '../local/running-local-aws.js';
import { leftBehind } from './left-behind.js';
import { whyLeftOut } from './left-out.js';
import { findTerraform, TerraformFolder } from './terraform.js';

const found = findTerraform();
const { reason, isLeftOut } = whyLeftOut(found);
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const PATIENCE = 300_000;

describe.skipIf(isLeftOut)(`the workflow of the CDKTF command line${reason}`, () => {
  let local: RunningLocalAws;
  let scratch: Awaited<ReturnType<typeof temporaryFolder>>;
  let variables: NodeJS.ProcessEnv;

  beforeAll(async () => {
    scratch = await temporaryFolder();
    local = await runLocalAws();
    const terraform = await TerraformFolder.open(path.join(scratch.folder, 'terraform'), found);
    variables = { ...terraform.environment, LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL: local.local.endpoint };
    // The state lies where the command runs: not in the project, which may have one of its own.
    await symlink(path.join(PROJECT, 'node_modules'), path.join(scratch.folder, 'node_modules'));
    const app = `node --import tsx ${path.join(PROJECT, 'main.ts')}`;
    const settings = { language: 'typescript', app, projectId: 'test', sendCrashReports: 'false' };
    await writeFile(path.join(scratch.folder, 'cdktf.json'), JSON.stringify(settings));
  });
  afterAll(async () => {
    await local.end();
    await scratch.remove();
  });

  /** Runs a program of the project to its end, and gives what it said on stdout. */
  function run(program: string, args: readonly string[], cwd = PROJECT): Promise<string> {
    return new Promise((resolve, reject) => {
      execFile(
        program,
        args,
        { cwd, env: variables, maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) => {
          if (error) reject(new Error(`${program} ${args.join(' ')} failed:\n${stdout}\n${stderr}`));
          else resolve(stdout);
        },
      );
    });
  }
  const cdktf = (...args: readonly string[]) =>
    run(
      path.join(PROJECT, 'node_modules', '.bin', 'cdktf'),
      [...args, '--skip-provider-lock'],
      scratch.folder,
    );
  const command = (main: string, ...args: readonly string[]) =>
    run('node', ['--import', 'tsx', main, ...args]);

  it('plans, deploys, carries events to rows, and destroys', { timeout: 2 * PATIENCE }, async () => {
    // What it says comes in pieces, with its own lines between Terraform's: what it does is what counts.
    await cdktf('plan');
    expect(await leftBehind(local.clients)).toEqual([]);
    await cdktf('deploy', '--auto-approve');
    expect(await leftBehind(local.clients)).toContain('lakehouse-local-customers');
    expect((await command('producer/main.ts', '--amount', '10')).trim().split('\n')).toHaveLength(10);
    await expect
      .poll(() => command('athena/main.ts', 'SELECT count(*) AS events FROM customers', '--format', 'csv'), {
        timeout: 30_000,
      })
      .toBe('events\n10\n');
    await cdktf('destroy', '--auto-approve');
    expect(await leftBehind(local.clients)).toEqual([]);
  });
});
