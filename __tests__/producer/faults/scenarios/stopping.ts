import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { RunSummary } from '../../../../producer/tell/summary.js';
import { NO_DISCREPANCIES } from '../accounting.js';
import { CommandStage } from '../command-stage.js';
import type { Faults } from '../faults.js';
import { seededRandom } from '../random.js';

const WORKLOAD = { events: 20_000, keys: 500, bytes: 300 };

/** What makes answers get lost, without slowing the producer down. */
const FAULTS: Faults = {
  records: { internalFailure: 0.1 },
  requests: { serverError: 0.05, resetBefore: 0.02, resetAfter: 0.05 },
};

const { repeated: _, ...NONE } = NO_DISCREPANCIES;

/** E: SIGTERM with a full buffer; kill -9 with a spill folder. Flushed or spilled; replay completes with none lost. */
export function stopping({ kills }: { readonly kills: readonly number[] }): void {
  it('sends what it has taken when it is stopped with a full buffer', async () => {
    const stage = await CommandStage.set({ workload: WORKLOAD, faults: { throttled: [{}] } });
    try {
      const summary = path.join(stage.folder, 'summary.json');
      const args = ['--max-buffer', '1MB', '--summary-json', summary];
      const { code, stderr } = await stage.send(args, (child) => {
        stage.onRequest = (count) => {
          if (count === 4) child.kill('SIGTERM');
        };
        child.stderr?.on('data', (data: Buffer) => {
          if (data.includes('Stopping')) stage.kinesis.isWell = true;
        });
      });
      const { sent: taken, acknowledged } = summaryOf(summary);
      expect(stderr).toContain('Stopping');
      expect(code).toBe(143);
      expect(acknowledged).toBe(taken);
      // As many as there is room for.
      expect(taken * 300).toBeGreaterThan(500_000);
      expect(taken * 300).toBeLessThan(1_200_000);
      expect(stage.audit(taken)).toEqual(NONE);
      expect(stage.delivered().size).toBe(taken);
    } finally {
      stage.strike();
    }
  });

  it('keeps what it could not send when it is stopped twice, and sends it later', async () => {
    const stage = await CommandStage.set({ workload: WORKLOAD, faults: { throttled: [{ shard: 0 }] } });
    try {
      const summary = path.join(stage.folder, 'summary.json');
      const keep = ['--spill-dir', stage.spillDir, '--max-buffer', '1MB', '--summary-json', summary];
      const stopped = await stage.send(keep, (child) => {
        stage.onRequest = (count) => {
          if (count === 30) child.kill('SIGTERM');
        };
        child.stderr?.once('data', function stop(data: Buffer) {
          if (data.includes('Stopping')) child.kill('SIGTERM');
          else child.stderr?.once('data', stop);
        });
      });
      const { sent: taken, acknowledged, spilled } = summaryOf(summary);
      expect(stopped).toMatchObject({ code: 143 });
      expect(acknowledged + spilled).toBe(taken);
      expect(spilled).toBeGreaterThan(0);
      expect(acknowledged).toBeGreaterThan(0);

      stage.kinesis.isWell = true;
      const replayed = await stage.replay();
      expect(replayed).toMatchObject({ code: 0 });
      expect(stage.audit(taken)).toEqual(NONE);
      expect(stage.delivered().size).toBe(taken);
      expect(stage.spilled()).toEqual([]);
    } finally {
      stage.strike();
    }
  });

  it.each(kills)(
    'loses nothing that it had taken when it is killed, and its replay as well, seed %i',
    async (seed) => {
      const stage = await CommandStage.set({ workload: WORKLOAD, faults: FAULTS, seed });
      const random = seededRandom(seed);
      const killAfter = (requests: number) => (child: { kill(signal: NodeJS.Signals): boolean }) => {
        const last = stage.kinesis.requests + requests;
        stage.onRequest = (count) => {
          if (count === last) child.kill('SIGKILL');
        };
      };
      try {
        const keep = ['--spill-dir', stage.spillDir, '--max-buffer', '2MB', '--pack', '2KB'];
        const killed = await stage.send(keep, killAfter(5 + Math.floor(random() * 60)));
        expect(killed).toMatchObject({ code: null });
        const taken = Math.max(...stage.spilled(), ...stage.delivered()) + 1;
        expect(stage.delivered().size).toBeLessThan(taken);

        await stage.replay(['--pack', '2KB'], killAfter(5 + Math.floor(random() * 20)));
        stage.onRequest = () => {};
        const replayed = await stage.replay();
        expect(replayed).toMatchObject({ code: 0 });
        expect(stage.audit(taken)).toEqual(NONE);
        expect(stage.delivered().size).toBe(taken);
        expect(stage.spilled()).toEqual([]);
      } finally {
        stage.strike();
      }
    },
  );
}

function summaryOf(file: string): RunSummary {
  return JSON.parse(readFileSync(file, 'utf8')) as RunSummary;
}
