import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../running-local-aws.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Runs a command as the first process of a container would run: with the id 1, and with no sight of other processes. */
const CONTAINER = ['--pid', '--fork', '--kill-child', '--mount-proc'];
const canContain = spawnSync('unshare', [...CONTAINER, 'true']).status === 0;

/** Starts local AWS as a container would, and gives what it says first, on stdout or stderr. */
async function startContained(dataDir: string): Promise<{ child: ChildProcess; said: string }> {
  const command = [
    process.execPath,
    '--import',
    'tsx',
    'local/main.ts',
    '--port',
    '0',
    '--data-dir',
    dataDir,
  ];
  const child = spawn('unshare', [...CONTAINER, ...command], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [said] = await Promise.race([child.stdout, child.stderr].map((stream) => once(stream, 'data')));
  return { child, said: String(said) };
}

describe.skipIf(!canContain)('a data folder that containers share (which takes unshare, and root)', () => {
  it('belongs to one of them, though both have the same process id, until that one is killed', async () => {
    const { folder, remove } = await temporaryFolder();
    onTestFinished(remove);
    const owner = await startContained(folder);
    expect(owner.said).toMatch(/^Local AWS ready/);
    const rival = await startContained(folder);
    expect(rival.said).toContain('belongs to a local AWS that is running');
    owner.child.kill('SIGKILL');
    await once(owner.child, 'close');
    const next = await startContained(folder);
    expect(next.said).toMatch(/^Local AWS ready/);
    next.child.kill('SIGKILL');
    await once(next.child, 'close');
  });
});
