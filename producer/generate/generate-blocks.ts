import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { type Dataset, datasets } from '../../datasets/index.js';
import type { EventBlock } from '../event-block.js';
import { peakOf, type Rate } from '../pace/schedule.js';
import { BlockMaker } from './block-maker.js';
import type { GenerateOptions } from './generate.js';
import { BLOCK, type EventTimes, type GenerationPlan, seedWords } from './generation-plan.js';
import { GeneratorWorkers } from './generator-workers.js';
import { checkImperfections, type Imperfections } from './imperfections.js';

export interface GenerateBlocksOptions extends GenerateOptions {
  /** Whether blocks are to carry the partition keys. @default false */
  readonly keys?: boolean | undefined;
  /** What is to be wrong on purpose. @default - nothing. */
  readonly imperfections?: Imperfections | undefined;
  /**
   * How fast the events will be started and since when (milliseconds since 1970). Without a seed they happen when they
   * are to start.
   * @default - as fast as possible, and events that happen when they are made.
   */
  readonly schedule?: { readonly rate: Rate; readonly begin: number } | undefined;
  /**
   * Threads that make events beside this one; 0 for this one alone. Only events of the lakehouse's own datasets, by the
   * real clock, can be made by others.
   * @default - as many as are of use.
   */
  readonly workers?: number | undefined;
}

/**
 * Makes events of a dataset as blocks, in order; the same seed and amount give the same bytes, whatever the number of
 * threads that make them. Threads end when the iteration does.
 *
 * @throws RangeError where imperfections cannot be had.
 * @throws what a dataset's generator throws, and an error where a thread is lost.
 */
export async function* generateBlocks(
  dataset: Dataset,
  options: GenerateBlocksOptions,
): AsyncGenerator<EventBlock, void, undefined> {
  const { amount = Number.POSITIVE_INFINITY, seed, clock, keys = false, imperfections = {} } = options;
  checkImperfections(imperfections);
  const plan: GenerationPlan = {
    words: seedWords(seed),
    times: timesOf(options),
    amount,
    keys,
    imperfections,
  };
  const blocks = Math.ceil(amount / BLOCK);
  const workers = clock !== undefined || !datasets.includes(dataset) ? 0 : workersFor(options);
  if (workers === 0) {
    const maker = new BlockMaker(dataset, plan, clock);
    for (let number = 0; number < blocks; number++) {
      yield maker.block(number);
      // Blocks that are always wanted at once would never leave the thread.
      await setImmediate();
    }
    return;
  }
  const threads = new GeneratorWorkers({ dataset: dataset.name, plan }, Math.min(workers, blocks), blocks);
  try {
    for (let number = 0; number < blocks; number++) yield await threads.next();
  } finally {
    await threads.close();
  }
}

/** Events a second that one thread makes, about. */
const THREAD_RATE = 500_000;
/** Fewer events are made here in the time that a thread takes to start. */
const WORTH_A_THREAD = 300_000;
/** With more, the thread that sends them is what holds them up. */
const MOST_WORKERS = 2;

function workersFor({ amount = Number.POSITIVE_INFINITY, workers, schedule }: GenerateBlocksOptions): number {
  if (workers !== undefined) return workers;
  // This thread makes a tenth of what a thread can beside its other work.
  const wanted = schedule ? peakOf(schedule.rate) / THREAD_RATE : Number.POSITIVE_INFINITY;
  if (amount < WORTH_A_THREAD || wanted < 0.1) return 0;
  return Math.min(Math.max(1, availableParallelism() - 1), MOST_WORKERS, Math.ceil(wanted));
}

function timesOf({ seed, schedule }: GenerateBlocksOptions): EventTimes {
  if (seed !== undefined) return { kind: 'reference' };
  return schedule ? { kind: 'schedule', ...schedule } : { kind: 'clock' };
}
