import type { EventLine } from '../producer/event-line.js';
import type { LineCheck } from '../producer/input/line-check.js';
import type { ClaimedObject } from './claimed-object.js';
import type { Delivery } from './delivery.js';
import type { FoundObject } from './find-objects.js';
import type { LakeBucket } from './lake-bucket.js';
import type { Mapping } from './mapping.js';
import { outgoing, type Unsendable } from './outgoing.js';
import type { StoredRecord } from './stored-record.js';
import { isCode, recordsOf } from './survey.js';

export interface SendingOptions {
  readonly bucket: LakeBucket;
  /** Looks whether events are the dataset's, as they have to be to be converted. */
  readonly check: LineCheck;
  readonly delivery: Delivery;
  /** @default - events are sent as they came. */
  readonly mapping?: Mapping | undefined;
  /** Only records with this code. @default - all */
  readonly code?: string | undefined;
  /** Takes no more records; what was taken is still sent. */
  readonly stop?: AbortSignal;
  /** Called for each event that is not sent because of what it is. */
  readonly onUnsendable?: (event: UnsendableEvent) => void;
  /** Called with the number of records that have been looked at since. */
  readonly onRecords?: (records: number) => void;
}

/** An event that is not sent, and where it is. */
export interface UnsendableEvent extends Omit<Unsendable, 'kind'> {
  readonly object: string;
  readonly record: number;
  /** Counted from 0 within the record. */
  readonly event: number;
  readonly bytes: Uint8Array;
}

/** Events between two writings of a mark: after a run that was killed, so many may be sent twice. */
export const EVENTS_A_MARK = 1_000;

/** Bytes between two writings of a mark. */
const BYTES_A_MARK = 8 * 1_024 * 1_024;

/** The sending of one object's records, and its counts. */
export class ObjectSending {
  sent = 0;
  leftOut = 0;
  unsendable = 0;
  undelivered = 0;
  #waiting: WaitingEvent[] = [];
  #events = 0;
  #bytes = 0;

  constructor(
    private readonly object: FoundObject,
    private readonly claimed: ClaimedObject,
    private readonly options: SendingOptions,
  ) {}

  /**
   * Sends the records and gives the claim back. Whether it came to the object's end.
   * @throws ClaimLostError where another run has taken the object over.
   */
  async run(): Promise<boolean> {
    try {
      const { isEnd, records } = await this.#readAll();
      await this.claimed.release(isEnd && this.claimed.recordsDone === records);
      return isEnd;
    } catch (error) {
      // What went wrong first is what there is to tell. A claim that is not given back runs out by itself.
      await this.claimed.release(false).catch(() => {});
      throw error;
    }
  }

  async #readAll(): Promise<{ readonly isEnd: boolean; readonly records: number }> {
    const { bucket, code, onRecords } = this.options;
    let records = 0;
    let isEnd = true;
    for await (const record of recordsOf(bucket, this.object)) {
      records = record.number;
      if (!isCode(record.failure?.code ?? '', code)) continue;
      isEnd = await this.#takeRecord(record);
      if (!isEnd) break;
      onRecords?.(1);
    }
    await this.#deliver();
    return { isEnd, records };
  }

  /** Whether the record was taken to its end. */
  async #takeRecord({ number, parts, failure }: StoredRecord): Promise<boolean> {
    const { check, mapping, onUnsendable } = this.options;
    const place = { object: this.object.key, record: number };
    // There is nothing to send in a record of white space.
    if (parts.length === 0) this.claimed.note(number, 0, { done: [], sent: 0, leftOut: 0 });
    for (const [event, part] of parts.entries()) {
      if (mustStop(this.options)) return false;
      if (this.claimed.isDone(number, event)) continue;
      const made = await outgoing(check, part, { ...place, ...failure }, mapping);
      if (made.kind === 'unsendable') {
        const { code, message } = made;
        this.unsendable++;
        onUnsendable?.({ ...place, code, message, event, bytes: part.bytes });
        continue;
      }
      this.#waiting.push({ record: number, events: parts.length, event, lines: made.lines });
      // What is left out counts too: marks are written for it as well.
      this.#events += Math.max(1, made.lines.length);
      for (const { bytes } of made.lines) this.#bytes += bytes.byteLength;
      if (this.#events < EVENTS_A_MARK && this.#bytes < BYTES_A_MARK) continue;
      await this.#deliver();
      await this.claimed.save();
    }
    return true;
  }

  /** Sends what waits and notes what of it was acknowledged. It has to be marked before anything else is sent. */
  async #deliver(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#events = 0;
    this.#bytes = 0;
    const lines = waiting.flatMap(({ lines }) => lines);
    const acknowledged = lines.length > 0 ? await this.options.delivery.deliver(lines) : [];
    let next = 0;
    for (const { record, events, event, lines } of waiting) {
      const isDone = acknowledged.slice(next, next + lines.length).every(Boolean);
      next += lines.length;
      if (!isDone) {
        this.undelivered++;
        continue;
      }
      const [sent, leftOut] = lines.length > 0 ? [1, 0] : [0, 1];
      this.sent += sent;
      this.leftOut += leftOut;
      this.claimed.note(record, events, { done: [event], sent, leftOut });
    }
  }
}

/** Whether nothing more is to be taken. */
export function mustStop({ stop, delivery }: Pick<SendingOptions, 'stop' | 'delivery'>): boolean {
  return stop?.aborted === true || delivery.isOver;
}

/** An event on its way, of a record that has `events`. */
interface WaitingEvent {
  readonly record: number;
  readonly events: number;
  readonly event: number;
  readonly lines: readonly EventLine[];
}
