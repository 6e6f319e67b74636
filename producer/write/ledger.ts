import type { Entry } from './entry.js';
import { HeldEntries } from './held-entries.js';
import { type KinesisRecord, sizeOf } from './kinesis-record.js';
import type { Parcel } from './parcel.js';
import { Tally } from './tally.js';
import type { CompleteOptions, GivenUp, Settled } from './writer-options.js';

/** Why a record is given up. */
export type Reason = Pick<GivenUp, 'code' | 'message'>;

/** Keeps account of the records that a writer takes: each is held until its end is known, and its end is told once. */
export class Ledger<R extends KinesisRecord> {
  /** Those whose end is not known. */
  readonly held = new HeldEntries<R>();
  readonly tally = new Tally();
  /** The first error that a callback has thrown. */
  callbackError: unknown;

  constructor(
    private readonly options: Pick<CompleteOptions<R>, 'eventsOf' | 'timers' | 'onSettled' | 'onDelivered'>,
  ) {}

  take(record: R): Entry<R> {
    const entry: Entry<R> = {
      record,
      bytes: sizeOf(record),
      takenAt: this.options.timers.now(),
      underWay: false,
      failures: 0,
      failingSince: 0,
      answerLost: false,
    };
    this.held.add(entry);
    this.tally.taken += this.options.eventsOf(record);
    return entry;
  }

  /** A request is under way. */
  sent(batch: readonly Parcel<R>[]): void {
    this.tally.requests++;
    for (const { entries } of batch) {
      for (const entry of entries) {
        entry.underWay = true;
        if (entry.failures > 0) this.tally.retried += this.options.eventsOf(entry.record);
      }
    }
  }

  /** A parcel is on the stream. */
  delivered({ entries, bytes }: Parcel<R>, settled: Settled): void {
    this.tally.delivered(bytes);
    const data = entries.reduce((sum, { record }) => sum + record.data.byteLength, 0);
    this.#call(() => this.options.onDelivered?.(data));
    for (const entry of entries) this.#settle(entry, settled);
  }

  /** The entries were sent in vain, or it is not known whether they were. */
  failed(
    entries: readonly Entry<R>[],
    { throttled, answerLost }: { throttled: boolean; answerLost: boolean },
  ): void {
    const now = this.options.timers.now();
    for (const entry of entries) {
      if (throttled) this.tally.throttled += this.options.eventsOf(entry.record);
      entry.answerLost ||= answerLost;
      if (entry.failures++ === 0) entry.failingSince = now;
    }
  }

  giveUp(entry: Entry<R>, { code, message }: Reason): void {
    this.#settle(entry, { kind: 'failed', code, message });
  }

  #settle(entry: Entry<R>, settled: Settled): void {
    // Its end can have been told already, where everything was abandoned from within a callback.
    if (!this.held.remove(entry)) return;
    this.tally.settle(this.options.eventsOf(entry.record), entry.answerLost, settled);
    this.#call(() => this.options.onSettled?.(entry.record, settled));
  }

  /** The account has to be right whatever a callback throws: the writer looks at its error afterwards. */
  #call(callback: () => void): void {
    try {
      callback();
    } catch (error) {
      this.callbackError ??= error;
    }
  }
}
