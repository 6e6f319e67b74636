import type { EventBlock } from '../event-block.js';
import { realTimers, type Timers } from '../write/timers.js';
import { sliceBlock } from './block-slice.js';
import type { Schedule } from './schedule.js';

export interface PaceOptions {
  /** When events start. @default - each as soon as it is asked for. */
  readonly schedule?: Schedule | undefined;
  /** Milliseconds after which no event starts any more. @default Infinity */
  readonly duration?: number | undefined;
  /** Events after which none starts any more. @default Infinity */
  readonly amount?: number | undefined;
  /** Bytes of lines that are not exceeded. @default Infinity */
  readonly bytes?: number | undefined;
  /** Ends it at once. */
  readonly stop?: AbortSignal | undefined;
  readonly timers?: Timers | undefined;
}

/** Events that start now. */
export interface Started {
  readonly block: EventBlock;
  /** When the first of them was to start, in the timers' milliseconds; the others are within a tick of it. */
  readonly startedAt: number;
}

/** How well the schedule was kept. */
export interface Punctuality {
  /** Events that started 100 ms or more after their time. */
  readonly late: number;
  /** The most that one was late by, in milliseconds. */
  readonly latest: number;
  /** Events that were to start within the duration and did not: they would have been too late. */
  readonly dropped: number;
}

/** Milliseconds; events start together that are to start within so many of one another. */
const TICK = 10;
/** Milliseconds after its time from which on a start counts as late, and after a run's from which on none is made. */
const LATE_AFTER = 100;

/**
 * Lets events start by a schedule that waits for nothing and nobody: where whoever takes them is slow, the starts that
 * were missed follow at once, and are counted as late.
 */
export class Pace {
  readonly #timers: Timers;
  readonly #amount: number;
  /** When the last start can be, in milliseconds from the beginning. */
  readonly #deadline: number;
  #begin = 0;
  #events = 0;
  #bytes = 0;
  #late = 0;
  #latest = 0;
  #dropped = 0;
  #isOver = false;
  /** Ends what is waited for. */
  #wake: (() => void) | undefined;

  constructor(private readonly options: PaceOptions) {
    const { schedule, amount = Number.POSITIVE_INFINITY, duration = Number.POSITIVE_INFINITY } = options;
    this.#timers = options.timers ?? realTimers;
    this.#deadline = schedule ? duration + LATE_AFTER : duration;
    this.#amount = Math.min(amount, schedule ? startsBefore(schedule, duration) : Number.POSITIVE_INFINITY);
  }

  report(): Punctuality {
    return { late: this.#late, latest: this.#latest, dropped: this.#dropped };
  }

  /**
   * Passes events on when they are to start; to be called once. The time begins when the first of them is there: what
   * a source needs to get going makes no event late.
   */
  async *run(blocks: AsyncIterable<EventBlock>): AsyncGenerator<Started, void, undefined> {
    const { stop } = this.options;
    this.#begin = this.#timers.now();
    const end = () => this.#end();
    stop?.addEventListener('abort', end, { once: true });
    if (stop?.aborted || this.#amount <= 0) this.#isOver = true;
    let cancelDeadline = this.#atDeadline();
    const source = blocks[Symbol.asyncIterator]();
    let isAsked = false;
    try {
      while (!this.#isOver) {
        isAsked = true;
        const next = await this.#unlessOver(source.next());
        isAsked = next === undefined;
        if (next === undefined || next.done) return;
        if (this.#events === 0) {
          this.#begin = this.#timers.now();
          cancelDeadline();
          cancelDeadline = this.#atDeadline();
        }
        yield* this.#startAll(next.value);
      }
    } finally {
      cancelDeadline();
      stop?.removeEventListener('abort', end);
      // A source that waits for its own, such as a terminal, ends only when that comes.
      const ended = source.return?.();
      if (isAsked) ended?.catch(() => {});
      else await ended;
    }
  }

  async *#startAll(block: EventBlock): AsyncGenerator<Started, void, undefined> {
    let offset = 0;
    while (offset < block.ends.length && !this.#isOver) {
      const due = this.#due(block.ends.length - offset);
      if (due === 0) {
        await this.#nextTick();
        continue;
      }
      const end = offset + Math.min(due, this.#amount - this.#events);
      const fitting = this.#fitting(block, offset, end);
      if (fitting > offset) yield this.#start(sliceBlock(block, offset, fitting));
      offset = fitting;
      if (fitting < end || this.#events >= this.#amount) this.#isOver = true;
    }
  }

  /** How many of the next events are to start together now. */
  #due(most: number): number {
    const { schedule } = this.options;
    if (!schedule) return most;
    const together = schedule.dueAt(schedule.startOf(this.#events) + TICK);
    return Math.max(0, Math.min(most, Math.min(schedule.dueAt(this.#elapsed()), together) - this.#events));
  }

  #start(block: EventBlock): Started {
    const { schedule } = this.options;
    const elapsed = this.#elapsed();
    const count = block.ends.length;
    const start = schedule ? schedule.startOf(this.#events) : elapsed;
    if (schedule && elapsed - start >= LATE_AFTER) {
      this.#late += Math.min(count, schedule.dueAt(elapsed - LATE_AFTER) - this.#events);
      this.#latest = Math.max(this.#latest, elapsed - start);
    }
    this.#events += count;
    this.#bytes += block.lines.byteLength;
    return { block, startedAt: this.#begin + start };
  }

  /** Up to which of the events the bytes suffice. */
  #fitting({ ends }: EventBlock, from: number, to: number): number {
    const room = (this.options.bytes ?? Number.POSITIVE_INFINITY) - this.#bytes;
    const start = from === 0 ? 0 : (ends[from - 1] ?? 0);
    let end = to;
    while (end > from && (ends[end - 1] ?? 0) - start > room) end--;
    return end;
  }

  #elapsed(): number {
    return this.#timers.now() - this.#begin;
  }

  /** Waits until the next event is to start, for a tick at least. */
  #nextTick(): Promise<void> {
    const start = this.options.schedule?.startOf(this.#events) ?? 0;
    const wait = Math.min(Math.max(start - this.#elapsed(), TICK), LONGEST_TIMER);
    return new Promise((resolve) => {
      const cancel = this.#timers.after(wait, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }

  /** What is waited for; undefined where the end comes first. */
  #unlessOver<T>(waited: Promise<T>): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      this.#wake = () => resolve(undefined);
      waited.then(resolve, reject);
    });
  }

  #atDeadline(): () => void {
    if (this.#deadline > LONGEST_TIMER) return () => {};
    return this.#timers.after(this.#deadline, () => {
      if (this.#isOver) return;
      if (this.options.schedule) this.#dropped = this.#amount - this.#events;
      this.#end();
    });
  }

  #end(): void {
    this.#isOver = true;
    this.#wake?.();
  }
}

/** The longest that Node's timers take, in milliseconds: 24 days. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** How many events start before a time. */
function startsBefore(schedule: Schedule, time: number): number {
  if (time === Number.POSITIVE_INFINITY) return time;
  const upTo = schedule.dueAt(time);
  return schedule.startOf(upTo - 1) < time ? upTo : upTo - 1;
}
