import type { Faker, Randomizer } from '@faker-js/faker';
// One locale: the whole of faker takes six times as long to load.
import { faker as template } from '@faker-js/faker/locale/en';
import type { Dataset, GeneratorContext } from '../../datasets/index.js';
import type { JsonEvent } from '../event-line.js';
import { scheduleOf } from '../pace/schedule.js';
import { eventTime } from './event-time.js';
import { type EventTimes, type GenerationPlan, REFERENCE_DATE } from './generation-plan.js';
import { SeededDraw } from './seeded-draw.js';
import { SeededRandomizer } from './seeded-randomizer.js';

/** Makes a run's events, block by block, in any order of blocks. */
export class EventMaker {
  readonly #randomizer = new SeededRandomizer();
  readonly #context: { -readonly [K in keyof GeneratorContext]: GeneratorContext[K] };
  readonly #timeOf: (index: number) => number;
  readonly #words: readonly number[];

  constructor(
    private readonly dataset: Dataset,
    { words, times }: Pick<GenerationPlan, 'words' | 'times'>,
    clock: () => Date = () => new Date(),
  ) {
    this.#words = words;
    const faker = newFaker(this.#randomizer);
    if (times.kind === 'reference') faker.setDefaultRefDate(REFERENCE_DATE);
    const draw = new SeededDraw(this.#randomizer, ({ size, make }) => {
      // A stream of its own, so that a pool is the same whichever block draws from it first.
      const randomizer = new SeededRandomizer();
      randomizer.seed([...words, 'pool']);
      const poolFaker = newFaker(randomizer);
      if (times.kind === 'reference') poolFaker.setDefaultRefDate(REFERENCE_DATE);
      return Array.from({ length: size }, () => make(poolFaker));
    });
    this.#context = { faker, draw, now: REFERENCE_DATE };
    this.#timeOf = timesOf(times, clock);
  }

  /** Begins a block: what comes next depends on nothing before it. */
  startBlock(number: number): void {
    this.#randomizer.seed([...this.#words, number]);
  }

  /** Makes an event of the block that was begun. A block's events have to be made in a row. */
  event(index: number): JsonEvent {
    this.#context.now = eventTime(this.#timeOf(index));
    return this.dataset.generate(this.#context);
  }
}

/** A faker of one's own: the shared one could be reseeded by anybody between two events. */
function newFaker(randomizer: Randomizer): Faker {
  return new (template.constructor as typeof Faker)({ locale: template.rawDefinitions, randomizer });
}

function timesOf(times: EventTimes, clock: () => Date): (index: number) => number {
  if (times.kind === 'reference') return (index) => REFERENCE_DATE.getTime() + index;
  const schedule = times.kind === 'schedule' ? scheduleOf(times.rate, times.begin) : undefined;
  if (times.kind === 'clock' || !schedule) return () => clock().getTime();
  return (index) => Math.floor(times.begin + schedule.startOf(index));
}
