import { EventProducer } from '../../../producer/event-producer.js';
import type { EventProducerOptions } from '../../../producer/event-producer-options.js';
import type { SendPutRecords, Timers } from '../../../producer/index.js';
import type { ProduceReport } from '../../../producer/produce-report.js';
import { WriterStoppedError } from '../../../producer/write/writer-stopped-error.js';
import type { Ending } from './accounting.js';
import type { Faults } from './faults.js';
import { Held } from './held.js';
import { seededRandom } from './random.js';
import { ScriptedKinesis } from './scripted-kinesis.js';
import { Workload, type WorkloadOptions } from './workload.js';

export interface RunOptions {
  readonly workload: WorkloadOptions;
  readonly shards: number;
  readonly faults?: Faults;
  /** Of the faults, the delays and the producer's own randomness. @default 1 */
  readonly seed?: number;
  /** @default true */
  readonly limits?: boolean;
  /** Bytes a second that the source makes, where there is room for them. @default - as fast as it is let. */
  readonly rate?: number;
  /** When the source ends, in milliseconds, if there are events left. */
  readonly sourceEndsAt?: number;
  readonly producer?: Partial<EventProducerOptions>;
}

export interface Run {
  readonly workload: Workload;
  readonly kinesis: ScriptedKinesis;
  readonly report: ProduceReport;
  readonly endings: readonly (Ending | undefined)[];
  /** Bytes of events that the producer held at most: taken, and their end not told. */
  readonly mostHeld: number;
  /** When the producer was done, in milliseconds. */
  readonly endedAt: number;
}

/** Milliseconds that a source which is late catches up with. */
const CATCH_UP = 500;

/** Events of a block. */
export const BLOCK = 500;

/**
 * Sends a workload to a scripted stream by a producer.
 *
 * @param timers begin at 0.
 * @param connect gives the producer its way to the stream.
 */
export async function drive(
  options: RunOptions,
  timers: Timers,
  connect: (kinesis: ScriptedKinesis) => SendPutRecords | Promise<SendPutRecords>,
): Promise<Run> {
  const { seed = 1, rate = Number.POSITIVE_INFINITY, sourceEndsAt = Number.POSITIVE_INFINITY } = options;
  const workload = new Workload({ seed, ...options.workload });
  const kinesis = new ScriptedKinesis({ ...options, seed, timers, eventsOf: workload.eventsOf });
  const held = new Held(workload);
  const producer = new EventProducer({
    dataset: { partitionKey: 'key' },
    streamName: kinesis.name,
    send: await connect(kinesis),
    timers,
    random: seededRandom(seed),
    onSettled: (events, { kind }) => held.settled(events, kind),
    ...options.producer,
  });
  let due = 0;
  try {
    for (let first = 0; first < workload.events && timers.now() < sourceEndsAt; first += BLOCK) {
      const block = workload.block(first, BLOCK);
      await producer.putBlock(block);
      held.taken(block);
      // What a turn of others took is caught up with, but not the time in which there was no room.
      due = Math.max(due, timers.now() - CATCH_UP) + (block.lines.length / rate) * 1_000;
      const wait = due - timers.now();
      if (wait > 0) await new Promise<void>((resolve) => timers.after(wait, resolve));
    }
  } catch (error) {
    // The report says why.
    if (!(error instanceof WriterStoppedError)) throw error;
  }
  const report = await producer.close();
  return { workload, kinesis, report, endings: held.endings, mostHeld: held.most, endedAt: timers.now() };
}
