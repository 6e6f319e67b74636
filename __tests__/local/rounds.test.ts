import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Rounds } from '../../local/rounds.js';

function roundsForTest() {
  const waits: { ms: number; callback: () => void }[] = [];
  const clock = {
    now: () => 0,
    after: (ms: number, callback: () => void) => {
      const wait = { ms, callback };
      waits.push(wait);
      return () => waits.splice(waits.indexOf(wait), 1);
    },
  };
  const troubles: unknown[] = [];
  const begun: { end: () => void; fail: (error: Error) => void; isStopped: () => boolean }[] = [];
  const rounds = new Rounds({
    clock,
    every: 1_000,
    round: (isStopped) =>
      new Promise((end, fail) => {
        begun.push({ end, fail, isStopped });
      }),
    onTrouble: (error) => troubles.push(error),
  });
  return { waits, troubles, begun, rounds };
}

it('a round comes at once, and the next so long after its end', async () => {
  const { waits, begun, rounds } = roundsForTest();
  rounds.start();
  expect([begun.length, waits.length]).toEqual([1, 0]);
  begun[0]?.end();
  await setImmediate();
  expect([begun.length, waits[0]?.ms]).toEqual([1, 1_000]);
  waits[0]?.callback();
  expect(begun).toHaveLength(2);
});

it('a round that fails is told of, and the next comes', async () => {
  const { waits, begun, rounds, troubles } = roundsForTest();
  rounds.start();
  begun[0]?.fail(new Error('full'));
  await setImmediate();
  expect(troubles).toEqual([new Error('full')]);
  waits[0]?.callback();
  expect(begun).toHaveLength(2);
});

it('a stop waits for the round, which hears of it, and none comes after', async () => {
  const { waits, begun, rounds } = roundsForTest();
  rounds.start();
  expect(begun[0]?.isStopped()).toBe(false);
  let isStopped = false;
  const stopped = rounds.stop().then(() => {
    isStopped = true;
  });
  await setImmediate();
  expect([begun[0]?.isStopped(), isStopped]).toEqual([true, false]);
  begun[0]?.end();
  await stopped;
  expect(waits).toEqual([]);
});

it('a stop between two rounds cancels the next', async () => {
  const { waits, begun, rounds } = roundsForTest();
  rounds.start();
  begun[0]?.end();
  await setImmediate();
  await rounds.stop();
  expect(waits).toEqual([]);
});
