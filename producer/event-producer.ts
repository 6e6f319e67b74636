import { setImmediate } from 'node:timers/promises';
import { Admission } from './admission.js';
import type { EventBlock } from './event-block.js';
import { type EventLine, type EventRefusal, eventLine, type JsonEvent } from './event-line.js';
import type { EventProducerOptions } from './event-producer-options.js';
import { EventTally } from './event-tally.js';
import { keyHash } from './key-hash.js';
import type { EventRecord } from './pack/event-record.js';
import { Packer } from './pack/packer.js';
import type { ProduceReport } from './produce-report.js';
import type { RefusedEvent } from './refusal.js';
import { realTimers, type Timers } from './write/timers.js';
import { RecordWriter } from './write/writer.js';
import { DEFAULT_MAX_BUFFER, type Settled } from './write/writer-options.js';
import { WriterStoppedError } from './write/writer-stopped-error.js';

/**
 * Sends events to a Kinesis stream: packed into records, in order within each partition key, at the stream's pace, and
 * every event accounted for.
 *
 * @example
 * const kinesis = await connectKinesis(connection);
 * const producer = new EventProducer({ dataset: customers, streamName: 'lakehouse-dev-customers', send: kinesis.send });
 * for await (const event of events) await producer.put(event);
 * const report = await producer.close();
 * kinesis.close();
 */
export class EventProducer {
  readonly #packer: Packer;
  readonly #writer: RecordWriter<EventRecord>;
  readonly #timers: Timers;
  readonly #admission: Admission;
  readonly #tally = new EventTally();
  #isClosing = false;
  #cancelLinger: (() => void) | undefined;

