import type { KinesisRecord } from './kinesis-record.js';
import type { Lane } from './lane.js';
import type { LaneScheduler } from './lane-scheduler.js';
import type { Ledger } from './ledger.js';
import type { Fatal, Outcome, TryAgain } from './outcome.js';
import type { Parcel } from './parcel.js';
import type { Timers } from './timers.js';
import type { CompleteOptions } from './writer-options.js';

/** Sees to it that what was taken is settled, that the rest goes again in its order, and that it is not tried for ever. */
export class Answers<R extends KinesisRecord> {
  /** @param hasEnded whether the writing has ended before its time: nothing is tried again. */
  constructor(
    private readonly options: Pick<CompleteOptions<R>, 'maxRetryTime' | 'closeLaneOnGiveUp'>,
    private readonly scheduler: LaneScheduler<R>,
    private readonly ledger: Ledger<R>,
    private readonly timers: Timers,
    private readonly hasEnded: () => boolean,
  ) {}

  /**
   * Takes the answer to a request.
   * @param sentAt when it was sent, in the clock's milliseconds.
   * @returns what is to end the writing, if anything is.
   */
  take(batch: readonly Parcel<R>[], outcomes: readonly Outcome[], sentAt: number): Fatal | undefined {
    let fatal: Fatal | undefined;
    const failing: Lane<R>[] = [];
    let failures = 0;
    const answered = batch.flatMap((parcel, index) => {
      const outcome = outcomes[index];
      const shardId = outcome && 'shardId' in outcome ? outcome.shardId : undefined;
      const lane = this.scheduler.answered(parcel, shardId);
      for (const entry of parcel.entries) entry.underWay = false;
      return outcome && lane ? [{ parcel, outcome, lane }] : [];
    });
    // First what was taken: by that is judged what was throttled.
    for (const { parcel, outcome, lane } of answered) {
      if (outcome.kind !== 'acknowledged') continue;
      this.ledger.delivered(parcel, outcome);
      this.scheduler.succeeded(lane, sentAt);
    }
    for (const { parcel, outcome, lane } of answered) {
      if (outcome.kind === 'acknowledged') continue;
      if (outcome.kind === 'fatal') {
        fatal = outcome;
        continue;
      }
      this.#tryAgain(lane, parcel, outcome);
      if (outcome.throttled) this.scheduler.throttled(lane, sentAt);
      else {
        failing.push(lane);
        failures = Math.max(failures, ...parcel.entries.map((entry) => entry.failures));
      }
    }
    if (failing.length > 0 && !this.hasEnded()) this.scheduler.backOff(failing, failures);
    return fatal;
  }

  /** Gives a parcel back to its lane, but for those entries whose time is over. */
  #tryAgain(lane: Lane<R>, { entries }: Parcel<R>, outcome: TryAgain): void {
    this.ledger.failed(entries, outcome);
    this.scheduler.giveBack(lane, entries);
    lane.failure = outcome;
    this.#giveUpOverdue(lane);
  }

  /** Gives up what a failing lane has tried, or kept waiting in vain, for too long. */
  #giveUpOverdue(lane: Lane<R>): void {
    const { maxRetryTime, closeLaneOnGiveUp } = this.options;
    const { failure, failingSince: lanesSince } = lane;
    if (!failure || lanesSince === undefined) return;
    const now = this.timers.now();
    const isOver = (since: number) => now - since >= maxRetryTime || this.hasEnded();
    const overdue = this.scheduler.drain(lane, ({ failures, failingSince, takenAt }) =>
      isOver(failures > 0 ? failingSince : Math.max(takenAt, lanesSince)),
    );
    if (overdue.length > 0 && closeLaneOnGiveUp) {
      lane.closedBy = failure;
      overdue.push(...this.scheduler.drain(lane));
    }
    for (const entry of overdue) this.ledger.giveUp(entry, failure);
    this.#watch(lane);
  }

  /** Lanes that wait for their shard are not answered: they are looked at from time to time. */
  #watch(lane: Lane<R>): void {
    const { maxRetryTime } = this.options;
    if (lane.isWatched || lane.queue.length === 0 || !Number.isFinite(maxRetryTime)) return;
    lane.isWatched = true;
    this.timers.after(Math.max(maxRetryTime / 4, LEAST_WATCH), () => {
      lane.isWatched = false;
      // What is under way will be answered, and looked at then.
      if (lane.underWay === 0) this.#giveUpOverdue(lane);
    });
  }
}

/** Milliseconds between two looks at a lane. */
const LEAST_WATCH = 50;
