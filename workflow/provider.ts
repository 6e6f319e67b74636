import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { type CdktfApp, stackFolder } from './cdktf-app.js';
import { WorkflowError } from './workflow-error.js';

/** The AWS provider that `@cdktf/provider-aws` binds. */
export const PROVIDER_VERSION = '5.100.0';

/** The provider's folder in everything that holds providers: mirrors, caches, a stack's own `.terraform`. */
export const PROVIDER_FOLDER = path.join('registry.terraform.io', 'hashicorp', 'aws', PROVIDER_VERSION);

/** What to do where the provider cannot be had from the registry. */
export const MIRROR_ADVICE = [
  'If registry.terraform.io cannot be reached from here, let TF_CLI_CONFIG_FILE name a file with',
  'provider_installation { filesystem_mirror { path = "/a/folder" } }, where the folder is what',
  '"terraform providers mirror" made on a machine that can reach it.',
].join(' ');

/**
 * Makes sure that the provider is installed for a synthesized stack. It is so after the first time; what it takes then
 * is said on stderr.
 * @throws WorkflowError with what to do, where Terraform cannot install it or cannot get at the state.
 */
export async function requireProvider(app: CdktfApp): Promise<void> {
  const folder = stackFolder(app);
  // Terraform is asked even where it has the provider: CDKTF asks it again, and would show its answer as it is.
  if (!existsSync(path.join(folder, '.terraform', 'providers', PROVIDER_FOLDER))) {
    process.stderr.write(
      `Installing the AWS provider ${PROVIDER_VERSION} for Terraform, once for each stack.\n`,
    );
  }
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', ...(await cacheOfCdktf()) };
  const output = await new Promise<string | undefined>((resolve) => {
    const flags = ['init', '-input=false', '-no-color'];
    execFile('terraform', flags, { cwd: folder, env }, (error, stdout, stderr) =>
      resolve(error ? `${stdout}${stderr}` : undefined),
    );
  });
  if (output !== undefined) throw new WorkflowError(reasonsIn(output));
}

/** What went wrong when Terraform was initialized, from what it said, and what to do. */
export function reasonsIn(output: string): string[] {
  // Terraform sets its errors in a frame and breaks their lines.
  const text = output.replaceAll(/[│╷╵]/g, ' ').replaceAll(/\s+/g, ' ');
  const reason = /Error: (.*?)(?= Error: |$)/.exec(text)?.[1]?.trim() ?? text.trim();
  const short = reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason;
  if (/provider|registry/i.test(reason)) {
    return [`The AWS provider ${PROVIDER_VERSION} could not be installed: ${short}`, MIRROR_ADVICE];
  }
  if (/backend|bucket|state/i.test(reason)) {
    return [
      `Terraform cannot get at its state: ${short}`,
      'The bucket in settings/environments.ts (state.bucket) is made by "npm run bootstrap:deploy".',
    ];
  }
  return [`Terraform could not be initialized: ${short}`];
}

const LONGEST_REASON = 400;

/** The CDKTF command line shares providers between stacks by this variable, unless told not to. */
async function cacheOfCdktf(): Promise<NodeJS.ProcessEnv> {
  const { TF_PLUGIN_CACHE_DIR, CDKTF_DISABLE_PLUGIN_CACHE_ENV } = process.env;
  if (TF_PLUGIN_CACHE_DIR || CDKTF_DISABLE_PLUGIN_CACHE_ENV) return {};
  const cache = path.join(homedir(), '.terraform.d', 'plugin-cache');
  const made = await mkdir(cache, { recursive: true }).then(
    () => true,
    () => false,
  );
  return made ? { TF_PLUGIN_CACHE_DIR: cache } : {};
}