  constructor(private readonly options: EventProducerOptions) {
    const { pack, order, linger = 100, journal } = options;
    this.#timers = options.timers ?? realTimers;
    this.#writer = new RecordWriter<EventRecord>({
      ...options,
      inOrder: order !== 'none',
      closeLaneOnGiveUp: journal !== undefined && order !== 'none',
      // Packed events have waited for company already.
      linger: pack === 'none' ? linger : 0,
      eventsOf: ({ events }) => events.length,
      onSettled: (record, settled) => this.#settled(record, settled),
    });
    this.#packer = new Packer(options, (record) => this.#writer.add(record));
    const maxBuffer = options.maxBuffer ?? DEFAULT_MAX_BUFFER;
    this.#admission = new Admission({
      hasRoomFor: (bytes) => this.heldBytes === 0 || this.heldBytes + bytes <= maxBuffer,
      change: () => this.#change(),
      throwIfStopped: () => this.#writer.throwIfStopped(),
    });
  }

  /** Bytes of memory that is held, about: of events whose end is not known. */
  get heldBytes(): number {
    return this.#packer.bytes + this.#writer.heldBytes;
  }

  /**
   * Takes an event; resolves at once where there is room, and else when there is. An event that can never be sent is
   * counted, told to `onRefused`, and no error.
   *
   * @throws WriterStoppedError where no event is taken any more; this one was not.
   * @throws SpillError where the journal cannot keep it; it was not taken.
   */
  async put(event: JsonEvent): Promise<void> {
    this.#throwIfClosing();
    const line = eventLine(this.options.dataset, event);
    const bytes = line.kind === 'line' ? line.bytes.byteLength : 0;
    await this.#admission.enter(bytes, () => this.#take(line));
    // Puts that find room would never leave the thread: let requests go out and answers and signals come in.
    if (this.#tally.taken % BREATH === 0) await setImmediate();
  }

  /**
   * Takes the events of a block, all or none; resolves when there is room for them and others have had their turn.
   *
   * @param startedAt when they were to start, in the clock's milliseconds: what their latency counts from.
   * @throws WriterStoppedError where no event is taken any more.
   * @throws SpillError where the journal cannot keep them.
   */
  async putBlock(block: EventBlock, startedAt?: number): Promise<void> {
    this.#throwIfClosing();
    await this.#admission.enter(block.lines.byteLength, () => this.#takeBlock(block, startedAt));
    // As after some puts.
    await setImmediate();
  }

  /** Sends what is held and resolves when nothing is any more. */
  async flush(): Promise<void> {
    this.#packer.closeAll();
    await this.#writer.flush();
  }

  /** Takes no more but what waits for room, sends what is held, and reports when the end of each event is known. */
  async close(): Promise<ProduceReport> {
    this.#isClosing = true;
    await this.#admission.empty();
    this.#cancelLinger?.();
    this.#packer.closeAll();
    await this.#writer.close();
    return this.report();
  }

  /** Gives up at once on every event whose end is not known. What is under way may still arrive. */
  abandon(): void {
    this.#cancelLinger?.();
    this.#packer.closeAll();
    this.#writer.abandon();
  }

  /** The counts as they stand. */
  report(): ProduceReport {
    return this.#tally.report(this.#writer.report(), this.options.journal !== undefined);
  }

  #take(line: EventLine | EventRefusal): void {
    const event = this.#tally.taken;
    if (line.kind === 'refusal') {
      this.options.onRefused?.(event, line);
      this.options.journal?.append(EMPTY, event, 0);
      this.#tally.take(1);
      this.#refuse(event, line);
      return;
    }
    const { bytes, key } = line;
    const hash = keyHash(key);
    this.options.journal?.append(bytes, event, hash);
    this.#tally.take(1);
    const now = this.#timers.now();
    const end = bytes.byteLength;
    this.#packer.add({ bytes, start: 0, end, hash, key, event, startedAt: now, alone: false }, now);
    this.#linger();
  }

  #takeBlock(block: EventBlock, startedAt: number | undefined): void {
    const { lines, ends, hashes, keys, alone = [], refused = [] } = block;
    const first = this.#tally.taken;
    // Who keeps them elsewhere has done so before they leave the journal.
    for (const { offset, ...refusal } of refused) this.options.onRefused?.(first + offset, refusal);
    this.options.journal?.appendBlock(block, first);
    this.#tally.take(ends.length);
    const now = this.#timers.now();
    let start = 0;
    let nextAlone = 0;
    for (let offset = 0; offset < ends.length; offset++) {
      const end = ends[offset] ?? start;
      if (end === start) continue;
      const isAlone = alone[nextAlone] === offset;
      if (isAlone) nextAlone++;
      this.#packer.add(
        {
          bytes: lines,
          start,
          end,
          hash: hashes[offset] ?? 0,
          key: keys?.[offset] ?? '',
          event: first + offset,
          startedAt: startedAt ?? now,
          alone: isAlone,
        },
        now,
      );
      start = end;
    }
    for (const { offset, ...refusal } of refused) this.#refuse(first + offset, refusal);
    this.#linger();
  }

  /** Resolves when it is worth asking for room again. */
  async #change(): Promise<void> {
    // Where all of it is in records that are being filled, none of it would go by itself.
    if (this.#writer.heldBytes === 0) this.#packer.closeAll();
    await this.#writer.room();
  }

  #throwIfClosing(): void {
    if (this.#isClosing) throw new WriterStoppedError('closed');
  }

  #linger(): void {
    const due = this.#packer.nextDue;
    if (due === undefined || this.#cancelLinger) return;
    this.#cancelLinger = this.#timers.after(Math.max(0, due - this.#timers.now()), () => {
      this.#cancelLinger = undefined;
      this.#packer.closeDue(this.#timers.now());
      this.#linger();
    });
  }

  #refuse(event: number, refusal: Pick<RefusedEvent, 'code' | 'message'>): void {
    this.#tally.refuse(refusal);
    this.options.journal?.settled([event]);
  }

  #settled({ events, starts }: EventRecord, settled: Settled): void {
    if (settled.kind === 'acknowledged') {
      this.#tally.acknowledge(starts, this.#timers.now());
      this.options.journal?.settled(events);
    }
    this.options.onSettled?.(events, settled);
  }
}

const EMPTY = new Uint8Array();

/** Events between two looks at the world. */
const BREATH = 500;
