import { type Backoff, retryDelay } from './backoff.js';
import type { Entry } from './entry.js';
import type { KinesisRecord } from './kinesis-record.js';
import { Lane } from './lane.js';
import { LIMITS } from './limits.js';
import { type Parcel, parcelOf } from './parcel.js';
import { ShardGate } from './shard-gate.js';
import { ShardPace } from './shard-pace.js';
import type { Timers } from './timers.js';

interface SchedulerOptions {
  readonly inOrder: boolean;
  readonly backoff: Backoff;
  readonly random: () => number;
  readonly timers: Timers;
}

/**
 * Says what may be sent now. Records wait in the lanes of the hash space; a lane that keeps order has one record under
 * way at most; the lanes of one shard share its pace, so that a shard which throttles slows no other.
 */
export class LaneScheduler<R extends KinesisRecord> {
  readonly #lanes = new Map<number, Lane<R>>();
  readonly #gates = new Map<string, ShardGate<Lane<R>>>();
  /** Lanes that can send, the one that has waited longest in front. */
  readonly #ready = new Set<Lane<R>>();
  #waiting = 0;

  /** @param onReady called when a lane that had to wait can send. */
  constructor(
    private readonly options: SchedulerOptions,
    private readonly onReady: () => void,
  ) {}

  /** Records that wait, whether they may be sent now or not. */
  get waiting(): number {
    return this.#waiting;
  }

  get hasReady(): boolean {
    return this.#ready.size > 0;
  }

  /** The lane of a record. */
  laneOf({ lane: number }: R): Lane<R> {
    let lane = this.#lanes.get(number);
    if (!lane) {
      lane = new Lane(this.#gate(`lane ${number}`));
      this.#lanes.set(number, lane);
    }
    return lane;
  }

  add(entry: Entry<R>): void {
    const lane = this.laneOf(entry.record);
    lane.queue.push(entry);
    this.#waiting++;
    this.#list(lane);
  }

  /** Takes what one request carries: one parcel of a lane that keeps order, 500 and about 1 MiB in all. */
  takeBatch(): readonly Parcel<R>[] {
    const { inOrder } = this.options;
    const batch: Parcel<R>[] = [];
    let bytes = 0;
    for (const lane of this.#ready) {
      for (let parcel = parcelOf(lane.queue); parcel; parcel = parcelOf(lane.queue)) {
        const isFull = bytes + parcel.bytes > BYTES_PER_REQUEST || batch.length === LIMITS.recordsPerRequest;
        if (isFull && batch.length > 0) return batch;
        if (!lane.gate.admits(lane, parcel.bytes)) break;
        const { length } = parcel.entries;
        lane.queue.splice(0, length);
        lane.underWay += length;
        this.#waiting -= length;
        bytes += parcel.bytes;
        batch.push(parcel);
        if (inOrder) break;
      }
      this.#ready.delete(lane);
    }
    return batch;
  }

  /** An answer has come; it may name the shard. Gives the parcel's lane. */
  answered({ entries }: Parcel<R>, shardId: string | undefined): Lane<R> | undefined {
    const lane = entries[0] && this.laneOf(entries[0].record);
    if (!lane) return undefined;
    lane.underWay -= entries.length;
    const gate = shardId === undefined ? lane.gate : this.#gate(shardId);
    if (lane.gate !== gate) {
      // A first answer, or the shard was split or merged.
      lane.gate.leave(lane);
      // Those that wait there wait for a shard that takes nothing any more: let them find out where they belong.
      if (lane.gate.pace.unblock()) lane.gate.open();
      lane.gate = gate;
    }
    return lane;
  }

  /** What the lane sent has been taken. */
  succeeded(lane: Lane<R>, sentAt: number): void {
    lane.failingSince = undefined;
    if (lane.gate.pace.acknowledged(sentAt, this.options.timers.now())) lane.gate.open();
    this.#list(lane);
  }

  /** Entries that were under way go back to the head of their lane, in their order. */
  giveBack(lane: Lane<R>, entries: readonly Entry<R>[]): void {
    lane.queue.unshift(...entries);
    this.#waiting += entries.length;
    lane.failingSince ??= this.options.timers.now();
  }

  /** The shard wants the lane to come more slowly. */
  throttled(lane: Lane<R>, sentAt: number): void {
    const wait = lane.gate.pace.throttled(sentAt, this.options.timers.now());
    if (wait > 0) lane.gate.lookAgainIn(wait);
    this.#list(lane);
  }

  /** These lanes try again after a while, all at once. @param failures how often it has failed, 1 or more. */
  backOff(lanes: readonly Lane<R>[], failures: number): void {
    const { backoff, random, timers } = this.options;
    for (const lane of lanes) {
      lane.isBackingOff = true;
      this.#ready.delete(lane);
      const wait = lane.gate.pace.failed(timers.now());
      if (wait > 0) lane.gate.lookAgainIn(wait);
    }
    timers.after(retryDelay(failures, random, backoff), () => {
      for (const lane of lanes) {
        lane.isBackingOff = false;
        this.#list(lane);
      }
      this.onReady();
    });
  }

  /** Takes the records out of a lane that wait there, as long as they are to go. */
  drain(lane: Lane<R>, isToGo: (entry: Entry<R>) => boolean = () => true): Entry<R>[] {
    const gone: Entry<R>[] = [];
    for (let entry = lane.queue[0]; entry && isToGo(entry); entry = lane.queue[0]) {
      gone.push(entry);
      lane.queue.shift();
    }
    this.#waiting -= gone.length;
    return gone;
  }

  /** Forgets everything that waits. */
  clear(): void {
    this.#ready.clear();
    this.#waiting = 0;
    for (const lane of this.#lanes.values()) lane.queue.length = 0;
  }

  #list(lane: Lane<R>): void {
    const isFree = !this.options.inOrder || lane.underWay === 0;
    if (isFree && lane.queue.length > 0 && !lane.isBackingOff && !lane.gate.holds(lane))
      this.#ready.add(lane);
  }

  #gate(name: string): ShardGate<Lane<R>> {
    let gate = this.#gates.get(name);
    if (!gate) {
      const { backoff, random, timers } = this.options;
      gate = new ShardGate(new ShardPace(backoff, random), timers, {
        bytesOf: ({ queue }) => parcelOf(queue)?.bytes ?? 0,
        onOpen: (lanes) => {
          for (const lane of lanes) this.#list(lane);
          this.onReady();
        },
      });
      this.#gates.set(name, gate);
    }
    return gate;
  }
}

/** A request much smaller than the limit of 10 MiB: its answer comes sooner, and others are under way meanwhile. */
const BYTES_PER_REQUEST = 1_024 * 1_024;
