import { fork } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Benchmark, Contender, Task } from './benchmark.js';
import type { Measurement } from './measure.js';
import type { ProcessUsage } from './surroundings.js';

/** One turn of one contender. */
export interface Turn extends Measurement {
  /** The most memory that its process had, in bytes. */
  readonly peakBytes: number;
  /** What the surroundings used for it. */
  readonly surroundings?: ProcessUsage;
}

/** What a contender's process sends when it is done. */
export type ChildReport = Measurement & { readonly peakBytes: number };

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

/**
 * Gives a contender its turn: in new surroundings, and in a process of its own, so that its processor time and its
 * memory are nobody else's.
 *
 * @param options.events of the turn, where not the contender's own number.
 * @param options.stop ends the process, and the surroundings with it.
 * @throws Error with what the process said, where it ends without a measurement.
 */
export async function takeTurn(
  benchmark: Benchmark,
  contender: Contender,
  { events, stop }: { readonly events?: number | undefined; readonly stop: AbortSignal },
): Promise<Turn> {
  const surroundings = await (contender.surroundings ?? benchmark.surroundings)?.();
  try {
    const task = { events, endpoint: surroundings?.endpoint ?? '' };
    const report = await runChild(benchmark, contender, task, stop);
    const used = surroundings?.used();
    return { ...report, ...(used && { surroundings: used }) };
  } finally {
    await surroundings?.close();
  }
}

async function runChild(
  benchmark: Benchmark,
  contender: Contender,
  task: Task,
  signal: AbortSignal,
): Promise<ChildReport> {
  const child = fork(CHILD, [benchmark.name, contender.name, JSON.stringify(task)], {
    execArgv: ['--import', 'tsx'],
    signal,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // As JSON, NaN would arrive as null.
    serialization: 'advanced',
  });
  let report: ChildReport | undefined;
  child.on('message', (message) => {
    report = message as ChildReport;
  });
  const said = child.stderr ? text(child.stderr) : Promise.resolve('');
  const [code, endedBy] = await once(child, 'close');
  if (!report) throw new Error(`It ended with ${endedBy ?? code}. ${(await said).trim()}`);
  return report;
}
