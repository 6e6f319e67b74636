import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RunCost } from '../../../producer/cost/run-cost.js';
import { summaryOf } from '../../../producer/tell/summary.js';
import { writeSummary } from '../../../producer/tell/summary-file.js';
import { temporaryFolder } from '../../local/running-local-aws.js';
import { facts, report } from './a-run.js';

describe('a summary', () => {
  it('has every figure of a run, under a name that does not change', () => {
    const cost = new RunCost();
    cost.add(25_000);
    const failures = [{ code: 'NotJson', message: 'It is no JSON.', events: 5 }];
    const counts = { acknowledged: 965, refused: 5, spilled: 20, failed: 10 };
    const summary = summaryOf(
      { ...report, ...counts, failures },
      {
        ...facts,
        cost: cost.report(),
        lateStarts: 4,
        latestStart: 250.04,
        droppedStarts: 2,
        deadLetterFile: 'bad.jsonl',
        spillFolder: 'spill',
      },
    );
    expect(summary).toEqual({
      dataset: 'customers',
      stream: 'lakehouse-dev-customers',
      region: 'eu-west-1',
      startedAt: '2026-02-03T04:05:06.000Z',
      endedAt: '2026-02-03T04:05:08.500Z',
      seconds: 2.5,
      exitCode: 0,
      sent: 1_000,
      acknowledged: 965,
      retried: 0,
      throttled: 0,
      possibleDuplicates: 0,
      deadLettered: 5,
      spilled: 20,
      unmarked: 0,
      failed: 10,
      possiblyDelivered: 0,
      lateStarts: 4,
      latestStartMs: 250,
      droppedStarts: 2,
      failures,
      latencyMs: { p50: 104.432, p99: 131.988 },
      achievedRate: 386,
      bytes: 196_063,
      records: 9,
      requests: 3,
      cost: expect.objectContaining({ putUnits: 1, pricesOf: 'us-east-1' }),
      deadLetterFile: 'bad.jsonl',
      spillFolder: 'spill',
      damagedFiles: [],
    });
    const { sent, acknowledged, deadLettered, spilled, failed } = summary;
    expect(acknowledged + deadLettered + spilled + failed).toBe(sent);
  });

  it('says null for what there is not, so that every name is there', () => {
    expect(summaryOf(report, facts)).toMatchObject({
      lateStarts: null,
      latestStartMs: null,
      droppedStarts: null,
      deadLetterFile: null,
      spillFolder: null,
    });
    expect(summaryOf(report, { ...facts, milliseconds: 0 }).achievedRate).toBe(0);
  });
});

describe('the file of a summary', () => {
  const summary = summaryOf(report, facts);

  it('is the summary as JSON, in place of what was there, with nothing beside it', async () => {
    const folder = await newFolder();
    const file = path.join(folder, 'summary.json');
    await writeFile(file, 'an older and much longer text that must be gone'.repeat(1_000));
    await writeSummary(file, summary);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(summary);
    expect(await readdir(folder)).toEqual(['summary.json']);
  });

  it('leaves a pipe or a terminal in its place', async () => {
    const folder = await newFolder();
    const link = path.join(folder, 'null');
    await symlink('/dev/null', link);
    await writeSummary(link, summary);
    expect(await readFile(link, 'utf8')).toBe('');
  });

  it('that cannot be written is named, and nothing is left beside it', async () => {
    const folder = await newFolder();
    const missing = path.join(folder, 'missing', 'summary.json');
    await expect(writeSummary(missing, summary)).rejects.toThrow(
      `The summary ${missing} cannot be written: ENOENT`,
    );
    const taken = path.join(folder, 'taken');
    await mkdir(taken);
    await expect(writeSummary(taken, summary)).rejects.toMatchObject({
      name: 'SummaryFileError',
      file: taken,
    });
    expect(await readdir(folder)).toEqual(['taken']);
  });
});

async function newFolder(): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  return folder;
}
