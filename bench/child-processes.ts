import { readdirSync, readFileSync } from 'node:fs';

/** The processes that a process has started itself and that run; none where there is no `/proc` to tell. */
export function childProcesses(pid: number): readonly number[] {
  try {
    // A thread has its children listed under itself.
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}
