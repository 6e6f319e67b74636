import { retryDelay } from './backoff.js';
import { nextBatch } from './batch.js';
import type { Entry } from './entry.js';
import { HeldEntries } from './held-entries.js';
import { type KinesisRecord, sizeOf } from './kinesis-record.js';
import { LIMITS } from './limits.js';
import {
  type Fatal,
  neverConnected,
  type Outcome,
  outcomeOfError,
  outcomesOfAnswer,
  type TryAgain,
} from './outcome.js';
import { Tally } from './tally.js';
import { CancellableTimers } from './timers.js';
import type { WriteReport } from './write-report.js';
import { type CompleteOptions, completeOptions, type Settled, type WriterOptions } from './writer-options.js';
import { WriterStoppedError } from './writer-stopped-error.js';

/**
 * Writes records to a Kinesis stream: in full requests, several at a time, resending what failed and only that. Each
 * record taken is settled once: acknowledged, or given up with its reason.
 *
 * @example
 * const { send } = await connectKinesis(connection);
 * const writer = new RecordWriter({ streamName: 'orders', send });
 * for (const record of records) await writer.put(record);
 * const report = await writer.close();
 */
export class RecordWriter<R extends KinesisRecord = KinesisRecord> {
  readonly #options: CompleteOptions<R>;
  readonly #held: HeldEntries<R>;
  readonly #timers: CancellableTimers;
  readonly #tally = new Tally();
  /** Waiting for a request, those that are to be resent first. */
  readonly #queue: Entry<R>[] = [];
  #inFlight = 0;
  #everConnected = false;
  /** Whether what waits is to go now, without waiting for more. */
  #flush = false;
  #lingering = false;
  #stopped: WriterStoppedError | undefined;

  constructor(options: WriterOptions<R>) {
    this.#options = completeOptions(options);
    this.#held = new HeldEntries(this.#options);
    this.#timers = new CancellableTimers(this.#options.timers);
  }

