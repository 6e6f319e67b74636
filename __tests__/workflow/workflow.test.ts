import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectRefusal, withoutNotice } from '../cli/expect-refusal.js';
import { runCli } from '../cli/run-cli.js';

/** A folder that is all of the PATH: Node, and what a test puts there. */
let bin: string;
beforeEach(async () => {
  bin = await mkdtemp(path.join(tmpdir(), 'lakehouse-bin-'));
  await symlink(process.execPath, path.join(bin, 'node'));
});
afterEach(() => rm(bin, { recursive: true }));

async function putTerraform(version: string): Promise<void> {
  const file = path.join(bin, 'terraform');
  await writeFile(file, `#!/bin/sh\necho '{"terraform_version":"${version}"}'\n`);
  await chmod(file, 0o755);
}
/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:1';
const variables = () => ({ LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL: NOWHERE, PATH: bin });

describe('npm run plan', () => {
  it('says which Terraform to install, and where from, where there is none', async () => {
    const run = withoutNotice(await runCli('workflow/main.ts', ['plan'], variables()));
    expectRefusal(run, 1);
    expect(run.stderr).toBe(
      'Terraform is not on the PATH: install 1.5.0 or newer from https://developer.hashicorp.com/terraform/install.\n',
    );
  });

  it('says so too where it is too old', async () => {
    await putTerraform('1.4.6');
    const run = withoutNotice(await runCli('workflow/main.ts', ['plan'], variables()));
    expectRefusal(run, 1);
    expect(run.stderr).toMatch(/^Terraform 1\.4\.6 is too old: install 1\.5\.0 or newer from https:/);
  });

  it('says that local AWS is not there, before Terraform tries for minutes', async () => {
    await putTerraform('1.11.4');
    const run = withoutNotice(await runCli('workflow/main.ts', ['plan'], variables()));
    expectRefusal(run, 1);
    expect(run.stderr).toMatch(/^No local AWS answers at http:\/\/127\.0\.0\.1:1\.\nStart it with/);
  });

  it('ends with 2 for a setting that cannot be used, and for an action that there is not', async () => {
    expectRefusal(await runCli('workflow/main.ts', ['plan'], { ...variables(), LAKEHOUSE_ENV: 'test' }), 2);
    expectRefusal(await runCli('workflow/main.ts', ['apply'], variables()), 2);
  });
});

describe('npm run doctor', () => {
  it('has a line for each thing that is wrong, with what to do, and ends with 1', async () => {
    const config = path.join(bin, 'cli.tfrc');
    await writeFile(
      config,
      'provider_installation {\n  filesystem_mirror {\n    path = "/nonexistent"\n  }\n}\n',
    );
    const { code, stdout, stderr } = await runCli('workflow/doctor.ts', [], {
      ...variables(),
      TF_CLI_CONFIG_FILE: config,
    });
    expect(stderr).toBe('');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ok +Node: \d/m);
    expect(stdout).toMatch(/^wrong +Terraform: is not on the PATH\. Install 1\.5\.0 or newer from https:/m);
    expect(stdout).toMatch(/^wrong +Local AWS: does not answer at http:\/\/127\.0\.0\.1:1\. Start it with/m);
  });

  it('finds the provider in a mirror', async () => {
    await putTerraform('1.11.4');
    await mkdir(path.join(bin, 'registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64'), {
      recursive: true,
    });
    const config = path.join(bin, 'cli.tfrc');
    await writeFile(config, `provider_installation {\n  filesystem_mirror {\n    path = "${bin}"\n  }\n}\n`);
    const run = await runCli('workflow/doctor.ts', [], { ...variables(), TF_CLI_CONFIG_FILE: config });
    expect(run.stdout).toMatch(/^ok +Terraform: 1\.11\.4$/m);
    expect(run.stdout).toMatch(/^ok +AWS provider 5\.100\.0: (in the mirror|installed for the stack)/m);
  });
});
