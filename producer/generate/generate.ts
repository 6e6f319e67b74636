import type { Dataset } from '../../datasets/index.js';
import { EventMaker } from './event-maker.js';
import { BLOCK, seedWords } from './generation-plan.js';

/** The events of a dataset that `D` is. */
export type GeneratedEvent<D extends Dataset> = ReturnType<D['generate']>;

export interface GenerateOptions {
  /** How many events. @default - without end. */
  readonly amount?: number | undefined;
  /**
   * The same seed and amount give the same events, to the byte; 0 to 2^53 - 1.
   * @default - a random seed, and events that happen now.
   */
  readonly seed?: number | undefined;
  /** @default - the real clock; not looked at where there is a seed. */
  readonly clock?: (() => Date) | undefined;
}

/**
 * Makes events of a dataset, one when asked for one: the same that `generateBlocks` makes.
 *
 * With a seed, event number n happens n milliseconds after the reference date.
 */
export function* generate<D extends Dataset>(
  dataset: D,
  { amount = Number.POSITIVE_INFINITY, seed, clock }: GenerateOptions,
): Generator<GeneratedEvent<D>, void, undefined> {
  const times = { kind: seed === undefined ? 'clock' : 'reference' } as const;
  const maker = new EventMaker(dataset, { words: seedWords(seed), times }, clock);
  for (let index = 0; index < amount; index++) {
    if (index % BLOCK === 0) maker.startBlock(index / BLOCK);
    yield maker.event(index) as GeneratedEvent<D>;
  }
}
