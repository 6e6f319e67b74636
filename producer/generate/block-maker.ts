import type { Dataset } from '../../datasets/index.js';
import type { EventBlock } from '../event-block.js';
import type { JsonEvent } from '../event-line.js';
import { BlockBuilder } from './block-builder.js';
import { EventMaker } from './event-maker.js';
import { type Fate, Fates } from './fate.js';
import { BLOCK, type GenerationPlan } from './generation-plan.js';
import { withHotKey } from './hot-key.js';
import type { ImperfectEvent, ImperfectionKind } from './imperfect-event.js';
import { isPerfect } from './imperfections.js';
import { withTimeBefore } from './late-time.js';

/** Makes a run's blocks, in any order: a block depends on the dataset, the plan and its number alone. */
export class BlockMaker {
  readonly #maker: EventMaker;
  readonly #builder: BlockBuilder;
  readonly #fates: Fates | undefined;
  #alone: number[] = [];
  #imperfect: ImperfectEvent[] = [];

  constructor(
    private readonly dataset: Dataset,
    private readonly plan: GenerationPlan,
    clock?: () => Date,
  ) {
    this.#maker = new EventMaker(dataset, plan, clock);
    this.#builder = new BlockBuilder(dataset, plan.keys);
    if (!isPerfect(plan.imperfections)) this.#fates = new Fates(plan);
  }

  /** @param number from 0. The last block of a run may be shorter than the others. */
  block(number: number): EventBlock {
    const first = number * BLOCK;
    const end = Math.min(first + BLOCK, this.plan.amount);
    this.#maker.startBlock(number);
    if (!this.#fates) {
      for (let index = first; index < end; index++) this.#builder.add(this.#maker.event(index));
      return this.#builder.take(first);
    }
    this.#fates.startBlock(number);
    this.#alone = [];
    this.#imperfect = [];
    const identities: string[] = [];
    for (let index = first; index < end; index++) {
      const fate = this.#fates.next(index - first);
      identities.push(this.#addBy(fate, this.#maker.event(index), first, identities));
    }
    const [alone, imperfect] = [this.#alone, this.#imperfect];
    return {
      ...this.#builder.take(first),
      ...(alone.length > 0 && { alone }),
      ...(imperfect.length > 0 && { imperfect }),
    };
  }

  /** Adds an event as its fate will have it; gives the identity that is then in its place. */
  #addBy(fate: Fate, event: JsonEvent, first: number, identities: readonly string[]): string {
    const { dataset, plan } = this;
    const offset = this.#builder.events;
    const original = offset - fate.repeats;
    if (fate.repeats > 0 && !this.#alone.includes(original) && !this.#builder.isRefused(original)) {
      this.#builder.repeat(original);
      const repeated = identities[original] ?? '';
      this.#name(offset, 'duplicate', repeated, `of event ${first + original}`);
      return repeated;
    }
    const identity = String(event[dataset.identity]);
    const { late } = plan.imperfections;
    const moved = late && fate.late ? withTimeBefore(dataset, event, late.by) : undefined;
    const hot = fate.hotRank > 0 ? withHotKey(dataset, moved ?? event, fate.hotRank) : undefined;
    const changed = hot?.event ?? moved ?? event;
    if (fate.malformed) this.#addCut(changed, hot?.key, fate.cut);
    else this.#builder.add(changed, hot?.key);
    // Nothing of an event that is refused is sent, so that nothing of it can be found.
    if (this.#builder.isRefused(offset)) return identity;
    if (moved) this.#name(offset, 'late', identity, `by ${late?.by} ms`);
    if (fate.malformed) this.#name(offset, 'malformed', identity);
    if (hot) this.#name(offset, 'hot-key', identity, hot.key);
    return identity;
  }

  #addCut(event: JsonEvent, key: string | undefined, cut: number): void {
    const offset = this.#builder.events;
    this.#builder.addCut(event, key, cut);
    if (!this.#builder.isRefused(offset)) this.#alone.push(offset);
  }

  #name(offset: number, kind: ImperfectionKind, identity: string, detail?: string): void {
    this.#imperfect.push({ offset, kind, identity, ...(detail !== undefined && { detail }) });
  }
}
