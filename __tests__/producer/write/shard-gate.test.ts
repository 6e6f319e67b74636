import { expect, it } from 'vitest';
import { ShardGate } from '../../../producer/write/shard-gate.js';
import { ShardPace } from '../../../producer/write/shard-pace.js';
import { VirtualTimers } from '../virtual-timers.js';

/** A gate that has throttled once, and lanes that always have more to send, each records of its size. */
async function run(sizes: readonly number[], seconds: number) {
  const timers = new VirtualTimers();
  const pace = new ShardPace({ base: 50, cap: 2_000 }, () => 0.5);
  const sent = sizes.map(() => 0);
  const gate: ShardGate<number> = new ShardGate(pace, timers, {
    bytesOf: (lane) => sizes[lane] ?? 0,
    onOpen: (lanes) => {
      for (const lane of lanes) send(lane);
    },
  });
  let isOver = false;
  function send(lane: number) {
    if (isOver || !gate.admits(lane, sizes[lane] ?? 0)) return;
    sent[lane] = (sent[lane] ?? 0) + 1;
    timers.after(5, () => {
      pace.acknowledged(timers.now(), timers.now());
      send(lane);
    });
  }
  pace.throttled(timers.now(), timers.now());
  for (const lane of sizes.keys()) send(lane);
  await timers.sleep(seconds * 1_000);
  isOver = true;
  return { sent, bytes: sent.reduce((sum, records, lane) => sum + records * (sizes[lane] ?? 0), 0) };
}

it('lets the lanes of a shard send in turn, those with large records too', async () => {
  const { sent, bytes } = await run([100_000, 24_500, 24_500, 24_500], 60);
  expect(Math.max(...sent) - Math.min(...sent)).toBeLessThanOrEqual(2);
  expect(bytes / 60).toBeGreaterThan(900_000);
  expect(bytes / 60).toBeLessThan(1_120_000);
});

it('lets a record through that is larger than a second of the shard', async () => {
  const { sent } = await run([1_000_000, 1_000], 60);
  expect(sent[0]).toBeGreaterThan(20);
});
