import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EventProducer, SpillJournal, WriterStoppedError } from '../../../producer/index.js';
import { RunFolder } from '../../../producer/spill/run-folder.js';
import { SpillReplay } from '../../../producer/spill/spill-replay.js';
import { VirtualTimers } from '../virtual-timers.js';
import { audit, NO_DISCREPANCIES } from './accounting.js';
import type { Faults } from './faults.js';
import { seededRandom } from './random.js';
import { ScriptedKinesis } from './scripted-kinesis.js';
import { sendTo } from './virtual-send.js';
import { Workload } from './workload.js';

const SHARDS = 3;
const EVENTS = 3_000;
const BLOCK = 100;

const { repeated: _, ...NONE } = NO_DISCREPANCIES;

const settings = fc.record({
  seed: fc.nat(1_000_000),
  shut: fc.nat(SHARDS - 1),
  deniedFrom: fc.option(fc.integer({ min: 10, max: 60 }), { freq: 3 }),
  isAbandoned: fc.boolean(),
  pack: fc.constantFrom<number | 'none'>(24_500, 500, 2_000, 'none'),
  maxRetryTime: fc.constantFrom(50, 300),
});

it('keeps in the spill folder what it gives up, and a replay brings it in its order, whatever goes wrong', async () => {
  await fc.assert(
    fc.asyncProperty(settings, async ({ seed, shut, deniedFrom, isAbandoned, pack, maxRetryTime }) => {
      const faults: Faults = {
        records: { throttled: 0.2, internalFailure: 0.2 },
        requests: { serverError: 0.1, resetAfter: 0.1, short: 0.1, garbage: 0.05 },
        throttled: [{ shard: shut, from: 200, until: 3_000 }],
        ...(deniedFrom !== null && { access: { deniedFrom } }),
      };
      const timers = new VirtualTimers();
      const workload = new Workload({ events: EVENTS, keys: 60, seed });
      const kinesis = new ScriptedKinesis({
        ...{ shards: SHARDS, timers, seed, faults, eventsOf: workload.eventsOf },
      });
      const options = {
        ...{ dataset: { partitionKey: 'key' }, streamName: 's', timers, lanes: 8, pack, linger: 20 },
        random: seededRandom(seed),
        send: sendTo(kinesis, timers, { seed }),
      };
      const dir = mkdtempSync(path.join(tmpdir(), 'spill-replay-'));
      try {
        const journal = SpillJournal.open(dir, { dataset: 'd', partitionKey: 'key', streamName: 's' });
        const producer = new EventProducer({ ...options, maxRetryTime, journal });
        try {
          for (let first = 0; first < EVENTS; first += BLOCK) {
            await producer.putBlock(workload.block(first, BLOCK));
            await timers.sleep(30);
          }
        } catch (error) {
          if (!(error instanceof WriterStoppedError)) throw error;
        }
        if (isAbandoned) producer.abandon();
        const { taken, acknowledged, spilled } = await producer.close();
        expect(acknowledged + spilled).toBe(taken);
        expect(journal.close()).toMatchObject({ events: spilled, unmarked: 0 });

        kinesis.isWell = true;
        for (const folder of RunFolder.claimAll(dir).claimed) {
          const replay = SpillReplay.open(folder, { keys: pack === 'none' });
          expect(replay.left).toBe(spilled);
          const again = new EventProducer({ ...options, journal: replay });
          for await (const block of replay.blocks()) await again.putBlock(block);
          expect(await again.close()).toMatchObject({ taken: spilled, acknowledged: spilled });
          expect(replay.close()).toMatchObject({ events: 0, unmarked: 0, damaged: [] });
        }
        expect(readdirSync(dir)).toEqual([]);
        // Answers that were lost are no matter: what they were about is sent again.
        const counts = { failed: 0, refused: 0, spilled: 0, possiblyDelivered: 0 };
        const report = { ...counts, taken, acknowledged: taken, possiblyDuplicated: taken };
        const endings = Array.from({ length: taken }, () => 'acknowledged' as const);
        expect(audit({ workload, kinesis, report, endings })).toMatchObject(NONE);
      } finally {
        rmSync(dir, { recursive: true, force: true });
      }
    }),
    { numRuns: Number(process.env.FAULT_RUNS ?? 40) },
  );
}, 600_000);
