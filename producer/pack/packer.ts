import { LIMITS } from '../write/limits.js';
import type { EventRecord } from './event-record.js';
import { LANE_NAME_BYTES, Lanes, laneName } from './lanes.js';
import { OpenRecord } from './open-record.js';

/** Bytes of a record that Kinesis and Firehose bill without waste: just under 25 KB, which is five times 5 KB. */
export const AUTO_PACK = 24_500;

/** How events become records. */
export interface PackerOptions {
  /** Bytes that a record is filled up to with lines of JSON, or one event a record. @default AUTO_PACK */
  readonly pack?: number | 'none' | undefined;
  /** Whether events of one partition key keep their order. @default 'key' */
  readonly order?: 'key' | 'none' | undefined;
  /** Lanes that the hash space is divided into: about four a shard. @default 16 */
  readonly lanes?: number | undefined;
  /** Milliseconds that an event waits at most for others to fill its record. @default 100 */
  readonly linger?: number | undefined;
}

/** An event to be packed: a part of a longer array of bytes. */
export interface Line {
  /** Holds the event's line of JSON from `start` to `end`. */
  readonly bytes: Uint8Array;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** The first 32 bits of its partition key's MD5. */
  readonly hash: number;
  /** The partition key; looked at only where each event is a record of its own. */
  readonly key: string;
  /** The event's number. */
  readonly event: number;
  /** When it was to start, in milliseconds. */
  readonly startedAt: number;
  /** Whether it must share its record with no other. */
  readonly alone: boolean;
}

/**
 * Packs lines of JSON into records, so that shards, PUT units and Firehose's steps of 5 KB are used to the full. Knows
 * nothing of time but what it is told.
 */
export class Packer {
  readonly #pack: number;
  readonly #lanes: Lanes;
  readonly #linger: number;
  readonly #inOrder: boolean;
  /** Records that are being filled, by lane, the one opened first in front. */
  readonly #open = new Map<number, OpenRecord>();
  #bytes = 0;
  #turn = 0;

  /** @param emit takes each record when it is full or due. */
  constructor(
    { pack = AUTO_PACK, order = 'key', lanes = 16, linger = 100 }: PackerOptions,
    private readonly emit: (record: EventRecord) => void,
  ) {
    this.#pack = pack === 'none' ? 0 : Math.min(pack, LIMITS.bytesPerRecord - LANE_NAME_BYTES);
    this.#inOrder = order === 'key';
    // Events on their own keep their order in so many lanes that requests can be filled from them.
    this.#lanes = new Lanes(pack === 'none' && this.#inOrder ? Math.max(lanes, SINGLE_LANES) : lanes);
    this.#linger = linger;
  }

  /** Bytes of memory that records take while they are filled. */
  get bytes(): number {
    return this.#bytes;
  }

  /** When the next record is due, in milliseconds; undefined where none is being filled. */
  get nextDue(): number | undefined {
    for (const { openedAt } of this.#open.values()) return openedAt + this.#linger;
    return undefined;
  }

  /** @param now in milliseconds, from which its record's linger counts. */
  add(line: Line, now: number): void {
    const length = line.end - line.start;
    const hashLane = this.#lanes.laneOf(line.hash);
    if (this.#pack === 0) {
      this.emit(single(line, line.key, hashLane, undefined));
      return;
    }
    const lane = this.#inOrder ? hashLane : this.#turn;
    let open = this.#open.get(lane);
    if (open && (line.alone || !open.hasRoomFor(length))) {
      this.#close(lane, open);
      open = undefined;
    }
    const target = this.#inOrder ? lane : this.#turn;
    if (line.alone || length > this.#pack) {
      this.emit(single(line, laneName(target), target, this.#lanes.hashKeyOf(target)));
      if (!this.#inOrder) this.#next();
      return;
    }
    if (!open) {
      open = new OpenRecord(this.#pack, now);
      this.#bytes += open.capacity;
      this.#open.set(target, open);
    }
    this.#bytes -= open.capacity;
    open.add(line);
    this.#bytes += open.capacity;
  }

  /** Closes the records that have waited as long as they may, and those that soon would have. */
  closeDue(now: number): void {
    const { nextDue } = this;
    if (nextDue === undefined || nextDue > now) return;
    // Those that are halfway there go along: they then share a request, and the next ones will too.
    const openedBefore = now - this.#linger / 2;
    for (const [lane, open] of this.#open) if (open.openedAt <= openedBefore) this.#close(lane, open);
  }

  closeAll(): void {
    for (const [lane, open] of this.#open) this.#close(lane, open);
  }

  #close(lane: number, open: OpenRecord): void {
    this.#open.delete(lane);
    const { events, starts } = open;
    this.#bytes -= open.capacity;
    this.emit({
      partitionKey: laneName(lane),
      explicitHashKey: this.#lanes.hashKeyOf(lane),
      data: open.take(),
      lane,
      canBeJoined: true,
      events,
      starts,
    });
    if (!this.#inOrder) this.#next();
  }

  /** Without order, records go round the lanes. */
  #next(): void {
    this.#turn = (this.#turn + 1) % this.#lanes.count;
  }
}

/** Lanes of events that travel on their own: eight requests of 500 find enough of them, whose answers are all there. */
const SINGLE_LANES = 8_192;

function single(
  { bytes, start, end, event, startedAt }: Line,
  partitionKey: string,
  lane: number,
  explicitHashKey: string | undefined,
): EventRecord {
  return {
    partitionKey,
    ...(explicitHashKey !== undefined && { explicitHashKey }),
    // A copy: what it is a part of may be large, and need not be kept for it.
    data: new Uint8Array(bytes.subarray(start, end)),
    lane,
    events: [event],
    starts: [startedAt, 1],
  };
}
