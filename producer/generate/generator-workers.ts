import { Worker } from 'node:worker_threads';
import type { EventBlock } from '../event-block.js';
import type { GenerationPlan } from './generation-plan.js';

/** What a generator thread is started with. */
export interface GeneratorTask {
  /** Name of one of the lakehouse's datasets: functions cannot be sent to a thread. */
  readonly dataset: string;
  readonly plan: GenerationPlan;
}

/** What a generator thread answers to the number of a block. */
export interface GeneratedBlock {
  readonly number: number;
  readonly block: EventBlock;
}

/** A generator thread ended before its work was done. */
export class GeneratorThreadError extends Error {
  override readonly name = 'GeneratorThreadError';
}

/** Threads that make a run's blocks, which are given in their order, a bounded number of them ahead. */
export class GeneratorWorkers {
  readonly #workers: readonly Worker[];
  /** Those that have room for another order, once for each. */
  readonly #idle: Worker[] = [];
  readonly #ready = new Map<number, EventBlock>();
  /** The next block to be given, and the next one to be ordered. */
  #next = 0;
  #unordered = 0;
  #waiting: Waiting | undefined;
  #lost: unknown;
  #closed = false;

  /**
   * @param count threads, at least one.
   * @param blocks how many there are in all; can be infinite.
   */
  constructor(
    task: GeneratorTask,
    count: number,
    private readonly blocks: number,
  ) {
    this.#workers = Array.from({ length: count }, () => this.#start(task));
    for (let order = 0; order < ORDERS; order++) this.#idle.push(...this.#workers);
    this.#order();
  }

  /** The next block. @throws GeneratorThreadError, or what the dataset's generator has thrown. */
  next(): Promise<EventBlock> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      // Only who waits for a block keeps the process alive.
      for (const worker of this.#workers) worker.ref();
      this.#give();
    });
  }

  /** Ends the threads, whatever they are at. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #start(task: GeneratorTask): Worker {
    const worker = new Worker(THREAD, {
      eval: true,
      workerData: task,
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION },
    });
    worker.unref();
    worker.on('message', ({ number, block }: GeneratedBlock) => {
      this.#ready.set(number, block);
      this.#idle.push(worker);
      this.#give();
      this.#order();
    });
    worker.once('error', (error) => this.#lose(error));
    worker.once('exit', (code) =>
      this.#lose(new GeneratorThreadError(`A thread that makes events has ended (exit code ${code}).`)),
    );
    return worker;
  }

  /** Has idle threads make blocks, as far ahead as may be. */
  #order(): void {
    const end = Math.min(this.blocks, this.#next + this.#workers.length * AHEAD);
    while (this.#unordered < end) {
      const worker = this.#idle.shift();
      if (!worker) return;
      worker.postMessage(this.#unordered++);
    }
  }

  /** Gives the block that is waited for, if it is there. */
  #give(): void {
    const waiting = this.#waiting;
    const block = this.#ready.get(this.#next);
    if (!waiting || (!block && this.#lost === undefined)) return;
    this.#waiting = undefined;
    for (const worker of this.#workers) worker.unref();
    if (!block) {
      waiting.reject(this.#lost);
      return;
    }
    this.#ready.delete(this.#next++);
    this.#order();
    waiting.resolve(block);
  }

  #lose(error: unknown): void {
    if (this.#closed) return;
    this.#lost ??= error;
    this.#give();
  }
}

interface Waiting {
  resolve(block: EventBlock): void;
  reject(error: unknown): void;
}

/**
 * A thread does not take over that its process runs TypeScript, and a test runner's process does so in its own way:
 * this has the thread read it by itself.
 */
const THREAD = `
  import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))}).then(({ register }) => {
    register();
    return import(${JSON.stringify(new URL('./generator-worker.ts', import.meta.url).href)});
  });
`;

/** Orders that a thread has at once, so that it never waits for the next. */
const ORDERS = 2;
/** Blocks a thread that are under way or ready. */
const AHEAD = 6;
/** MiB a thread for short-lived objects: nearly all are, and rooms that are larger are cleaned less often. */
const YOUNG_GENERATION = 64;
