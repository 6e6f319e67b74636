import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EventBlock,
  Pace,
  type PaceOptions,
  type Rate,
  scheduleOf,
  sliceBlock,
} from '../../../producer/index.js';
import { blockOf, collect, linesOf } from '../blocks.js';
import { VirtualTimers } from '../virtual-timers.js';

const TEN_A_SECOND: Rate = { kind: 'constant', perSecond: 10 };

interface Start {
  readonly at: number;
  readonly startedAt: number;
  readonly lines: readonly string[];
}

/** Blocks of events that are named by their number, without end unless there are so many. */
async function* numbered(size: number, amount = Number.POSITIVE_INFINITY) {
  for (let first = 0; first < amount; first += size) {
    const length = Math.min(size, amount - first);
    yield blockOf(
      Array.from({ length }, (_, offset) => `${first + offset}`),
      first,
    );
  }
}

/** What starts when, by a clock of its own; each start is taken for so many milliseconds. */
async function run(
  options: PaceOptions,
  source: AsyncIterable<EventBlock>,
  takes: (start: number) => number = () => 0,
) {
  const timers = new VirtualTimers();
  const pace = new Pace({ timers, ...options });
  const starts: Start[] = [];
  for await (const { block, startedAt } of pace.run(source)) {
    starts.push({ at: timers.now(), startedAt, lines: linesOf(block) });
    const time = takes(starts.length);
    if (time > 0) await timers.sleep(time);
  }
  return { starts, lines: starts.flatMap(({ lines }) => lines), report: pace.report(), now: timers.now() };
}

const upTo = (amount: number) => Array.from({ length: amount }, (_, index) => `${index}`);

describe('a pace', () => {
  it('lets each event start when it is to, within a tick', async () => {
    const { starts, report } = await run({ schedule: scheduleOf(TEN_A_SECOND) }, numbered(1_000, 25));
    expect(starts.map(({ at, lines }) => [at, ...lines])).toEqual(
      upTo(25).map((line, index) => [index * 100, line]),
    );
    expect(starts.map(({ startedAt }) => startedAt)).toEqual(upTo(25).map((_, index) => index * 100));
    expect(report).toEqual({ late: 0, latest: 0, dropped: 0 });
  });

  it('lets events that are close to one another start together', async () => {
    const schedule = scheduleOf({ kind: 'constant', perSecond: 1_000 });
    const { starts, lines } = await run({ schedule }, numbered(1_000, 3_000));
    expect(lines).toEqual(upTo(3_000));
    expect(starts.length).toBeLessThanOrEqual(310);
    for (const { at, startedAt, lines } of starts) {
      expect(at - startedAt).toBeLessThanOrEqual(10);
      expect(lines.length).toBeLessThanOrEqual(11);
    }
  });

  it('passes whole blocks on where there is no schedule', async () => {
    const blocks = await collect(numbered(1_000, 2_500));
    const pace = new Pace({ timers: new VirtualTimers() });
    const passed = await collect(pace.run(fromArray(blocks)));
    expect(passed.map(({ block }) => block)).toEqual(blocks);
    for (const [index, { block }] of passed.entries()) expect(block).toBe(blocks[index]);
  });

  it('waits for nobody: what was missed starts at once, and is counted as late', async () => {
    // The first start is held up for 1,050 ms: events 1 to 10 were to start in that time.
    const { starts, lines, report } = await run(
      { schedule: scheduleOf(TEN_A_SECOND), amount: 20 },
      numbered(1_000),
      (start) => (start === 1 ? 1_050 : 0),
    );
    expect(lines).toEqual(upTo(20));
    expect(starts.slice(1, 11).map(({ at, startedAt }) => [at, startedAt])).toEqual(
      Array.from({ length: 10 }, (_, index) => [1_050, (index + 1) * 100]),
    );
    expect(starts.at(-1)?.at).toBe(1_900);
    // By 950, 850, … 150 and 50 ms; the last is not late.
    expect(report).toEqual({ late: 9, latest: 950, dropped: 0 });
  });

  it('counts each late event, not those that start with them', async () => {
    const { report } = await run(
      { schedule: scheduleOf({ kind: 'constant', perSecond: 1_000 }), amount: 1_000 },
      numbered(1_000),
      (start) => (start === 1 ? 150 : 0),
    );
    // Those that were to start from 1 to 50 ms.
    expect(report).toEqual({ late: 50, latest: 149, dropped: 0 });
  });

  it('ends with the duration: all that was to start by then, and no more', async () => {
    const { lines, report, now } = await run(
      { schedule: scheduleOf(TEN_A_SECOND), duration: 3_000 },
      numbered(7),
    );
    expect(lines).toEqual(upTo(30));
    expect(report.dropped).toBe(0);
    expect(now).toBeLessThan(3_000);
  });

  it('drops what would start long after the duration, and counts it', async () => {
    const { lines, report } = await run(
      { schedule: scheduleOf(TEN_A_SECOND), duration: 3_000 },
      numbered(1_000),
      () => 500,
    );
    expect(lines.length).toBeLessThan(10);
    expect(lines.length + report.dropped).toBe(30);
  });

  it('begins when the first event is there, however long its source has taken', async () => {
    const timers = new VirtualTimers();
    const slow = async function* () {
      await timers.sleep(500);
      yield* numbered(10, 20);
    };
    const pace = new Pace({ timers, schedule: scheduleOf(TEN_A_SECOND), duration: 1_000 });
    const started = await collect(pace.run(slow()));
    expect(started[0]?.startedAt).toBe(500);
    expect(started.flatMap(({ block }) => linesOf(block))).toEqual(upTo(10));
    expect(pace.report()).toEqual({ late: 0, latest: 0, dropped: 0 });
  });

  it('ends with the duration without a schedule too', async () => {
    const { starts } = await run({ duration: 1_000 }, numbered(10), () => 300);
    expect(starts.map(({ at }) => at)).toEqual([0, 300, 600, 900]);
  });

  it.each([0, 1, 999, 1_000, 1_001])('ends after %d events', async (amount) => {
    expect((await run({ amount }, numbered(500))).lines).toEqual(upTo(amount));
    const schedule = scheduleOf({ kind: 'constant', perSecond: 500 });
    expect((await run({ amount, schedule }, numbered(500))).lines).toEqual(upTo(amount));
  });

  it('ends before so many bytes are exceeded', async () => {
    // Ten lines of two bytes, then lines of three.
    expect((await run({ bytes: 20 + 3 * 5 + 2 }, numbered(4))).lines).toEqual(upTo(15));
    expect((await run({ bytes: 20 }, numbered(4))).lines).toEqual(upTo(10));
    expect((await run({ bytes: 1 }, numbered(4))).lines).toEqual([]);
  });

  it('ends where its source does', async () => {
    const { report, lines } = await run(
      { schedule: scheduleOf(TEN_A_SECOND), duration: 60_000, amount: 500 },
      numbered(5, 15),
    );
    expect([lines, report.dropped]).toEqual([upTo(15), 0]);
  });

  it('ends at once when it is told to, while it waits for a start or for its source', async () => {
    const silent = async function* () {
      yield blockOf(['0']);
      await new Promise(() => {});
    };
    const schedule = scheduleOf({ kind: 'constant', perSecond: 0.000_01 });
    for (const [source, options] of [
      [silent(), {}],
      [numbered(10), { schedule }],
    ] as const) {
      const stop = new AbortController();
      const pace = new Pace({ ...options, stop: stop.signal });
      const iteration = pace.run(source);
      if (options.schedule) await iteration.next();
      else expect((await iteration.next()).value?.block.ends.length).toBe(1);
      const next = iteration.next();
      stop.abort();
      expect(await next).toMatchObject({ done: true });
      expect(pace.report().dropped).toBe(0);
    }
  });

  it('ends with the duration while its source is silent', async () => {
    const silent = async function* () {
      yield blockOf(['0']);
      await new Promise(() => {});
    };
    expect((await run({ duration: 1_000 }, silent())).lines).toEqual(['0']);
  });

  it('starts nothing where it was stopped before', async () => {
    expect((await run({ stop: AbortSignal.abort() }, numbered(5))).lines).toEqual([]);
  });

  it('ends its source when it is left, and passes its errors on', async () => {
    let ended = false;
    const source = async function* () {
      try {
        yield* numbered(5);
      } finally {
        ended = true;
      }
    };
    for await (const _ of new Pace({}).run(source())) break;
    expect(ended).toBe(true);
    const failing = async function* () {
      yield blockOf(['0']);
      throw new Error('no more');
    };
    await expect(run({}, failing())).rejects.toThrow('no more');
  });
});

