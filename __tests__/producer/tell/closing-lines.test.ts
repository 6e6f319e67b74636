import { describe, expect, it } from 'vitest';
import { closingLines } from '../../../producer/tell/closing-lines.js';
import { facts, report } from './a-run.js';

describe('what is said at the end', () => {
  it('is the counts, the rate and the latency where all went well', () => {
    expect(closingLines(report, facts)).toEqual([
      '1,000 sent to lakehouse-dev-customers: 1,000 acknowledged, 0 retried, 0 failed, in 2.50 s (400 events/s).',
      'Half of them were acknowledged within 104 ms, 99% within 132 ms.',
    ]);
  });

  it('names every event that was not sent, why, and what can be done', () => {
    const failures = [
      { code: 'NotJson', message: 'Line 3 is no JSON.', events: 5 },
      { code: 'InternalFailure', message: 'Internal service failure.', events: 20 },
    ];
    const counts = { acknowledged: 965, refused: 5, spilled: 20, failed: 10, retried: 1_234 };
    const doubts = { possiblyDuplicated: 7, possiblyDelivered: 3, throttled: 1_230 };
    const where = {
      deadLetterFile: 'bad.jsonl',
      spillFolder: 'my spill',
      lateStarts: 40,
      latestStart: 1_500,
      droppedStarts: 7,
    };
    expect(closingLines({ ...report, ...counts, ...doubts, failures }, { ...facts, ...where })).toEqual([
      '1,000 sent to lakehouse-dev-customers: 965 acknowledged, 1,234 retried, 5 dead-lettered, 20 spilled, 10 failed, in 2.50 s (386 events/s).',
      'Half of them were acknowledged within 104 ms, 99% within 132 ms.',
      '1,230 times the stream sent an event back as too fast: it has too few shards for this rate.',
      '40 started later than they were to, by up to 1,500 ms: the rate was not kept.',
      '7 that were to start within the time did not start: they would have been too late.',
      '7 may be on the stream twice: an answer about them was lost.',
      '3 of those not acknowledged may be on the stream all the same.',
      '5 failed with NotJson: Line 3 is no JSON.',
      '20 failed with InternalFailure: Internal service failure.',
      '5 can never be sent as they are; they are in bad.jsonl, with the reasons.',
      "20 are kept in my spill; send them with: npm run producer -- --replay 'my spill'",
    ]);
  });

  it('says how refused events could have been kept', () => {
    const lines = closingLines({ ...report, acknowledged: 998, refused: 2 }, facts);
    expect(lines[0]).toContain('998 acknowledged, 0 retried, 2 refused, 0 failed');
    expect(lines.at(-1)).toBe('2 can never be sent as they are; --dead-letter FILE keeps such events.');
  });

  it('says what is uncertain of a spill folder', () => {
    const file = {
      file: 'spill/damaged-1/000000.journal',
      uncertain: 0,
      isAtLeast: false,
      unreadableNotes: 0,
    };
    const lines = closingLines(report, {
      ...facts,
      spillFolder: 'spill',
      unmarked: 1_200,
      damaged: [
        { ...file, uncertain: 5 },
        { ...file, uncertain: 3, isAtLeast: true },
        { ...file, unreadableNotes: 9 },
      ],
    });
    expect(lines.slice(2)).toEqual([
      '1,200 were acknowledged, but the disk did not take the note of it: they are still in spill, and a replay sends them again.',
      `${file.file} is damaged: it is not known what became of 5 of its events. The others were taken from it; it is kept.`,
      `${file.file} is damaged: it is not known what became of at least 3 of its events. The others were taken from it; it is kept.`,
      `${file.file} has notes of what was acknowledged that are damaged: up to 9 of its events were sent again.`,
    ]);
  });

  it('says nothing of latency where nothing was acknowledged', () => {
    const nothing = { ...report, acknowledged: 0, failed: 1_000, latency: { p50: 0, p99: 0 } };
    expect(closingLines(nothing, { ...facts, milliseconds: 0 })).toEqual([
      '1,000 sent to lakehouse-dev-customers: 0 acknowledged, 0 retried, 1,000 failed, in 0.00 s (0 events/s).',
    ]);
  });

  it.each([
    [0.42, '0.4 ms'],
    [9_999, '9,999 ms'],
    [61_234, '61.2 s'],
  ])('tells %d ms as %j', (p99, text) => {
    const lines = closingLines({ ...report, latency: { p50: 0.1, p99 } }, facts);
    expect(lines[1]).toBe(`Half of them were acknowledged within 0.1 ms, 99% within ${text}.`);
  });
});
