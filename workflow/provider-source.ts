import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { type CdktfApp, stackFolder } from './cdktf-app.js';
import { PROVIDER_FOLDER, PROVIDER_VERSION } from './provider.js';

/** Where Terraform would take the provider from; undefined where it has no source. */
export async function providerSource(
  app: CdktfApp,
  variables: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  if (existsSync(path.join(stackFolder(app), '.terraform', 'providers', PROVIDER_FOLDER)))
    return 'installed for the stack';
  const { mirrors, network, isDirect } = readConfiguration(variables);
  // Terraform's own folders are looked at only where its configuration says nothing of mirrors.
  const folders = [...mirrors, ...(mirrors.length > 0 ? [] : impliedFolders(variables))];
  const mirror = folders.find(holdsProvider);
  if (mirror !== undefined) return `in the mirror ${mirror}`;
  if (network !== undefined) return (await answers(network)) ? `at the mirror ${network}` : undefined;
  return isDirect && (await answers(REGISTRY)) ? 'in the registry' : undefined;
}

const REGISTRY = 'https://registry.terraform.io/.well-known/terraform.json';
/** Milliseconds. */
const PATIENCE = 5_000;

function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(PATIENCE) }).then(
    () => true,
    () => false,
  );
}

/** As much of Terraform's CLI configuration as says where providers come from. */
interface Sources {
  readonly mirrors: readonly string[];
  readonly network: string | undefined;
  /** Whether providers may come from the registry. */
  readonly isDirect: boolean;
}

function readConfiguration(variables: NodeJS.ProcessEnv): Sources {
  const file = variables.TF_CLI_CONFIG_FILE || path.join(homedir(), '.terraformrc');
  const text = existsSync(file) ? readFileSync(file, 'utf8').replaceAll(/^\s*(#|\/\/).*$/gm, '') : '';
  return {
    mirrors: [...text.matchAll(/filesystem_mirror\s*\{[^}]*?path\s*=\s*"([^"]+)"/g)].map(
      ([, folder = '']) => folder,
    ),
    network: /network_mirror\s*\{[^}]*?url\s*=\s*"([^"]+)"/.exec(text)?.[1],
    isDirect: !text.includes('provider_installation') || /\bdirect\s*\{/.test(text),
  };
}

/** @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories */
function impliedFolders(variables: NodeJS.ProcessEnv): string[] {
  const home = homedir();
  const data = variables.XDG_DATA_HOME ?? path.join(home, '.local', 'share');
  return [
    path.join(home, '.terraform.d', 'plugins'),
    path.join(home, 'Library', 'Application Support', 'io.terraform', 'plugins'),
    path.join(data, 'terraform', 'plugins'),
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
  ];
}

/** A mirror has the provider unpacked in a folder of its version, or packed beside the other versions. */
function holdsProvider(mirror: string): boolean {
  if (existsSync(path.join(mirror, PROVIDER_FOLDER))) return true;
  try {
    return readdirSync(path.join(mirror, path.dirname(PROVIDER_FOLDER))).some((file) =>
      file.startsWith(`terraform-provider-aws_${PROVIDER_VERSION}_`),
    );
  } catch {
    return false;
  }
}