  /**
   * Takes a record; resolves at once where there is room, and else when there is.
   * @throws WriterStoppedError where no record is taken any more; this one was not.
   */
  async put(record: R): Promise<void> {
    const bytes = sizeOf(record);
    while (!this.#stopped && !this.#held.hasRoomFor(bytes)) {
      // Whoever waits for room must not wait for company as well.
      this.#flush = true;
      this.#pump();
      await this.#held.roomMayBeThere();
    }
    if (this.#stopped) throw this.#stopped;
    const entry = { record, bytes, underWay: false, failures: 0, failingSince: 0, answerLost: false };
    this.#held.add(entry);
    this.#queue.push(entry);
    this.#tally.taken++;
    this.#pump();
  }

  /** Takes no more, sends what is held, and reports when the end of each record is known. */
  async close(): Promise<WriteReport> {
    this.#stop(new WriterStoppedError('closed'));
    this.#flush = true;
    this.#pump();
    await this.#held.allGone();
    return this.report();
  }

  /** Gives up at once on every record whose end is not known. What is under way may still arrive. */
  abandon(): void {
    this.#stop(new WriterStoppedError('abandoned'));
    this.#timers.cancelAll();
    this.#queue.length = 0;
    for (const entry of this.#held.all()) {
      entry.answerLost ||= entry.underWay;
      this.#settle(entry, {
        kind: 'failed',
        code: 'Abandoned',
        message: 'Stopped before it was acknowledged.',
      });
    }
  }

  /** The counts as they stand. */
  report(): WriteReport {
    return this.#tally.report(this.#stopped?.cause);
  }

  /** Sends as much as may be sent now. */
  #pump(): void {
    while (this.#queue.length > 0 && this.#inFlight < this.#options.maxInFlight) {
      const mayBeFull =
        this.#queue.length >= LIMITS.recordsPerRequest || this.#held.bytes > LIMITS.bytesPerRequest;
      const { count, full } = mayBeFull || this.#flush ? nextBatch(this.#queue) : NOT_FULL;
      if (!full && !this.#flush) {
        this.#linger();
        return;
      }
      void this.#request(this.#queue.splice(0, count));
    }
    if (this.#queue.length === 0 && !this.#stopped) this.#flush = false;
  }

  #linger(): void {
    if (this.#lingering) return;
    this.#lingering = true;
    this.#timers.after(this.#options.linger, () => {
      this.#lingering = false;
      this.#flush = true;
      this.#pump();
    });
  }

  async #request(batch: readonly Entry<R>[]): Promise<void> {
    this.#inFlight++;
    this.#tally.requests++;
    for (const entry of batch) {
      entry.underWay = true;
      if (entry.failures > 0) this.#tally.retried++;
    }
    const outcomes = await this.#outcomes(batch);
    this.#inFlight--;

    const again: Entry<R>[] = [];
    let fatal: Fatal | undefined;
    for (const [index, entry] of batch.entries()) {
      const outcome = outcomes[index];
      // Abandoned in the meantime: its end has been told.
      if (outcome === undefined || !this.#held.has(entry)) continue;
      entry.underWay = false;
      if (outcome.kind === 'acknowledged') this.#settle(entry, outcome);
      else if (outcome.kind === 'fatal') fatal = outcome;
      else if (this.#mayTryAgain(entry, outcome)) again.push(entry);
    }
    if (fatal) this.#end(fatal.error);
    if (again.length > 0) this.#sendLater(again);
    this.#pump();
  }

  async #outcomes(batch: readonly Entry<R>[]): Promise<readonly Outcome[]> {
    try {
      const answer = await this.#options.send({
        StreamName: this.#options.streamName,
        Records: batch.map(({ record }) => ({ PartitionKey: record.partitionKey, Data: record.data })),
      });
      this.#everConnected = true;
      return outcomesOfAnswer(batch.length, answer);
    } catch (error) {
      this.#everConnected ||= !neverConnected(error);
      const outcome = outcomeOfError(error, this.#everConnected);
      return batch.map(() => outcome);
    }
  }

  /** Notes a failure; gives the record up where its time is over, or where the writing has ended. */
  #mayTryAgain(entry: Entry<R>, { code, message, throttled, answerLost }: TryAgain): boolean {
    const now = this.#options.timers.now();
    if (throttled) this.#tally.throttled++;
    entry.answerLost ||= answerLost;
    if (entry.failures++ === 0) entry.failingSince = now;
    const timeIsOver = now - entry.failingSince >= this.#options.maxRetryTime;
    if (!timeIsOver && this.#stopped?.reason !== 'fatal') return true;
    this.#settle(entry, { kind: 'failed', code, message });
    return false;
  }

  #sendLater(entries: readonly Entry<R>[]): void {
    const failures = Math.max(...entries.map((entry) => entry.failures));
    const delay = retryDelay(failures, this.#options.random, this.#options.backoff);
    this.#timers.after(delay, () => {
      this.#queue.unshift(...entries);
      this.#flush = true;
      this.#pump();
    });
  }

  /** Ends the writing: what is not under way is given up for the same reason. */
  #end(error: unknown): void {
    this.#stop(new WriterStoppedError('fatal', error));
    this.#timers.cancelAll();
    this.#queue.length = 0;
    const { name: code, message } = error instanceof Error ? error : new Error(String(error));
    for (const entry of this.#held.all()) {
      if (!entry.underWay) this.#settle(entry, { kind: 'failed', code, message });
    }
  }

  #settle(entry: Entry<R>, settled: Settled): void {
    this.#tally.settle(entry, settled);
    this.#options.onSettled?.(entry.record, settled);
    this.#held.remove(entry);
  }

  #stop(error: WriterStoppedError): void {
    // The first reason counts, but what goes wrong after closing is worth more than having been closed.
    if (!this.#stopped || (error.reason === 'fatal' && this.#stopped.reason === 'closed'))
      this.#stopped = error;
    this.#held.wakeWaiting();
  }
}

const NOT_FULL = { count: 0, full: false } as const;
