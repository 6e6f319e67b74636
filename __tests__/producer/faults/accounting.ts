import type { ScriptedKinesis } from './scripted-kinesis.js';
import type { Shard } from './shard.js';
import type { Workload } from './workload.js';

/** How an event ended, as the producer told. */
export type Ending = 'acknowledged' | 'failed' | 'refused' | 'spilled';

/** The counts that a producer reports. */
export interface ReportedCounts {
  readonly taken: number;
  readonly acknowledged: number;
  readonly failed: number;
  readonly refused: number;
  readonly spilled: number;
  /** Events acknowledged that may be on the stream twice. */
  readonly possiblyDuplicated: number;
  /** Events that were not acknowledged and may be on the stream all the same. */
  readonly possiblyDelivered: number;
}

export interface Books {
  readonly workload: Workload;
  readonly kinesis: Pick<ScriptedKinesis, 'shards'>;
  readonly report: ReportedCounts;
  /** How each event ended, by its id; undefined where the producer never told. */
  readonly endings: readonly (Ending | undefined)[];
}

/** What does not add up; all of it is empty where everything does. Ids, up to ten of each kind. */
export interface Discrepancies {
  /** Counts that contradict each other, in words. */
  readonly counts: readonly string[];
  /** Said to be acknowledged, and not on the stream. */
  readonly missing: readonly number[];
  /** Put, and never told of again. */
  readonly untold: readonly number[];
  /** On the stream, though the producer said that it could not send them and that no answer was lost. */
  readonly undeclared: readonly string[];
  /** On the stream, but never put. */
  readonly mangled: readonly string[];
  /** Come behind a later event of the same key, where only the first of each event counts. */
  readonly disordered: readonly number[];
  /** On a shard that is no descendant of the one where their key was before: a consumer may see them in any order. */
  readonly strayed: readonly number[];
  /** On the stream again after the answer that acknowledged them had come. */
  readonly repeated: readonly number[];
}

/**
 * Goes through a stream as a consumer does, the records of a shard in order and a parent before its children, and
 * checks what the producer said of it.
 *
 * @param order whether events of one key must be in order.
 */
export function audit(books: Books, { order = true } = {}): Discrepancies {
  const { workload, kinesis, endings } = books;
  const { events, keyOf, placeOf } = workload;
  const copies = new Uint8Array(events);
  const heardOf = new Uint8Array(events);
  const lastPlace = new Map<number, number>();
  const lastShard = new Map<number, Shard>();
  const disordered: number[] = [];
  const strayed: number[] = [];
  const repeated: number[] = [];

  for (const shard of kinesis.shards.all) {
    shard.log.forEach((id, heard) => {
      if (heardOf[id]) repeated.push(id);
      heardOf[id] = Number(heard);
      const copy = (copies[id] ?? 0) + 1;
      copies[id] = copy;
      if (copy > 1 || !order) return;

      const key = keyOf[id] ?? 0;
      const place = placeOf[id] ?? 0;
      if (place <= (lastPlace.get(key) ?? -1)) disordered.push(id);
      else lastPlace.set(key, place);
      const before = lastShard.get(key);
      if (before && before !== shard && !descends(shard, before, kinesis.shards.all)) strayed.push(id);
      lastShard.set(key, shard);
    });
  }

  const ids = Array.from({ length: books.report.taken }, (_, id) => id);
  return {
    counts: contradictions(books, copies),
    missing: ids.filter((id) => endings[id] === 'acknowledged' && !copies[id]).slice(0, 10),
    untold: ids.filter((id) => endings[id] === undefined).slice(0, 10),
    undeclared: undeclared(books, copies),
    mangled: workload.mangled,
    disordered: disordered.slice(0, 10),
    strayed: strayed.slice(0, 10),
    repeated: repeated.slice(0, 10),
  };
}

/** What an audit says where everything adds up. */
export const NO_DISCREPANCIES: Discrepancies = {
  counts: [],
  missing: [],
  untold: [],
  undeclared: [],
  mangled: [],
  disordered: [],
  strayed: [],
  repeated: [],
};

function contradictions({ report, endings }: Books, copies: Uint8Array): string[] {
  const { taken, acknowledged, failed, refused, spilled, possiblyDuplicated } = report;
  const said: string[] = [];
  const ended = acknowledged + failed + refused + spilled;
  if (taken !== ended) said.push(`${taken} taken, ${ended} ended`);
  for (const ending of ENDINGS) {
    const told = endings.reduce((count, each) => count + Number(each === ending), 0);
    if (told !== report[ending]) said.push(`${report[ending]} reported as ${ending}, ${told} told of`);
  }
  const twice = endings.reduce(
    (count, ending, id) => count + Number(ending === 'acknowledged' && (copies[id] ?? 0) > 1),
    0,
  );
  if (twice > possiblyDuplicated)
    said.push(`${twice} duplicated, ${possiblyDuplicated} reported as possibly so`);
  return said;
}

const ENDINGS = ['acknowledged', 'failed', 'refused', 'spilled'] as const;

function undeclared({ report, endings }: Books, copies: Uint8Array): string[] {
  const there = endings.reduce(
    (count, ending, id) => count + Number(ending !== 'acknowledged' && (copies[id] ?? 0) > 0),
    0,
  );
  if (there <= report.possiblyDelivered) return [];
  return [`${there} not acknowledged and on the stream, ${report.possiblyDelivered} reported as possibly so`];
}

function descends(shard: Shard, ancestor: Shard, all: readonly Shard[]): boolean {
  return shard.parents.some((number) => {
    const parent = all[number];
    return parent !== undefined && (parent === ancestor || descends(parent, ancestor, all));
  });
}
