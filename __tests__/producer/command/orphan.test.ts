import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

/** Events that a run makes which nobody stops. */
const ALL = 400;

it.each([
  ['stops in order when npm has ended that started it', 'producer', true],
  ['goes on without a parent where npm did not start it', undefined, false],
])('%s', async (_, event, isStopped) => {
  // A shell in between, as npm has one; it does not become the command.
  const run = `"$0" --import tsx producer/main.ts --dry-run --rate 40/s --amount ${ALL}; true`;
  const { npm_lifecycle_event: __, ...variables } = process.env;
  const shell = spawn('sh', ['-c', run, process.execPath], {
    env: { ...variables, ...(event !== undefined && { npm_lifecycle_event: event }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const told = text(shell.stderr);
  await once(shell.stdout, 'data');
  shell.stdout.resume();
  shell.kill('SIGTERM');
  // Ends when the producer has, which has the other end of it.
  const events = Number(/^(\d+) events, 0 refused/m.exec(await told)?.[1]);
  if (isStopped) expect(events).toBeLessThan(ALL);
  else expect(events).toBe(ALL);
});
