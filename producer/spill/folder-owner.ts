import { processStart } from '../../cli/process-start.js';

/** This process, as folders name it. */
export function thisProcess(): string {
  return ownerName(process.pid) ?? String(process.pid);
}

/** Whether the process that a folder names is there. */
export function isAlive(owner: string): boolean {
  const pid = Number.parseInt(owner, 10);
  return Number.isInteger(pid) && ownerName(pid) === owner;
}

/** Its number, and when it started: the number alone may have been given to another since. */
function ownerName(pid: number): string | undefined {
  const start = processStart(pid);
  return start && `${pid}-${start.replace(/[^A-Za-z0-9]/g, '')}`;
}
