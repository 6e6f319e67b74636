import { Answers } from './answers.js';
import type { KinesisRecord } from './kinesis-record.js';
import { LaneScheduler } from './lane-scheduler.js';
import { Ledger, type Reason } from './ledger.js';
import { LIMITS } from './limits.js';
import type { Parcel } from './parcel.js';
import { Requests } from './requests.js';
import { CancellableTimers } from './timers.js';
import type { WriteReport } from './write-report.js';
import { type CompleteOptions, completeOptions, type WriterOptions } from './writer-options.js';
import { WriterStoppedError } from './writer-stopped-error.js';

/**
 * Writes records to a Kinesis stream: several requests at a time, resending what failed and only that, each shard at
 * the pace that it takes. Records of one lane arrive in their order, unless that is switched off. Each record taken is
 * settled once: acknowledged, or given up with its reason.
 *
 * @example
 * const { send } = await connectKinesis(connection);
 * const writer = new RecordWriter({ streamName: 'orders', send });
 * for (const record of records) await writer.put(record);
 * const report = await writer.close();
 */
export class RecordWriter<R extends KinesisRecord = KinesisRecord> {
  readonly #options: CompleteOptions<R>;
  readonly #ledger: Ledger<R>;
  readonly #timers: CancellableTimers;
  readonly #scheduler: LaneScheduler<R>;
  readonly #requests: Requests<R>;
  readonly #answers: Answers<R>;
  #inFlight = 0;
  /** Whether what waits is to go now, without waiting for more. */
  #flush = false;
  #lingering = false;
  #stopped: WriterStoppedError | undefined;
  /** Why what is not acknowledged is given up, once the writing has ended before its time. */
  #endedBy: Reason | undefined;
  /** Whether nothing is waited for any more, not even answers. */
  #isGivenUp = false;

