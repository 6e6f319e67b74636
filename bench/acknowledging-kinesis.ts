import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { processUsage } from './process-usage.js';
import type { Surroundings } from './surroundings.js';

const SERVER = fileURLToPath(new URL('./acknowledging-server.ts', import.meta.url));

/** Starts a Kinesis that acknowledges all and keeps nothing, in a process of its own. */
export async function acknowledgingKinesis(): Promise<Surroundings> {
  const child = fork(SERVER, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [endpoint] = await once(child, 'message');
  return {
    endpoint: String(endpoint),
    used: () => (child.pid === undefined ? undefined : processUsage(child.pid)),
    close: async () => {
      const closed = once(child, 'close');
      child.kill();
      await closed;
    },
  };
}
