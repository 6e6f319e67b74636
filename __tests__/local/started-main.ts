import type { ChildProcess } from 'node:child_process';
import { type Run, runCli } from '../cli/run-cli.js';

/** `npm run local`, in a process of its own. */
export interface StartedMain {
  readonly pid: number;
  readonly endpoint: string;
  /** Sends a signal, and gives what became of the process. */
  end(signal: NodeJS.Signals): Promise<Run>;
}

/**
 * Starts `npm run local` on a free port, with more flags if there are any, and waits until it says that it is ready.
 * @throws Error with what it said, where it ends instead.
 */
export async function startMain(
  dataDir: string,
  variables: Readonly<Record<string, string>> = {},
  ...flags: readonly string[]
): Promise<StartedMain> {
  let onReady: (endpoint: string) => void = () => {};
  const ready = new Promise<string>((resolve) => {
    onReady = resolve;
  });
  let child: ChildProcess | undefined;
  const ended = runCli(
    'local/main.ts',
    ['--port', '0', '--data-dir', dataDir, ...flags],
    variables,
    (started) => {
      child = started;
      let said = '';
      started.stdout?.on('data', (piece: Buffer) => {
        said += piece;
        const endpoint = /^Local AWS ready at (http:\S+)\n/.exec(said)?.[1];
        if (endpoint) onReady(endpoint);
      });
    },
  );
  const failed = ended.then(({ code, stderr }) => {
    throw new Error(`It ended with ${code}: ${stderr}`);
  });
  const endpoint = await Promise.race([ready, failed]);
  failed.catch(() => {});
  return {
    pid: child?.pid ?? 0,
    endpoint,
    end: (signal) => {
      child?.kill(signal);
      return ended;
    },
  };
}