  constructor(options: WriterOptions<R>) {
    this.#options = completeOptions(options);
    this.#ledger = new Ledger(this.#options);
    this.#requests = new Requests(this.#options);
    this.#timers = new CancellableTimers(this.#options.timers);
    const { inOrder, backoff, random } = this.#options;
    this.#scheduler = new LaneScheduler({ inOrder, backoff, random, timers: this.#timers }, () =>
      this.#send(),
    );
    this.#answers = new Answers(
      this.#options,
      this.#scheduler,
      this.#ledger,
      this.#timers,
      () => this.#stopped?.reason === 'fatal',
    );
  }

  /** Bytes of memory that the records take whose end is not known, about. */
  get heldBytes(): number {
    return this.#ledger.held.bytes;
  }

  /**
   * Takes a record; resolves at once where there is room, and else when there is.
   * @throws WriterStoppedError where no record is taken any more; this one was not.
   */
  async put(record: R): Promise<void> {
    this.throwIfStopped();
    while (!this.#ledger.held.hasRoomFor(record.data.byteLength, this.#options.maxBuffer)) {
      await this.room();
      this.throwIfStopped();
    }
    this.add(record);
  }

  /**
   * Takes a record, whether there is room or not. Where the writing has ended it is given up at once.
   * @throws WriterStoppedError where the writer was closed.
   */
  add(record: R): void {
    if (this.#stopped?.reason === 'closed') throw this.#stopped;
    const entry = this.#ledger.take(record);
    const closedBy = this.#endedBy ?? this.#scheduler.laneOf(record).closedBy;
    if (closedBy) {
      this.#ledger.giveUp(entry, closedBy);
      return;
    }
    this.#scheduler.add(entry);
    this.#pump();
  }

  /** @throws WriterStoppedError where no record is taken any more. */
  throwIfStopped(): void {
    if (this.#stopped) throw this.#stopped;
  }

  /** Sends what is held, and resolves when nothing is any more. */
  async flush(): Promise<void> {
    this.#send();
    await this.#ledger.held.allGone();
  }

  /** Resolves when it is worth looking at `heldBytes` again. What waits for company is sent, since somebody waits for it. */
  async room(): Promise<void> {
    if (this.#stopped) return;
    this.#send();
    await this.#ledger.held.change();
  }

  /** Takes no more, sends what is held, and reports when the end of each record is known. */
  async close(): Promise<WriteReport> {
    this.#stop(new WriterStoppedError('closed'));
    this.#send();
    await this.#ledger.held.allGone();
    // What is left of them would keep the process alive for nothing.
    this.#timers.cancelAll();
    return this.report();
  }

  /** Gives up at once on every record whose end is not known. What is under way may still arrive. */
  abandon(): void {
    this.#endedBy ??= { code: 'Abandoned', message: 'Stopped before it was acknowledged.' };
    this.#stop(new WriterStoppedError('abandoned'));
    this.#giveUpAll(this.#endedBy);
  }

  /** The counts as they stand. */
  report(): WriteReport {
    return this.#ledger.tally.report(this.#stopped?.cause);
  }

  /** Sends what waits, without waiting for more. */
  #send(): void {
    this.#flush = true;
    this.#pump();
  }

  /** Sends as much as may be sent now. */
  #pump(): void {
    const { linger, maxInFlight } = this.#options;
    while (this.#inFlight < maxInFlight && this.#scheduler.hasReady) {
      if (linger > 0 && !this.#flush && this.#scheduler.waiting < LIMITS.recordsPerRequest) {
        this.#linger();
        return;
      }
      const batch = this.#scheduler.takeBatch();
      if (batch.length > 0) void this.#request(batch);
    }
    if (!this.#scheduler.hasReady && !this.#stopped) this.#flush = false;
  }

  #linger(): void {
    if (this.#lingering) return;
    this.#lingering = true;
    this.#timers.after(this.#options.linger, () => {
      this.#lingering = false;
      this.#send();
    });
  }

  async #request(batch: readonly Parcel<R>[]): Promise<void> {
    this.#inFlight++;
    const sentAt = this.#options.timers.now();
    this.#ledger.sent(batch);
    const outcomes = await this.#requests.send(batch);
    this.#inFlight--;
    // Given up in the meantime: the end of each has been told.
    if (this.#isGivenUp) return;
    const fatal = this.#answers.take(batch, outcomes, sentAt);
    if (fatal) this.#end(fatal.error);
    const { callbackError } = this.#ledger;
    if (callbackError !== undefined && this.#stopped?.reason !== 'fatal') this.#end(callbackError);
    this.#pump();
  }

  /** Ends the writing: what is not under way is given up for the same reason. */
  #end(error: unknown): void {
    this.#stop(new WriterStoppedError('fatal', error));
    this.#timers.cancelAll();
    this.#scheduler.clear();
    const { name: code, message } = error instanceof Error ? error : new Error(String(error));
    this.#endedBy ??= { code, message };
    for (const entry of this.#ledger.held.all()) {
      if (!entry.underWay) this.#ledger.giveUp(entry, this.#endedBy);
    }
    // Answers that are under way are worth a moment, but no more.
    const reason = this.#endedBy;
    this.#timers.after(LAST_ANSWERS, () => this.#giveUpAll(reason));
    this.#options.onFatal?.(error);
  }

  #giveUpAll(reason: Reason): void {
    this.#isGivenUp = true;
    this.#timers.cancelAll();
    this.#scheduler.clear();
    for (const entry of this.#ledger.held.all()) {
      entry.answerLost ||= entry.underWay;
      this.#ledger.giveUp(entry, reason);
    }
  }

  #stop(error: WriterStoppedError): void {
    // The first reason counts, but what goes wrong after closing is worth more than having been closed.
    if (!this.#stopped || (error.reason === 'fatal' && this.#stopped.reason === 'closed'))
      this.#stopped = error;
    this.#ledger.held.wakeWaiting();
  }
}

/** Milliseconds that answers are waited for when the writing has ended before its time. */
const LAST_ANSWERS = 2_000;
