import type { GenerationPlan } from './generation-plan.js';
import type { HotKeys } from './imperfections.js';
import { SeededRandomizer } from './seeded-randomizer.js';
import { zipf } from './zipf.js';

/** What is to be done to one event. */
export interface Fate {
  readonly late: boolean;
  readonly malformed: boolean;
  /** How many places before it the event lies that is to be repeated in its place; 0 for none. */
  readonly repeats: number;
  /** Rank of the hot key that it is to have, from 1; 0 for its own. */
  readonly hotRank: number;
  /** Where its text is to break off, if it is to: 0 (included) to 1 (not included) of it. */
  readonly cut: number;
}

/**
 * Decides on each event of a block in turn, by a stream of random numbers that events are not drawn from: the events
 * that nothing is done to are those of a perfect run.
 */
export class Fates {
  readonly #randomizer = new SeededRandomizer();
  readonly #hotRank: () => number;

  constructor(private readonly plan: Pick<GenerationPlan, 'words' | 'imperfections'>) {
    this.#hotRank = hotRanks(plan.imperfections.hotKeys, () => this.#randomizer.next());
  }

  startBlock(number: number): void {
    this.#randomizer.seed([...this.plan.words, number, 'fate']);
  }

  /** @param offset of the event in its block. */
  next(offset: number): Fate {
    const { late, malformed = 0, duplicates = 0 } = this.plan.imperfections;
    // As many draws for each event, so that one share does not decide on who falls into another.
    const draw = () => this.#randomizer.next();
    const [forLate, forMalformed, forRepeat, forDistance, cut] = [draw(), draw(), draw(), draw(), draw()];
    const reach = Math.min(offset, LONGEST_WAY);
    return {
      late: forLate < (late?.share ?? 0),
      malformed: forMalformed < malformed,
      repeats: forRepeat < duplicates && reach > 0 ? 1 + Math.floor(forDistance * reach) : 0,
      hotRank: this.#hotRank(),
      cut,
    };
  }
}

/** Events between one and its duplicate, at most. */
const LONGEST_WAY = 100;

function hotRanks(hotKeys: HotKeys | undefined, random: () => number): () => number {
  if (hotKeys?.kind === 'share') return () => (random() < hotKeys.share ? 1 : 0);
  if (hotKeys?.kind === 'zipf') return zipf(hotKeys.exponent, hotKeys.keys, random);
  return () => 0;
}
