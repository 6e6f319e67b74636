import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Benchmark, Task } from '../benchmark.js';
import { childProcesses } from '../child-processes.js';
import type { Measurement } from '../measure.js';
import { processUsage } from '../process-usage.js';

const LOCAL = 'local AWS';
const EMPTY = 'a program that only says that it is ready';

/** How long one waits for local AWS, and what it costs to let it run. */
export const start: Benchmark = {
  name: 'start',
  about:
    'local AWS with an empty data folder, without --provision, from its start until it says that it is ready, and the memory of all its processes a second after. Wanted are 1 s and 120 MiB.',
  unit: 'starts',
  rounds: 3,
  contenders: [
    {
      name: LOCAL,
      run: (task) =>
        starts(task, (folder) => [
          ...['--import', 'tsx', projectFile('local/main.ts')],
          ...['--port', '0', '--data-dir', folder],
        ]),
    },
    { name: EMPTY, run: (task) => starts(task, () => ['--import', 'tsx', '--eval', SAY_READY]) },
  ],
  comparisons: [
    { subject: LOCAL, peer: EMPTY, figure: 'rate' },
    { subject: LOCAL, peer: EMPTY, figure: 'peakBytes' },
  ],
};

const SAY_READY = "process.stdin.resume(); process.stdout.write('ready\\n')";

const projectFile = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Milliseconds. */
const IDLE = 1_000;

async function starts(
  { events = 1 }: Task,
  commandLine: (folder: string) => readonly string[],
): Promise<Measurement> {
  let [seconds, cpuSeconds, peakBytes] = [0, 0, 0];
  for (let turn = 0; turn < events; turn++) {
    const folder = await mkdtemp(join(tmpdir(), 'lakehouse-bench-'));
    const begun = performance.now();
    const child = spawn(process.execPath, commandLine(folder), { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(createInterface({ input: child.stdout }), 'line');
    seconds += (performance.now() - begun) / 1_000;
    const pid = child.pid ?? 0;
    cpuSeconds += processUsage(pid)?.cpuSeconds ?? Number.NaN;
    await sleep(IDLE);
    const resident = await Promise.all([pid, ...childProcesses(pid)].map(residentBytes));
    peakBytes = Math.max(
      peakBytes,
      resident.reduce((sum, bytes) => sum + bytes, 0),
    );
    child.kill();
    await once(child, 'close');
    await rm(folder, { recursive: true, force: true });
  }
  const note = `ready after ${(seconds / events).toFixed(2)} s, the last time; memory is what it has when idle`;
  return { amount: events, seconds, cpuSeconds, peakBytes, note };
}

/** NaN where there is no `/proc` to tell. */
async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) * 1_024;
}
