import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { WorkflowError } from './workflow-error.js';

/** Where Terraform comes from. */
export const TERRAFORM_HOME = 'https://developer.hashicorp.com/terraform/install';

/**
 * Makes sure that there is a Terraform which can work with the stack.
 * @param oldest the oldest version that can.
 * @returns its version.
 * @throws WorkflowError if there is none on the PATH, or it is older.
 */
export async function requireTerraform(oldest: string): Promise<string> {
  const version = await terraformVersion();
  if (version === undefined) {
    throw new WorkflowError([
      `Terraform is not on the PATH: install ${oldest} or newer from ${TERRAFORM_HOME}.`,
    ]);
  }
  if (isOlder(version, oldest)) {
    throw new WorkflowError([
      `Terraform ${version} is too old: install ${oldest} or newer from ${TERRAFORM_HOME}.`,
    ]);
  }
  return version;
}

/** The version of the Terraform on the PATH, such as `1.11.4`; undefined where there is none that says so. */
export async function terraformVersion(): Promise<string | undefined> {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1' };
  try {
    const { stdout } = await promisify(execFile)('terraform', ['version', '-json'], { env });
    const { terraform_version: version } = JSON.parse(stdout) as { terraform_version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}

/** Whether `version` is older than `oldest`. What follows a hyphen, as in `1.12.0-beta1`, is not looked at. */
export function isOlder(version: string, oldest: string): boolean {
  const [parts, least] = [version, oldest].map((text) => text.replace(/-.*/, '').split('.').map(Number));
  for (const [index, wanted] of (least ?? []).entries()) {
    const found = parts?.[index] ?? 0;
    if (found !== wanted) return found < wanted;
  }
  return false;
}
