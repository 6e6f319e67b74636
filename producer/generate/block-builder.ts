import type { Dataset } from '../../datasets/index.js';
import type { EventBlock, RefusedEvent } from '../event-block.js';
import { eventLine, type JsonEvent, recordTooLarge } from '../event-line.js';
import { keyHash } from '../key-hash.js';
import { type PartitionKeyRefusal, partitionKeyOf } from '../partition-key.js';
import { LIMITS } from '../write/limits.js';
import { JsonDrafts } from './json-drafts.js';

const LINE_FEED = 0x0a;

/** Collects events, or lines that are events already, into blocks. */
export class BlockBuilder {
  #lines = Buffer.allocUnsafeSlow(FIRST_CAPACITY);
  #bytes = 0;
  #events = 0;
  #ends = new Uint32Array(1_000);
  #hashes = new Uint32Array(1_000);
  #keys: string[] = [];
  #refused: RefusedEvent[] = [];

  readonly #drafts: JsonDrafts;

  /** @param withKeys whether blocks are to carry the partition keys. */
  constructor(
    private readonly dataset: Pick<Dataset, 'partitionKey' | 'columns'>,
    private readonly withKeys: boolean,
  ) {
    this.#drafts = new JsonDrafts(Object.keys(dataset.columns));
  }

  /** Events that the next block will have. */
  get events(): number {
    return this.#events;
  }

  /** Bytes of lines that the next block will have. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Adds an event; one that can never be sent is refused.
   *
   * @param key the partition key, where it is not to be the event's own.
   */
  add(event: JsonEvent, key: string | PartitionKeyRefusal = partitionKeyOf(this.dataset, event)): void {
    if (typeof key === 'string') {
      const draft = this.#drafts.draft(event);
      if (draft !== undefined && this.#addDraft(draft, key)) return;
      const json = jsonOf(event);
      if (json !== undefined) {
        this.addLine(Buffer.from(json), key);
        return;
      }
    }
    const line = eventLine(this.dataset, event);
    if (line.kind === 'refusal') this.refuse(line);
  }

  /** Adds an event whose text breaks off at `cut`, 0 to 1 of it, so that it is no JSON. */
  addCut(event: JsonEvent, key: string | undefined, cut: number): void {
    const line = eventLine(this.dataset, event);
    if (line.kind === 'refusal') this.refuse(line);
    else {
      // Every beginning of an object's text lacks at least its last brace.
      const text = Buffer.from(line.bytes).toString().trimEnd();
      this.addLine(Buffer.from(text.slice(0, 1 + Math.floor(cut * (text.length - 1)))), key ?? line.key);
    }
  }

  /** Adds a draft, unless it is not what it should be. */
  #addDraft(draft: string, key: string): boolean {
    // UTF-8 has up to three bytes for what UTF-16 has one unit for.
    this.#reserve(draft.length * 3 + 1);
    const start = this.#bytes;
    const end = start + this.#lines.write(draft, start);
    // A key has far less than the other half.
    if (end - start > LIMITS.bytesPerRecord / 2 || !this.#drafts.isJson(draft, this.#lines, start, end))
      return false;
    this.#lines[end] = LINE_FEED;
    this.#end(end + 1, keyHash(key), key);
    return true;
  }

  /**
   * Adds a line as it is.
   *
   * @param line without its line feed.
   * @param number of the line from 1, where the source has lines.
   */
  addLine(line: Uint8Array, key: string, number?: number): void {
    const tooLarge = recordTooLarge(line.byteLength + 1, key);
    if (tooLarge !== undefined) {
      const text = Buffer.from(line).toString();
      this.refuse({
        code: 'RecordTooLarge',
        message: tooLarge,
        text,
        ...(number !== undefined && { line: number }),
      });
      return;
    }
    this.#reserve(line.byteLength + 1);
    this.#lines.set(line, this.#bytes);
    const end = this.#bytes + line.byteLength;
    this.#lines[end] = LINE_FEED;
    this.#end(end + 1, keyHash(key), key);
  }

  /** Adds an event of this block again. */
  repeat(offset: number): void {
    const start = this.#ends[offset - 1] ?? 0;
    const end = this.#ends[offset] ?? start;
    this.#reserve(end - start);
    this.#lines.copyWithin(this.#bytes, start, end);
    this.#end(this.#bytes + end - start, this.#hashes[offset] ?? 0, this.#keys[offset] ?? '');
  }

  /** Adds an event that can never be sent. */
  refuse(refused: Omit<RefusedEvent, 'offset'>): void {
    this.#refused.push({ offset: this.#events, ...refused });
    this.#end(this.#bytes, 0, '');
  }

  /** Whether an event of this block was refused. */
  isRefused(offset: number): boolean {
    return this.#ends[offset] === (this.#ends[offset - 1] ?? 0);
  }

  /** Gives what has been added, and starts afresh. */
  take(first: number): EventBlock {
    const block = {
      first,
      lines: new Uint8Array(this.#lines.buffer, 0, this.#bytes),
      ends: this.#ends.slice(0, this.#events),
      hashes: this.#hashes.slice(0, this.#events),
      ...(this.withKeys && { keys: this.#keys }),
      ...(this.#refused.length > 0 && { refused: this.#refused }),
    };
    // Others keep it, or carry it to another thread. The next block will be about as long.
    this.#lines = Buffer.allocUnsafeSlow(Math.ceil(this.#bytes * 1.02) + ROOM);
    this.#bytes = 0;
    this.#events = 0;
    this.#keys = [];
    this.#refused = [];
    return block;
  }

  #end(end: number, hash: number, key: string): void {
    if (this.#events === this.#ends.length) {
      this.#ends = doubled(this.#ends);
      this.#hashes = doubled(this.#hashes);
    }
    this.#bytes = end;
    this.#ends[this.#events] = end;
    this.#hashes[this.#events++] = hash;
    if (this.withKeys) this.#keys.push(key);
  }

  #reserve(more: number): void {
    if (this.#bytes + more <= this.#lines.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#lines.length * 2, this.#bytes + more));
    larger.set(this.#lines.subarray(0, this.#bytes));
    this.#lines = larger;
  }
}

const FIRST_CAPACITY = 64 * 1_024;
/** For some more lines than a block is expected to have. */
const ROOM = 4_096;

function doubled(numbers: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

/** Undefined where it has none. */
function jsonOf(event: JsonEvent): string | undefined {
  try {
    return JSON.stringify(event);
  } catch {
    return undefined;
  }
}
