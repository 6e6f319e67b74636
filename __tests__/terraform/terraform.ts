import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

/** Terraform, and the provider that the stack binds, as far as this machine has them. */
export interface TerraformFound {
  /** Why the tests that need Terraform are left out; undefined where they can run. */
  readonly missing: string | undefined;
  /** A folder laid out as a filesystem mirror that holds the provider; undefined where Terraform has to download it. */
  readonly mirror: string | undefined;
}

const PROVIDER = path.join('registry.terraform.io', 'hashicorp', 'aws', '5.100.0');

/**
 * Looks for Terraform and its provider. `LAKEHOUSE_TERRAFORM_MIRROR` names a mirror; else one is looked for where
 * Terraform itself looks, and in the folders of third-party software. Without one, Terraform downloads the provider,
 * which `LAKEHOUSE_TERRAFORM_DOWNLOAD=1` allows.
 */
export function findTerraform(variables: NodeJS.ProcessEnv = process.env): TerraformFound {
  const mirror = findMirror(variables);
  if (spawnSync('terraform', ['version'], { stdio: 'ignore', env: environment() }).status !== 0) {
    return { missing: 'terraform is not on the PATH', mirror };
  }
  if (!mirror && variables.LAKEHOUSE_TERRAFORM_DOWNLOAD !== '1') {
    return { missing: 'no mirror holds the AWS provider 5.100.0, and it may not be downloaded', mirror };
  }
  return { missing: undefined, mirror };
}

function findMirror(variables: NodeJS.ProcessEnv): string | undefined {
  const home = homedir();
  const data = variables.XDG_DATA_HOME ?? path.join(home, '.local', 'share');
  const implied = [
    path.join(home, '.terraform.d', 'plugins'),
    path.join(data, 'terraform', 'plugins'),
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
  ];
  const candidates = [
    variables.LAKEHOUSE_TERRAFORM_MIRROR ?? '',
    ...implied,
    ...foldersIn('/opt'),
    ...foldersIn('/srv'),
  ];
  return candidates.find((folder) => folder !== '' && existsSync(path.join(folder, PROVIDER)));
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => path.join(folder, name));
  } catch {
    return [];
  }
}

/** Variables for Terraform: it asks nobody for its own version, and no settings of this machine's user reach it. */
export function environment(configuration?: string): NodeJS.ProcessEnv {
  const { TF_CLI_CONFIG_FILE: _, ...rest } = process.env;
  return {
    ...rest,
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    ...(configuration !== undefined && { TF_CLI_CONFIG_FILE: configuration }),
  };
}

/** How a command of Terraform ended. */
export interface TerraformRun {
  readonly code: number;
  readonly output: string;
  readonly milliseconds: number;
}

/** A folder in which Terraform works on one stack. */
export class TerraformFolder {
  private constructor(
    readonly folder: string,
    private readonly variables: NodeJS.ProcessEnv,
  ) {}

  static async open(
    folder: string,
    { mirror }: TerraformFound,
    variables: NodeJS.ProcessEnv = {},
  ): Promise<TerraformFolder> {
    await mkdir(folder, { recursive: true });
    const configuration = path.join(folder, 'cli.tfrc');
    const installation = mirror
      ? `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`
      : '';
    await writeFile(configuration, installation);
    return new TerraformFolder(folder, { ...environment(configuration), ...variables });
  }

  /** Variables by which a child, such as the CDKTF command line, finds the provider as this does. */
  get environment(): NodeJS.ProcessEnv {
    return this.variables;
  }

  /** Puts a synthesized stack in place, its state beside it. */
  async write(stack: Readonly<Record<string, unknown>>): Promise<void> {
    const { terraform, ...rest } = stack as { terraform: Record<string, unknown> };
    const backend = { local: { path: path.join(this.folder, 'terraform.tfstate') } };
    const text = JSON.stringify({ ...rest, terraform: { ...terraform, backend } });
    await writeFile(path.join(this.folder, 'cdk.tf.json'), text);
  }

  /** Runs a command; does not throw where Terraform fails. */
  run(...args: readonly string[]): Promise<TerraformRun> {
    const started = performance.now();
    return new Promise((resolve) => {
      const options = { cwd: this.folder, env: this.variables, maxBuffer: 64 * 1024 * 1024 };
      execFile('terraform', [...args, '-no-color'], options, (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : error ? 1 : 0;
        resolve({ code, output: stdout + stderr, milliseconds: performance.now() - started });
      });
    });
  }

  /**
   * Runs a command that has to succeed.
   * @throws Error with all that Terraform said, where it does not.
   */
  async must(...args: readonly string[]): Promise<TerraformRun> {
    const run = await this.run(...args);
    if (run.code !== 0) throw new Error(`terraform ${args.join(' ')} ended with ${run.code}:\n${run.output}`);
    return run;
  }

  /** What a saved plan would do to each resource: `aws_kinesis_stream.x: update`. Those that stay are left out. */
  async actionsOf(planFile: string): Promise<string[]> {
    const { output } = await this.must('show', '-json', planFile);
    const plan = JSON.parse(output) as {
      resource_changes?: { address: string; change: { actions: string[] } }[];
    };
    return (plan.resource_changes ?? [])
      .map(({ address, change }) => `${address}: ${change.actions.join(' and ')}`)
      .filter((line) => !/: (no-op|read)$/.test(line));
  }
}
