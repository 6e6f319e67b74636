import { setImmediate } from 'node:timers/promises';
import type { JsonEvent, Packed, PackedRecord } from './pack.js';
import type { FailureCount, WriteReport } from './write-report.js';
import { RecordWriter } from './writer.js';
import type { Settled, WriterOptions } from './writer-options.js';
import { WriterStoppedError } from './writer-stopped-error.js';

export interface ProduceOptions<E extends JsonEvent>
  extends Omit<WriterOptions<PackedRecord<E>>, 'onSettled'> {
  /** Taken one by one, at the stream's pace. */
  readonly events: Iterable<E> | AsyncIterable<E>;
  readonly pack: (event: E) => Packed<E>;
  /** Called once for each event taken, when its end is known; `index` counts from 0 in the order of `events`. */
  readonly onSettled?: (event: E, index: number, settled: Settled) => void;
  /** Stops taking events; what was taken is still sent. */
  readonly stop?: AbortSignal;
  /** Gives up at once on what is not acknowledged. */
  readonly endNow?: AbortSignal;
}

/** What became of the events. `sent` is always `acknowledged + failed`. */
export interface ProduceReport extends Omit<WriteReport, 'taken'> {
  /** Events taken. */
  readonly sent: number;
}

/** Events in, Kinesis records out: packs and writes each event, and reports when the end of all is known. */
export async function produce<E extends JsonEvent>(options: ProduceOptions<E>): Promise<ProduceReport> {
  const { events, pack, onSettled, stop, endNow, ...writerOptions } = options;
  const writer = new RecordWriter<NumberedRecord<E>>({
    ...writerOptions,
    onSettled: ({ events, firstIndex }, settled) => {
      for (const [offset, event] of events.entries()) onSettled?.(event, firstIndex + offset, settled);
    },
  });
  const abandon = () => writer.abandon();
  endNow?.addEventListener('abort', abandon, { once: true });

  const refusals = new Map<string, FailureCount>();
  let index = 0;
  try {
    for await (const event of events) {
      if (stop?.aborted || endNow?.aborted) break;
      const packed = pack(event);
      if (packed.kind === 'refusal') {
        const { code, message } = packed;
        refusals.set(code, { code, message, records: (refusals.get(code)?.records ?? 0) + 1 });
        onSettled?.(event, index, { kind: 'failed', code, message });
      } else {
        await writer.put({ ...packed, firstIndex: index });
      }
      index++;
      // Puts that find room never leave the thread: let requests go out and signals come in.
      if (index % BREATH === 0) await setImmediate();
    }
  } catch (error) {
    // The report says why the writer stopped; what went wrong with the events themselves is the caller's to know.
    if (!(error instanceof WriterStoppedError)) {
      await writer.close();
      throw error;
    }
  }
  const report = await writer.close();
  endNow?.removeEventListener('abort', abandon);
  return withRefusals(report, [...refusals.values()]);
}

/** A record that knows which of the events it begins with. */
interface NumberedRecord<E> extends PackedRecord<E> {
  readonly firstIndex: number;
}

/** Events between two looks at the world. */
const BREATH = 500;

function withRefusals({ taken, ...report }: WriteReport, refusals: readonly FailureCount[]): ProduceReport {
  const refused = refusals.reduce((sum, { records }) => sum + records, 0);
  return {
    ...report,
    sent: taken + refused,
    failed: report.failed + refused,
    failures: [...refusals, ...report.failures],
  };
}
