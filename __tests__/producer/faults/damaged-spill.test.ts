import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { RunSummary } from '../../../producer/tell/summary.js';
import { CommandStage } from './command-stage.js';

it('tells by its name of a spill file that was damaged, sends what is left of it, and ends with its code', async () => {
  const stage = await CommandStage.set({
    workload: { events: 5_000, keys: 500 },
    faults: { throttled: [{}] },
  });
  try {
    const kept = await stage.send(['--spill-dir', stage.spillDir, '--max-retry-time', '100ms']);
    expect(kept.code).toBe(3);
    const [run = ''] = readdirSync(stage.spillDir);
    const file = path.join(stage.spillDir, run, '000000.journal');
    const bytes = readFileSync(file);
    // In the middle of an event.
    bytes[bytes.indexOf('xxxx', bytes.length / 2)] = 0x79;
    writeFileSync(file, bytes);

    stage.kinesis.isWell = true;
    const summary = path.join(stage.folder, 'summary.json');
    const { code, stderr } = await stage.replay(['--summary-json', summary]);
    expect(code).toBe(3);
    const { acknowledged, damagedFiles } = JSON.parse(readFileSync(summary, 'utf8')) as RunSummary;
    const [damaged] = damagedFiles;
    expect(damaged?.uncertain).toBeGreaterThan(0);
    expect(acknowledged + (damaged?.uncertain ?? 0)).toBe(5_000);
    expect(stage.delivered().size).toBe(acknowledged);
    expect(stderr).toContain(`${damaged?.file} is damaged: it is not known what became of`);
    expect(readFileSync(damaged?.file ?? '')).toEqual(bytes);

    // What is aside is not told of again.
    expect(await stage.replay()).toMatchObject({ code: 0 });
    mkdirSync(path.join(stage.spillDir, 'run-1_free'));
    writeFileSync(path.join(stage.spillDir, 'run-1_free', 'run.json'), '{');
    const unusable = await stage.replay();
    expect(unusable.code).toBe(3);
    expect(unusable.stderr).toMatch(/^run-1_free in .* is left as it is: .*run\.json/m);
  } finally {
    stage.strike();
  }
});
