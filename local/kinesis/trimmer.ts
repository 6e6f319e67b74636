import type { Clock } from '../clock.js';
import type { Store } from '../store/store.js';
import type { RecordLog } from './record-log.js';
import { type StreamEntry, trimHorizon } from './stream-entry.js';

interface TrimParts {
  readonly store: Store;
  readonly log: RecordLog;
  readonly clock: Clock;
}

/** How often the space of old records is freed. Readers do not wait for it: they never see them. */
const EVERY_MS = 60_000;
/** Records that one transaction removes at the most: others wait for it. */
const AT_ONCE = 1_000;

/** Frees the space of all records that are older than their streams keep them, once a minute. */
export class Trimmer {
  private cancelTimer: (() => void) | undefined;
  private running: Promise<void> | undefined;
  private isStopped = false;

  constructor(
    private readonly parts: TrimParts,
    private readonly onTrouble: (error: unknown) => void,
  ) {}

  /** Begins, with a first round at once. */
  start(): void {
    this.running = this.round()
      .catch(this.onTrouble)
      .then(() => {
        if (!this.isStopped) this.cancelTimer = this.parts.clock.after(EVERY_MS, () => this.start());
      });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.cancelTimer?.();
    await this.running;
  }

  private async round(): Promise<void> {
    for (const stream of [...this.parts.store.entries.list<StreamEntry>(['stream'])]) {
      if (this.isStopped) return;
      await trim(stream, this.parts);
    }
  }
}

/** Frees the space of a stream's records that are older than it keeps them. */
export async function trim(stream: StreamEntry, { store, log, clock }: TrimParts): Promise<void> {
  const horizon = trimHorizon(stream, clock.now());
  for (const { number } of stream.shards) {
    const oldest = () => log.arrivalOf(stream.id, number, log.head(stream.id, number).position);
    while ((oldest() ?? horizon) < horizon) {
      await store.transaction(() => log.trim(stream.id, number, horizon, AT_ONCE));
    }
  }
}
