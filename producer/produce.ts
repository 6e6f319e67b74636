import type { JsonEvent } from './event-line.js';
import { EventProducer } from './event-producer.js';
import type { EventProducerOptions } from './event-producer-options.js';
import type { ProduceReport } from './produce-report.js';
import type { Settled } from './write/writer-options.js';
import { WriterStoppedError } from './write/writer-stopped-error.js';

export interface ProduceOptions<E extends JsonEvent>
  extends Omit<EventProducerOptions, 'onSettled' | 'onRefused'> {
  /** Taken one by one, at the stream's pace. */
  readonly events: Iterable<E> | AsyncIterable<E>;
  /** Called once for each event taken, when its end is known; `index` counts from 0 in the order of `events`. */
  readonly onSettled?: (event: E, index: number, settled: Settled) => void;
  /** Stops taking events; what was taken is still sent. */
  readonly stop?: AbortSignal;
  /** Gives up at once on what is not acknowledged. */
  readonly endNow?: AbortSignal;
}

/**
 * Sends events, and reports when the end of all is known.
 *
 * @throws whatever `events` throws, once those before it are sent; SpillError where the journal cannot keep them.
 */
export async function produce<E extends JsonEvent>(options: ProduceOptions<E>): Promise<ProduceReport> {
  const { events, onSettled, stop, endNow, ...producerOptions } = options;
  /** Those whose end is not known, where somebody wants to be told. */
  const held = new Map<number, E>();
  const tell = (index: number, settled: Settled) => {
    const event = held.get(index);
    held.delete(index);
    if (event) onSettled?.(event, index, settled);
  };
  const producer = new EventProducer({
    ...producerOptions,
    onSettled: (indexes, settled) => {
      for (const index of indexes) tell(index, settled);
    },
    onRefused: (index, { code, message }) => tell(index, { kind: 'failed', code, message }),
  });
  const abandon = () => producer.abandon();
  endNow?.addEventListener('abort', abandon, { once: true });

  let index = 0;
  try {
    for await (const event of events) {
      if (stop?.aborted || endNow?.aborted) break;
      if (onSettled) held.set(index, event);
      await producer.put(event);
      index++;
    }
  } catch (error) {
    // The report says why the writer stopped; what went wrong with the events themselves is the caller's to know.
    if (!(error instanceof WriterStoppedError)) {
      await producer.close();
      throw error;
    }
  }
  const report = await producer.close();
  endNow?.removeEventListener('abort', abandon);
  return report;
}
