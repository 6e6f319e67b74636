import { createHash } from 'node:crypto';
import type { EventBlock } from '../../../producer/event-block.js';
import { seededRandom } from './random.js';

export interface WorkloadOptions {
  readonly events: number;
  readonly keys: number;
  /** @default 1 */
  readonly seed?: number;
  /** Bytes of an event's line, about. @default 200 */
  readonly bytes?: number;
  /** @default PLAIN */
  readonly shape?: Shape;
}

/** How an event's line begins; a padding follows, in the text that the beginning leaves open. */
export interface Shape {
  /** What stands in front of the event's number, at the very beginning. */
  readonly beforeId: string;
  afterId(key: string, place: number): string;
}

export const PLAIN: Shape = {
  beforeId: '{"id":',
  afterId: (key, place) => `,"key":"${key}","place":${place},"pad":"`,
};

/** Events that are rows of the dataset `customers`, for the command line, which checks them. */
export const CUSTOMERS: Shape = {
  beforeId: '{"name":"',
  afterId: (key, place) =>
    `","uuid":"${key}","last_name":"${place}","event_date":"2026-01-01T00:00:00.000Z","status":"Active",` +
    '"phone":"900000000","email":"',
};

/**
 * Events that can be told apart: each knows its number, its key, and its place among those of its key. Keys come in no
 * order; the same seed gives the same events.
 */
export class Workload {
  /** Number of each event's key. */
  readonly keyOf: Uint32Array;
  /** Place of each event among those of its key, from 0. */
  readonly placeOf: Uint32Array;
  /** What came to the stream, but is no line of an event: the first of it. */
  readonly mangled: string[] = [];
  readonly #hashes: Uint32Array;
  readonly #bytes: number;
  readonly #shape: Shape;

  constructor({ events, keys, seed = 1, bytes = 200, shape = PLAIN }: WorkloadOptions) {
    const random = seededRandom(seed);
    const taken = new Uint32Array(keys);
    this.keyOf = Uint32Array.from({ length: events }, () => Math.floor(random() * keys));
    this.placeOf = this.keyOf.map((key) => {
      const place = taken[key] ?? 0;
      taken[key] = place + 1;
      return place;
    });
    this.#hashes = Uint32Array.from({ length: keys }, (_, key) => hashOf(keyText(key)));
    this.#bytes = bytes;
    this.#shape = shape;
  }

  get events(): number {
    return this.keyOf.length;
  }

  keyTextOf(id: number): string {
    return keyText(this.keyOf[id] ?? 0);
  }

  /** An event's line, with its line feed. All of it is ASCII. */
  line(id: number): string {
    const { beforeId, afterId } = this.#shape;
    const begin = `${beforeId}${id}${afterId(this.keyTextOf(id), this.placeOf[id] ?? 0)}`;
    // Not all of a length, so that records are not either.
    const length = this.#bytes + ((id * 7_919) % 41) - 20;
    return `${begin.padEnd(length - END.length, PAD)}${END}`;
  }

  /** Consecutive events, as a source gives them to the producer. */
  block(first: number, count: number): EventBlock {
    const ids = Array.from({ length: Math.min(count, this.events - first) }, (_, offset) => first + offset);
    const lines = ids.map((id) => this.line(id));
    let end = 0;
    return {
      first,
      lines: Buffer.from(lines.join(''), 'latin1'),
      ends: Uint32Array.from(lines, ({ length }) => {
        end += length;
        return end;
      }),
      hashes: Uint32Array.from(ids, (id) => this.#hashes[this.keyOf[id] ?? 0] ?? 0),
      keys: ids.map((id) => this.keyTextOf(id)),
    };
  }

  /** Ids of the events in a record's data, each of which is checked to be what was put. */
  readonly eventsOf = (data: Uint8Array): readonly number[] => {
    const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1');
    const idAt = this.#shape.beforeId.length;
    const ids: number[] = [];
    for (let start = 0; start < text.length; ) {
      const id = Number.parseInt(text.slice(start + idAt, start + idAt + 10), 10);
      const line = id < this.events ? this.line(id) : '';
      if (line === '' || !text.startsWith(line, start)) {
        if (this.mangled.length < 5) this.mangled.push(text.slice(start, start + 80));
        break;
      }
      ids.push(id);
      start += line.length;
    }
    return ids;
  };
}

const PAD = 'x';
const END = '"}\n';

const keyText = (key: number) => `key-${key}`;

/** The first 32 bits of the key's MD5. */
function hashOf(text: string): number {
  return createHash('md5').update(text).digest().readUInt32BE();
}
