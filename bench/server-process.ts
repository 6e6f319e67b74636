import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { processUsage } from './process-usage.js';
import type { Surroundings } from './surroundings.js';

/** Starts a Kinesis that acknowledges all and keeps nothing. */
export const acknowledgingKinesis = () => serverProcess('./acknowledging-server.ts');

/** Starts a server that only reads requests, and answers always the same: the limit of what any server can do. */
export const fixedAnswerServer = (answer: string) => serverProcess('./fixed-answer-server.ts', answer);

/** A server in a process of its own, which says where it listens, once it has been sent what it waits for. */
async function serverProcess(file: string, start?: string): Promise<Surroundings> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  if (start !== undefined) child.send(start);
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
