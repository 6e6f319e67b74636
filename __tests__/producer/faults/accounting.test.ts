import { describe, expect, it } from 'vitest';
import { audit, type Books, type Ending, NO_DISCREPANCIES, type ReportedCounts } from './accounting.js';
import { Shards } from './shards.js';
import { Workload } from './workload.js';

// Event 0 and 2 are of one key, so are 1 and 3.
const workload = new Workload({ events: 4, keys: 2, seed: 4 });

describe('the accounting', () => {
  it('finds nothing where everything adds up', () => {
    expect(audit(books([0, 1, 2, 3]))).toEqual(NO_DISCREPANCIES);
  });

  it('finds an event that was acknowledged and is not there', () => {
    expect(audit(books([0, 1, 2])).missing).toEqual([3]);
  });

  it('finds an event whose end was never told', () => {
    expect(audit(books([0, 1, 2, 3], { endings: told('acknowledged', 3) })).untold).toEqual([3]);
  });

  it('finds counts that contradict each other', () => {
    expect(audit(books([0, 1, 2, 3], { report: { failed: 1 } })).counts).toEqual([
      '4 taken, 5 ended',
      '1 reported as failed, 0 told of',
    ]);
  });

  it('finds a later event of a key in front of an earlier one', () => {
    expect(audit(books([2, 0, 1, 3])).disordered).toEqual([0]);
    expect(audit(books([2, 0, 1, 3]), { order: false })).toEqual(NO_DISCREPANCIES);
  });

  it('keeps the first of each event, and lets the second be anywhere', () => {
    const { kinesis } = books([0, 2, 1, 3], { lost: [0] });
    kinesis.shards.all[0]?.log.add(0, true);
    const report = { ...counts, possiblyDuplicated: 1 };
    expect(audit({ ...books([]), kinesis, report })).toEqual(NO_DISCREPANCIES);
  });

  it('finds a duplicate that was not foretold', () => {
    expect(audit(books([0, 0, 1, 2, 3], { lost: [0] })).counts).toEqual([
      '1 duplicated, 0 reported as possibly so',
    ]);
  });

  it('finds an event that was sent again though its answer had come', () => {
    expect(audit(books([0, 0, 1, 2, 3], { report: { possiblyDuplicated: 1 } })).repeated).toEqual([0]);
  });

  it('finds an event on the stream that was said to have failed', () => {
    const endings = [...told('acknowledged', 3), 'failed' as const];
    const report = { acknowledged: 3, failed: 1 };
    expect(audit(books([0, 1, 2, 3], { endings, report })).undeclared).toHaveLength(1);
    const declared = { ...report, possiblyDelivered: 1 };
    expect(audit(books([0, 1, 2, 3], { endings, report: declared }))).toEqual(NO_DISCREPANCIES);
  });

  it('reads a parent before its children', () => {
    const given = books([0, 1]);
    given.kinesis.shards.reshard({ at: 0, split: 0 });
    for (const id of [2, 3]) given.kinesis.shards.all[2]?.log.add(id, true);
    expect(audit(given)).toEqual(NO_DISCREPANCIES);
  });

  it('finds a key that went from one shard to another that is none of its children', () => {
    const given = books([0, 1], { shards: 2 });
    for (const id of [2, 3]) given.kinesis.shards.all[1]?.log.add(id, true);
    expect(audit(given).strayed).toEqual([2, 3]);
  });

  it('finds what is no event of the workload', () => {
    const own = new Workload({ events: 1, keys: 1 });
    expect(own.eventsOf(Buffer.from(own.line(0) + own.line(0)))).toEqual([0, 0]);
    expect(own.mangled).toEqual([]);
    expect(own.eventsOf(Buffer.from(own.line(0).replace('x', 'y')))).toEqual([]);
    expect(own.mangled).toHaveLength(1);
  });
});

const counts: ReportedCounts = {
  taken: 4,
  acknowledged: 4,
  failed: 0,
  refused: 0,
  spilled: 0,
  possiblyDuplicated: 0,
  possiblyDelivered: 0,
};

interface Changes {
  readonly report?: Partial<ReportedCounts>;
  readonly endings?: readonly Ending[];
  /** Events whose answers were lost. */
  readonly lost?: readonly number[];
  readonly shards?: number;
}

/** Books of a stream whose first shard has these events, of which all were acknowledged. */
function books(onStream: readonly number[], changes: Changes = {}): Books {
  const { report, endings = told('acknowledged', 4), lost = [], shards: count = 1 } = changes;
  const shards = new Shards(count);
  for (const id of onStream) shards.all[0]?.log.add(id, !lost.includes(id));
  return { workload, kinesis: { shards }, endings, report: { ...counts, ...report } };
}

function told(ending: Ending, count: number): Ending[] {
  return Array<Ending>(count).fill(ending);
}
