import path from 'node:path';
import type { Dataset } from '../../datasets/index.js';
import type { EventBlock } from '../event-block.js';
import type { Journal } from '../journal.js';
import type { UnusableRun } from '../spill/run-folder.js';
import { SpillError } from '../spill/spill-error.js';
import type { SpillRest } from '../spill/spill-rest.js';
import type { Flags } from './flags.js';
import type { RunPlan } from './run-plan.js';

/** Where a run's events come from and go to. */
export interface Source {
  /** Name of the dataset. */
  readonly dataset: string;
  /** The column that the partition key is in. */
  readonly partitionKey: string;
  readonly streamName: string;
  /** How many events there are, where that is known. */
  readonly total: number | undefined;
  /** What keeps them on disk until they are acknowledged; `close` tells what is left. */
  readonly journal?: (Journal & { close(): SpillRest }) | undefined;
  /** The events. @param begin when the run begins, in milliseconds since 1970. */
  blocks(begin: number): AsyncIterable<EventBlock>;
}

/** Fake events, or those of `--input`. @throws SpillError where the spill folder cannot be used. */
export async function sourceOf(
  dataset: Dataset,
  streamName: string,
  flags: Flags,
  plan: RunPlan,
  onUnknownField: (name: string) => void,
): Promise<Source> {
  return {
    dataset: dataset.name,
    partitionKey: dataset.partitionKey,
    streamName,
    total: plan.amount,
    journal: await journalOf(dataset, streamName, flags),
    blocks: async function* (begin) {
      if (flags.input !== undefined) {
        const { openInput, readEvents } = await import('../input/input.js');
        yield* readEvents(dataset, openInput(flags.input), { keys: flags.pack === 'none', onUnknownField });
        return;
      }
      const { generateBlocks } = await import('../generate/generate-blocks.js');
      const { seed, workers, pack } = flags;
      const { amount, rate, imperfections } = plan;
      const schedule = rate.kind === 'max' ? undefined : { rate, begin };
      yield* generateBlocks(dataset, {
        amount,
        seed,
        workers,
        keys: pack === 'none',
        imperfections,
        schedule,
      });
    },
  };
}

/** What earlier runs have left. */
export interface Replays {
  /** Those that are to be sent, the oldest first. */
  readonly sources: readonly Source[];
  /** How many others work on. */
  readonly busy: number;
  readonly unusable: readonly UnusableRun[];
}

/**
 * What earlier runs have left in a spill folder.
 * @throws SpillError where it cannot be read.
 */
export async function replaysOf(spillDir: string, { pack }: Flags): Promise<Replays> {
  const [{ RunFolder }, { SpillReplay }] = await Promise.all([
    import('../spill/run-folder.js'),
    import('../spill/spill-replay.js'),
  ]);
  const { claimed, busy, unusable } = RunFolder.claimAll(spillDir);
  const unread: UnusableRun[] = [];
  const sources = claimed.flatMap((folder): Source[] => {
    try {
      const replay = SpillReplay.open(folder, { keys: pack === 'none' });
      return [{ ...replay.run, total: replay.left, journal: replay, blocks: () => replay.blocks() }];
    } catch (error) {
      if (!(error instanceof SpillError)) throw error;
      folder.close(false);
      unread.push({ name: path.basename(folder.path), problem: error.message });
      return [];
    }
  });
  return { sources, busy, unusable: [...unusable, ...unread] };
}

async function journalOf({ name, partitionKey }: Dataset, streamName: string, { spillDir, dryRun }: Flags) {
  if (spillDir === undefined || dryRun) return undefined;
  const { SpillJournal } = await import('../spill/spill-journal.js');
  return SpillJournal.open(spillDir, { dataset: name, partitionKey, streamName });
}
