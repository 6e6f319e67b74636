import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SpillJournal } from '../../../producer/index.js';
import { RunFolder } from '../../../producer/spill/run-folder.js';

const RUN = { dataset: 'd', partitionKey: 'id', streamName: 's' } as const;

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'run-folder-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

it('names what cannot be used, and gives the rest', async () => {
  const free = RunFolder.create(dir, RUN, new Date());
  free.close(false);
  await writeFile(path.join(dir, 'run-1_free'), '');
  await mkdir(path.join(dir, 'run-2_free'));
  await writeFile(path.join(dir, 'run-2_free', 'run.json'), '{"dataset":');
  await mkdir(path.join(dir, 'run-3_free'));
  await writeFile(path.join(dir, 'run-3_free', '000000.jsonl'), '{}\n');
  const { claimed, busy, unusable } = RunFolder.claimAll(dir);
  expect(claimed.map(({ run }) => run)).toEqual([RUN]);
  expect(busy).toBe(0);
  expect(unusable).toEqual([
    { name: 'run-1_free', problem: expect.stringContaining('(ENOTDIR)') },
    { name: 'run-2_free', problem: expect.stringContaining('run.json is not what this version') },
    { name: 'run-3_free', problem: expect.stringContaining('(ENOENT)') },
  ]);
  expect(await readdir(dir)).toEqual(expect.arrayContaining(unusable.map(({ name }) => name)));
});

it('clears away what was left by processes that were killed while a run began or ended', async () => {
  for (const name of ['run-1_free', 'new-1-aa_9-9', 'old-1-aa_9-9']) await mkdir(path.join(dir, name));
  await writeFile(path.join(dir, 'old-1-aa_9-9', 'run.json'), '');
  await mkdir(path.join(dir, 'mine'));
  expect(RunFolder.claimAll(dir)).toEqual({ claimed: [], busy: 0, unusable: [] });
  expect(await readdir(dir)).toEqual(['mine']);
});

it('leaves alone what a process is still making, or removing', async () => {
  const owner = path.basename(RunFolder.create(dir, RUN, new Date()).path).replace(/^.*_/, '');
  for (const kind of ['new', 'old']) await mkdir(path.join(dir, `${kind}-1-aa_${owner}`));
  expect(RunFolder.claimAll(dir)).toEqual({ claimed: [], busy: 1, unusable: [] });
  expect(await readdir(dir)).toHaveLength(3);
});

it('can be taken over together with a run that began in the same millisecond', () => {
  const now = new Date();
  const script = `import { SpillJournal } from './producer/spill/spill-journal.ts';
    const journal = SpillJournal.open(process.argv[1], ${JSON.stringify(RUN)}, new Date(${now.getTime()}));
    journal.append(Buffer.from('{"id":"2"}\\n'), 0, 7);
    process.kill(process.pid, 'SIGKILL');`;
  const { signal } = spawnSync(process.execPath, [
    ...['--import', 'tsx', '--input-type=module', '-e', script, dir],
  ]);
  expect(signal).toBe('SIGKILL');
  const journal = SpillJournal.open(dir, RUN, now);
  journal.append(Buffer.from('{"id":"1"}\n'), 0, 7);
  journal.close();
  expect(RunFolder.claimAll(dir)).toMatchObject({ claimed: [{}, {}], unusable: [] });
});

it('is never seen half made, nor half removed', () => {
  const folder = RunFolder.create(dir, RUN, new Date());
  expect(path.basename(folder.path)).toMatch(/^run-\d{17}-[0-9a-f]{8}_\d+-\w+$/);
  expect(folder.close(true)).toBe(true);
  expect(RunFolder.claimAll(dir)).toEqual({ claimed: [], busy: 0, unusable: [] });
});
