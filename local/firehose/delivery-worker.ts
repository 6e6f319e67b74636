import type { Clock } from '../clock.js';
import type { Engine } from '../engine/engine.js';
import type { RecordLog } from '../kinesis/record-log.js';
import type { ObjectTable } from '../s3/object-table.js';
import type { ContentFiles } from '../store/content.js';
import type { Store } from '../store/store.js';
import { type BatchLimit, resumeAt } from './batch.js';
import { bufferingOf } from './buffering.js';
import { deliver } from './deliver.js';
import type { DeliveryEntry } from './delivery-entry.js';
import { type Backlog, backlogOf, freeSpace } from './record-source.js';

/** What deliveries work with. */
export interface WorkerParts {
  readonly store: Store;
  readonly log: RecordLog;
  readonly objects: ObjectTable;
  readonly content: ContentFiles;
  readonly engine: Engine;
  readonly clock: Clock;
  /** Hears why a delivery failed; it is tried again. */
  readonly onFailure: (delivery: string, error: unknown) => void;
  /** Hears of records that the source did not keep long enough for them to be delivered. */
  readonly onExpired: (delivery: string, records: number) => void;
}

/** How long to wait after a first failure, and at the most. It doubles with each. */
const RETRY_MS = { first: 1_000, most: 60_000 } as const;

const MIB = 1024 * 1024;
/** Records that are delivered at once, however small they are: so many are a full buffer too. */
const MOST_RECORDS = 500_000;

/**
 * Delivers one source's records: it waits until there are enough of them, or for long enough, and delivers what there
 * is. The buffer is the source itself, from the checkpoint on, so that there is nothing to lose with the process.
 */
export class DeliveryWorker {
  private readonly unsubscribe: () => void;
  private cancelTimer: (() => void) | undefined;
  private running: Promise<void> | undefined;
  private isStopped = false;
  private failures = 0;
  /** When the oldest record that is not delivered was first seen; undefined while there is none. */
  private bufferedSince: number | undefined;

  constructor(
    private entry: DeliveryEntry,
    private readonly parts: WorkerParts,
  ) {
    this.unsubscribe = parts.log.onAppended(() => this.look());
    this.look();
  }

  /** Goes on with another definition of the delivery stream: the next delivery is by it. */
  update(entry: DeliveryEntry): void {
    this.entry = entry;
    this.failures = 0;
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    this.look();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.unsubscribe();
    this.cancelTimer?.();
    await this.running;
  }

  /** Sees what has come, and delivers it now or later. */
  private look(): void {
    if (this.isStopped || this.running) return;
    const buffered = this.buffered();
    if (buffered.records === 0) return;
    const now = this.parts.clock.now();
    this.bufferedSince ??= now;
    if (this.failures > 0) return;
    const buffer = this.buffer();
    const due = this.bufferedSince + buffer.milliseconds;
    const isFull = buffered.bytes >= buffer.limit.bytes || buffered.records >= buffer.limit.records;
    if (isFull || now >= due) this.run();
    else if (!this.cancelTimer) this.wake(due - now);
  }

  private wake(ms: number): void {
    this.cancelTimer?.();
    this.cancelTimer = this.parts.clock.after(ms, () => {
      this.cancelTimer = undefined;
      this.run();
    });
  }

  private run(): void {
    if (this.isStopped || this.running) return;
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    this.running = this.deliverOnce().finally(() => {
      this.running = undefined;
      this.look();
    });
  }

  private async deliverOnce(): Promise<void> {
    const { entry } = this;
    const source = this.backlog()?.source;
    this.bufferedSince = undefined;
    try {
      await freeSpace(entry, this.parts);
      const backlog = this.backlog();
      if (source && backlog) {
        await deliver(entry, backlog, this.buffer().limit, this.parts);
        await freeSpace(entry, this.parts);
      }
      this.failures = 0;
    } catch (error) {
      if (this.isStopped) return;
      if (this.backlog()?.source.id !== source?.id) {
        // The records that it was about have gone with their source: there is nothing to be tried again.
        this.failures = 0;
        return;
      }
      this.failures++;
      this.parts.onFailure(entry.name, error);
      this.wake(Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** (this.failures - 1)));
    }
  }

  /** How much is buffered, and for how long. */
  private buffer(): { limit: BatchLimit; milliseconds: number } {
    const hints = bufferingOf(this.entry.destination);
    const limit = { bytes: hints.SizeInMBs * MIB, records: MOST_RECORDS };
    return { limit, milliseconds: hints.IntervalInSeconds * 1000 };
  }

  /** What has come and is not delivered. */
  private buffered(): { records: number; bytes: number } {
    const backlog = this.backlog();
    const waiting = { records: 0, bytes: 0 };
    if (!backlog) return waiting;
    for (const { number } of backlog.source.shards) {
      const tail = this.parts.log.tail(backlog.source.id, number);
      const done = resumeAt(this.parts.log, backlog.source, number, backlog.checkpoint);
      waiting.records += tail.next - done.position;
      waiting.bytes += tail.bytes - done.bytes;
    }
    return waiting;
  }

  private backlog(): Backlog | undefined {
    return backlogOf(this.entry, this.parts.store.entries);
  }
}
