import { readFileSync } from 'node:fs';
import type { ProcessUsage } from './surroundings.js';

/** What another process has used so far, without its children; undefined where there is no `/proc` to tell. */
export function processUsage(pid: number): ProcessUsage | undefined {
  try {
    // Counted from behind the command in brackets, which may hold spaces itself.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    // A process that has ended, and was not waited for yet, has no memory any more.
    if (peak === undefined) return undefined;
    return { cpuSeconds: ticks / TICKS_PER_SECOND, peakBytes: Number(peak) * 1_024 };
  } catch {
    return undefined;
  }
}

/** Looks at a process until it ends, and tells what it had used when it was last there. */
export function watchUsage(pid: number): { last(): ProcessUsage | undefined } {
  let last = processUsage(pid);
  const timer = setInterval(() => {
    const now = processUsage(pid);
    if (now && now.cpuSeconds >= (last?.cpuSeconds ?? 0)) last = now;
    else clearInterval(timer);
  }, LOOK);
  timer.unref();
  return { last: () => last };
}

/** Milliseconds. */
const LOOK = 20;

/** The same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
