import { RunCost, type RunCostReport } from '../cost/run-cost.js';
import { EventProducer } from '../event-producer.js';
import { Pace, type Punctuality } from '../pace/pace.js';
import { type Schedule, scheduleOf } from '../pace/schedule.js';
import type { ProduceReport } from '../produce-report.js';
import type { SpillRest } from '../spill/spill-rest.js';
import type { DeadLetterFile } from '../tell/dead-letter.js';
import type { EventPrinter } from '../tell/event-printer.js';
import type { LiveFigures } from '../tell/live-figures.js';
import type { KinesisConnection } from '../write/kinesis-connection.js';
import { WriterStoppedError } from '../write/writer-stopped-error.js';
import type { Flags } from './flags.js';
import type { RunPlan } from './run-plan.js';
import type { Source } from './source.js';

/** Lanes a shard: one waits for an answer while others are under way. */
const LANES_PER_SHARD = 4;

export interface SendingOptions {
  readonly source: Source;
  readonly flags: Flags;
  readonly plan: RunPlan;
  readonly kinesis: Pick<KinesisConnection, 'send'>;
  /** Open shards of the stream, where that is known. */
  readonly shards: number | undefined;
  /** Stops taking events; what was taken is still sent. */
  readonly stop: AbortSignal;
  /** Gives up at once on what is not acknowledged. */
  readonly endNow: AbortSignal;
  readonly printer?: EventPrinter | undefined;
  readonly deadLetters?: DeadLetterFile | undefined;
  /** Takes lines that name imperfect events. */
  readonly manifest?: ((lines: string) => Promise<void>) | undefined;
}

/** What became of a source's events. */
export interface Sent {
  readonly source: Source;
  readonly report: ProduceReport;
  readonly startedAt: Date;
  readonly milliseconds: number;
  readonly cost: RunCostReport;
  readonly punctuality: Punctuality;
  /** What is left in the spill folder, where there is one. */
  readonly spill: SpillRest | undefined;
  /** What ended the taking of events before its time, other than the stream: a bad disk, an input that breaks off. */
  readonly error: unknown;
}

/** The way of one source's events to the stream. */
export class Sending {
  readonly #startedAt = new Date();
  readonly #start = performance.now();
  readonly #cost = new RunCost();
  readonly #fatal = new AbortController();
  readonly #schedule: Schedule | undefined;
  readonly #pace: Pace;
  readonly #producer: EventProducer;
  #taken = 0;

  constructor(private readonly options: SendingOptions) {
    const { source, flags, plan, kinesis, shards, stop, printer } = options;
    const { pack, order, linger, maxBuffer, maxRetryTime } = flags;
    const lanes = flags.lanes ?? (shards && shards * LANES_PER_SHARD);
    const { rate, amount } = plan;
    const { duration, bytes } = flags;
    this.#schedule = scheduleOf(rate, this.#startedAt.getTime());
    this.#pace = new Pace({
      schedule: this.#schedule,
      duration,
      amount,
      bytes,
      stop: AbortSignal.any([stop, this.#fatal.signal]),
    });
    this.#producer = new EventProducer({
      dataset: source,
      streamName: source.streamName,
      send: kinesis.send,
      journal: source.journal,
      pack: pack === 'auto' ? undefined : pack,
      ...{ order, linger, lanes, maxBuffer },
      ...(maxRetryTime !== undefined && { maxRetryTime }),
      onDelivered: (delivered) => this.#cost.add(delivered),
      onFatal: () => this.#fatal.abort(),
      onSettled: (events, settled) => printer?.settled(events, settled),
      onRefused: (index, refused) => {
        this.options.deadLetters?.add({ ...refused, index });
        printer?.settled([index], { kind: 'failed' });
      },
    });
  }

  /** How it stands. */
  figures(): LiveFigures {
    const { total } = this.options.source;
    const { duration } = this.options.flags;
    const elapsed = performance.now() - this.#start;
    const { taken, acknowledged, retried, throttled, refused, failed, spilled } = this.#producer.report();
    const { late } = this.#pace.report();
    return {
      ...{ taken, acknowledged, retried, throttled, refused, failed, spilled },
      bufferedBytes: this.#producer.heldBytes,
      ...(total !== undefined && { total }),
      ...(this.#schedule && { lateStarts: late, wishedRate: rateAt(this.#schedule, elapsed) }),
      ...(duration !== undefined && { secondsToTake: Math.max(0, duration - elapsed) / 1_000 }),
    };
  }

  /** Sends all of it; errors are in what it gives. */
  async run(): Promise<Sent> {
    const { source, endNow } = this.options;
    const abandon = () => this.#producer.abandon();
    endNow.addEventListener('abort', abandon, { once: true });
    let error: unknown;
    try {
      await this.#takeAll();
    } catch (thrown) {
      // Why the stream ended it is in the report.
      if (!(thrown instanceof WriterStoppedError)) error = thrown;
    }
    const report = await this.#producer.close();
    endNow.removeEventListener('abort', abandon);
    let spill: SpillRest | undefined;
    try {
      spill = source.journal?.close();
    } catch (thrown) {
      error ??= thrown;
    }
    return {
      source,
      report,
      startedAt: this.#startedAt,
      milliseconds: performance.now() - this.#start,
      cost: this.#cost.report(),
      punctuality: this.#pace.report(),
      spill,
      error,
    };
  }

  async #takeAll(): Promise<void> {
    const { source, printer, manifest } = this.options;
    for await (const { block, startedAt } of this.#pace.run(source.blocks(this.#startedAt.getTime()))) {
      printer?.taken(block, this.#taken);
      if (manifest && block.imperfect) {
        const { manifestLines } = await import('../generate/manifest.js');
        await manifest(manifestLines(block, this.#taken));
      }
      this.#taken += block.ends.length;
      await this.#producer.putBlock(block, startedAt);
    }
  }
}

/** Events a second that a schedule has at a moment, over the second around it. */
function rateAt(schedule: Schedule, time: number): number {
  const from = Math.max(0, time - 500);
  return schedule.dueAt(from + 1_000) - schedule.dueAt(from);
}
