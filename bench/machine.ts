import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** The machine that is measured on, as far as it matters to the figures. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryBytes: number;
  readonly node: string;
  readonly platform: string;
  /** Share of the cores that something else keeps busy, 0 to 1. */
  readonly busy: number;
  /** The load average of the last minute, when it was looked at. */
  readonly load: number;
}

/** Looks at the machine for half a second. */
export async function lookAtMachine(): Promise<Machine> {
  const before = processorTimes();
  await sleep(500);
  const after = processorTimes();
  const total = after.total - before.total;
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() || 'unknown processor',
    memoryBytes: totalmem(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    busy: total > 0 ? 1 - (after.idle - before.idle) / total : 0,
    load: loadavg()[0] ?? 0,
  };
}

/** The machine in a line, and a warning where it has something else to do. */
export function machineLines(machine: Machine): readonly string[] {
  const { cores, processor, memoryBytes, node, platform, busy, load } = machine;
  const line =
    `${cores} cores (${processor}), ${Math.round(memoryBytes / 2 ** 30)} GiB, ${platform}, Node ${node}; ` +
    `${Math.round(busy * 100)}% busy and load ${load.toFixed(2)} at the start.`;
  if (busy < BUSY) return [line];
  return [line, 'The machine is busy with something else: figures will be low, and ratios unsure.'];
}

/** Share of the cores. */
const BUSY = 0.1;

function processorTimes(): { total: number; idle: number } {
  let [total, idle] = [0, 0];
  for (const { times } of cpus()) {
    total += times.user + times.nice + times.sys + times.idle + times.irq;
    idle += times.idle;
  }
  return { total, idle };
}
