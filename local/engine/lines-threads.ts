import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { EngineFault } from './engine.js';
import type { Lines, Part } from './write-lines.js';

/** Threads that read JSON: more of them than this only wait for the memory. */
export const LINES_THREADS = Math.min(availableParallelism(), 4);

/** Writes the rows of a part of a request in the thread with this number, from 0 to LINES_THREADS - 1. */
export function writeLinesInThread(number: number, part: Part, linesPath: string): Promise<Lines> {
  let thread = threads.get(number);
  if (!thread) {
    thread = new LinesThread(() => threads.delete(number));
    threads.set(number, thread);
  }
  return thread.write(part, linesPath);
}

/** Those that were started so far. They stay, as the next delivery needs them again. */
const threads = new Map<number, LinesThread>();

export interface LinesTask {
  readonly id: number;
  readonly part: Part;
  readonly linesPath: string;
}

export type LinesAnswer = { readonly id: number } & ({ readonly lines: Lines } | { readonly error: unknown });

class LinesThread {
  private readonly worker = new Worker(THREAD, { eval: true, execArgv: [] });
  private readonly pending = new Map<number, (answer: LinesAnswer) => void>();
  private lastId = 0;

  constructor(onLost: () => void) {
    this.worker.on('message', (answer: LinesAnswer) => this.settle(answer));
    this.worker.once('error', (error) => {
      onLost();
      const fault = new EngineFault(`A thread of the engine ended: ${error.message}`);
      for (const id of this.pending.keys()) this.settle({ id, error: fault });
    });
    this.worker.unref();
  }

  write(part: Part, linesPath: string): Promise<Lines> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.pending.set(id, (answer) => ('lines' in answer ? resolve(answer.lines) : reject(answer.error)));
      this.worker.ref();
      this.worker.postMessage({ id, part, linesPath } satisfies LinesTask);
    });
  }

  private settle(answer: LinesAnswer): void {
    this.pending.get(answer.id)?.(answer);
    this.pending.delete(answer.id);
    if (this.pending.size === 0) this.worker.unref();
  }
}

/** A thread does not take over that its process runs TypeScript: this has it read it by itself. */
const THREAD = `
  import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))}).then(({ register }) => {
    register();
    return import(${JSON.stringify(new URL('./lines-thread.ts', import.meta.url).href)});
  });
`;
