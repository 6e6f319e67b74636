import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs one of the project's command lines, with no variable of AWS's or the project's but those given.
 *
 * @param onStart may send signals or look at what is written.
 */
export async function runCli(
  main:
    | 'producer/main.ts'
    | 'redrive/main.ts'
    | 'athena/main.ts'
    | 'local/main.ts'
    | 'workflow/main.ts'
    | 'workflow/doctor.ts',
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  onStart: (child: ReturnType<typeof spawn>) => void = () => {},
  /** What it reads on stdin. @default nothing */
  input = '',
): Promise<Run> {
  const clean = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|LAKEHOUSE_|DEBUG$|NODE_OPTIONS$)/.test(name),
  );
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    cwd: ROOT,
    env: { ...Object.fromEntries(clean), ...NOWHERE, ...variables },
    stdio: 'pipe',
  });
  // One that ends without having read it has no need of it.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  onStart(child);
  // A caller that closes stdout reads none of it.
  const stdoutRead = text(child.stdout).catch(() => '');
  const [stdout, stderr, code] = await Promise.all([stdoutRead, text(child.stderr), ended]);
  return { code, stdout, stderr };
}

/** No credentials from this machine: no files, and no metadata service to ask. */
const NOWHERE = {
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nonexistent/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
} as const;
