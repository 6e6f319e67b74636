import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** A local AWS in a process of its own. */
export interface LocalAwsProcess {
  readonly endpoint: string;
  readonly pid: number;
  /** What it told while it created the stack, line by line. */
  readonly told: readonly string[];
  /** Rejects if the process ends before it is stopped. */
  readonly ended: Promise<never>;
  /** Stops it and waits until it has. */
  stop(): Promise<void>;
}

/**
 * Starts `npm run local` on a free port, and waits until it is ready.
 *
 * @param provision whether the stack is created.
 * @throws Error with what it said, where it ends before that.
 */
export async function startLocalAwsProcess(
  dataDir: string,
  { provision = true } = {},
): Promise<LocalAwsProcess> {
  const main = fileURLToPath(new URL('../local/main.ts', import.meta.url));
  const flags = ['--port', '0', '--data-dir', dataDir, ...(provision ? ['--provision'] : [])];
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...flags], {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: Ctrl-C is for the demo, which stops its server in its own time.
    detached: true,
  });
  const told: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => told.push(line));
  let isStopping = false;
  const ended = once(child, 'close').then(([code]) => {
    if (isStopping) return new Promise<never>(() => {});
    throw new Error(`Local AWS ended with ${code}. ${told.join(' ')}`);
  });
  // Whoever waits for something else meanwhile is told by a race with it.
  ended.catch(() => {});
  const ready = once(createInterface({ input: child.stdout }), 'line').then(([line]) => String(line));
  const line = await Promise.race([ready, ended]);
  return {
    endpoint: line.replace(/^.* at /, ''),
    pid: child.pid ?? 0,
    told,
    ended,
    stop: async () => {
      isStopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'close');
    },
  };
}