describe('a part of a block', () => {
  it('is a block of its own', () => {
    const whole: EventBlock = {
      ...blockOf(['a', '', 'ccc', 'dd'], 100),
      keys: ['A', '', 'C', 'D'],
      alone: [0, 2],
      refused: [{ offset: 1, code: 'NotJson', message: 'no', text: 'x', line: 5 }],
      imperfect: [{ offset: 2, kind: 'malformed', identity: 'C' }],
    };
    expect(sliceBlock(whole, 0, 4)).toBe(whole);
    const part = sliceBlock(whole, 1, 3);
    expect(linesOf(part)).toEqual(['', 'ccc']);
    expect(part).toMatchObject({
      first: 101,
      keys: ['', 'C'],
      alone: [1],
      refused: [{ offset: 0, code: 'NotJson', line: 5 }],
      imperfect: [{ offset: 1, kind: 'malformed' }],
    });
    expect([...part.ends]).toEqual([0, 4]);
    expect([...part.hashes]).toEqual([1, 2]);
  });

  it('makes the whole again with the others', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{0,5}$/), { maxLength: 20 }),
        fc.array(fc.nat(20)),
        (lines, cuts) => {
          const whole = blockOf(lines, 7);
          const at = [
            0,
            ...cuts.map((cut) => Math.min(cut, lines.length)).sort((a, b) => a - b),
            lines.length,
          ];
          const parts = at.slice(1).map((to, index) => sliceBlock(whole, at[index] ?? 0, to));
          expect(parts.flatMap(linesOf)).toEqual(lines);
          for (const part of parts) expect(part.ends.at(-1) ?? 0).toBe(part.lines.byteLength);
        },
      ),
    );
  });
});

async function* fromArray<T>(all: readonly T[]) {
  yield* all;
}
