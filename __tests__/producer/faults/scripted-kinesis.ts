import type { PutRecordsCommandInput, PutRecordsRequestEntry } from '@aws-sdk/client-kinesis';
import { hashKeyOf } from '../../../local/kinesis/hash-key.js';
import type { Timers } from '../../../producer/index.js';
import { type Faults, isWithin, type RequestFault, requestFault } from './faults.js';
import { type Random, seededRandom } from './random.js';
import { EXPIRED, type Reply } from './reply.js';
import { refusalOf } from './request-check.js';
import type { Shard } from './shard.js';
import { Shards } from './shards.js';

export interface ScriptedKinesisOptions {
  readonly shards: number;
  /** The clock by which budgets fill and faults come and go. */
  readonly timers: Pick<Timers, 'now'>;
  /** Ids of the events in a record. */
  readonly eventsOf: (data: Uint8Array) => readonly number[];
  readonly faults?: Faults;
  /** @default 1 */
  readonly seed?: number;
  /** Whether a shard takes 1 MB and 1,000 records a second and no more. @default true */
  readonly limits?: boolean;
  /** Called at the end of each request, with how many there were. */
  readonly onRequest?: (count: number) => void;
}

/** What a stream saw in a second of its clock. */
export interface Second {
  requests: number;
  /** Records in them. */
  records: number;
  /** Records of which the answer said that they came too fast. */
  throttled: number;
}

/** A stream that does what a script of faults says, by a seed: without HTTP, and by whatever clock it is given. */
export class ScriptedKinesis {
  readonly name = 'scripted';
  readonly shards: Shards;
  readonly seconds: Second[] = [];
  requests = 0;
  /** Whether the script of faults is over: what comes then is taken. */
  isWell = false;
  readonly #random: Random;
  readonly #faults: Faults;
  #sequence = 0;
  #reshards = 0;

  constructor(private readonly options: ScriptedKinesisOptions) {
    this.shards = new Shards(options.shards);
    this.#random = seededRandom(options.seed ?? 1);
    this.#faults = options.faults ?? {};
  }

  /** A PutRecords request arrives. */
  take(input: PutRecordsCommandInput): Reply {
    const reply = this.#take(input);
    this.options.onRequest?.(this.requests);
    return reply;
  }

  #take(input: PutRecordsCommandInput): Reply {
    const { Records: records = [] } = input;
    const now = this.options.timers.now();
    this.requests++;
    const second = this.#second(now);
    second.requests++;
    second.records += records.length;
    const refusal = this.#accessRefusal() ?? refusalOf(input);
    if (refusal) return refusal;
    this.#reshard(now);

    const way = this.isWell ? undefined : requestFault(this.#faults, this.#random());
    if (way === 'resetBefore') return { kind: 'reset', committed: false };
    const committed = way === undefined || way === 'resetAfter' || this.#random() < 0.5;
    const answered = way === undefined ? records.length : this.#answered(way, records.length);
    const entries = committed
      ? records.map((record, index) => this.#put(record, now, index < answered, second))
      : [];
    if (way === undefined || way === 'short') return { kind: 'answer', records: entries.slice(0, answered) };
    return this.#failure(way);
  }

  #put(record: PutRecordsRequestEntry, now: number, heard: boolean, second: Second) {
    const { Data: data = new Uint8Array(), PartitionKey: key = '', ExplicitHashKey: explicit } = record;
    const shard = this.shards.holding(BigInt(explicit ?? `0x${hashKeyOf(key)}`));
    const bytes = data.length + Buffer.byteLength(key);
    const code = this.#recordFault(shard, bytes, now);
    if (code === THROTTLED) {
      second.throttled++;
      const message = `Rate exceeded for shard ${shard.id} in stream ${this.name} under account ${ACCOUNT}.`;
      return { ErrorCode: code, ErrorMessage: message };
    }
    if (code) return { ErrorCode: code, ErrorMessage: 'Internal service failure.' };
    shard.countBytes(bytes, now);
    for (const id of this.options.eventsOf(data)) shard.log.add(id, heard);
    return { ShardId: shard.id, SequenceNumber: String(++this.#sequence) };
  }

  #recordFault(shard: Shard, bytes: number, now: number): string | undefined {
    const { records = {}, throttled = [], rival } = this.#faults;
    const share = rival && isWithin(rival, now) ? 1 - rival.share : 1;
    if (!this.isWell) {
      const dice = this.#random();
      const { throttled: thrown = 0, internalFailure = 0 } = records;
      if (dice < thrown) return THROTTLED;
      if (dice < thrown + internalFailure) return 'InternalFailure';
      const isShut = throttled.some(
        (span) => isWithin(span, now) && (span.shard ?? shard.number) === shard.number,
      );
      if (isShut) return THROTTLED;
    }
    return this.options.limits !== false && !shard.admit(bytes, now, share) ? THROTTLED : undefined;
  }

  #accessRefusal(): Reply | undefined {
    if (this.isWell) return undefined;
    const { expiredFirst = 0, deniedFrom = Number.POSITIVE_INFINITY } = this.#faults.access ?? {};
    if (this.requests <= expiredFirst) return EXPIRED;
    if (this.requests < deniedFrom) return undefined;
    const what = `kinesis:PutRecords on resource: arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/${this.name}`;
    const message = `User: someone is not authorized to perform: ${what}`;
    return { kind: 'error', name: 'AccessDeniedException', message, status: 400 };
  }

  /** Of how many records the writer gets an answer. */
  #answered(way: RequestFault, sent: number): number {
    return way === 'short' ? Math.floor(this.#random() * sent) : 0;
  }

  #failure(way: Exclude<RequestFault, 'short'>): Reply {
    const dice = this.#random();
    switch (way) {
      case 'resetBefore':
      case 'resetAfter':
        return { kind: 'reset', committed: way === 'resetAfter' };
      case 'serverError':
        return dice < 0.5
          ? { kind: 'error', name: 'InternalFailure', message: 'Internal service failure.', status: 500 }
          : { kind: 'error', name: 'ServiceUnavailable', message: 'Service is unavailable.', status: 503 };
      case 'empty':
        return { kind: 'body', body: dice < 0.5 ? '' : '{}' };
      case 'garbage':
        return { kind: 'body', body: GARBAGE[Math.floor(dice * GARBAGE.length)] ?? '' };
    }
  }

  #reshard(now: number): void {
    const { reshards = [] } = this.#faults;
    for (let next = reshards[this.#reshards]; next && next.at <= now; next = reshards[++this.#reshards]) {
      this.shards.reshard(next);
    }
  }

  #second(now: number): Second {
    const index = Math.floor(now / 1_000);
    const second = this.seconds[index] ?? { requests: 0, records: 0, throttled: 0 };
    this.seconds[index] = second;
    return second;
  }
}

const ACCOUNT = '000000000000';
const THROTTLED = 'ProvisionedThroughputExceededException';

/** Bodies of HTTP 200 that are no answer. */
export const GARBAGE = [
  '<html><body>OK</body></html>',
  '{"FailedRecordCount":0,"Records":[{"SequenceNumber":"1","Sha',
  '{"Records":"none"}',
  '{"Records":[null,7,"x",{}]}',
  'null',
  '[]',
  '\u0000\u0001\ufffd',
] as const;
