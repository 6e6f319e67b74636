import { describe, expect, it } from 'vitest';
import { reportLines } from '../../bench/report.js';
import type { Standing } from '../../bench/rounds.js';
import { race } from './a-benchmark.js';

const tortoise: Standing = {
  contender: 'tortoise',
  rate: 202.4,
  slowest: 199.9,
  fastest: 204,
  amount: 600,
  cpuSeconds: 1.788,
  cpuSecondsPerMillion: 2_980,
  peakBytes: 139 * 2 ** 20,
};
const hare: Standing = {
  contender: 'hare',
  rate: 255_692,
  slowest: 250_000,
  fastest: 260_000,
  amount: 1_000_000,
  cpuSeconds: 4.65,
  cpuSecondsPerMillion: 4.65,
  peakBytes: 310 * 2 ** 20,
  surroundingsCpuSecondsPerMillion: 3.63,
  surroundingsPeakBytes: 220 * 2 ** 20,
  note: 'did not sleep',
};

describe('the report of a benchmark', () => {
  it('has a row for each contender, its notes, and the ratios with what is wanted of them', () => {
    expect(reportLines(race, [tortoise, hare]).join('\n')).toMatchInlineSnapshot(`
      "race: tortoises and hares.

                events/s  slowest  fastest     events  CPU s  CPU s/million  peak MiB  server CPU s/million  server peak MiB
      tortoise       202      200      204        600   1.79          2,980       139
      hare       255,692  250,000  260,000  1,000,000   4.65           4.65       310                  3.63              220
      hare: did not sleep

      hare: 1,260 times as fast as tortoise; wanted >= 5; 641 times the events of a CPU second
      hare: 2.23 times the peak memory of tortoise
      "
    `);
  });

  it('leaves out columns of which nobody has anything, and ratios to whoever could not run', () => {
    const lines = reportLines(race, [tortoise]);
    expect(lines[2]).not.toContain('server');
    expect(lines.join('\n')).not.toContain('times');
  });

  it('counts what the benchmark counts, and parts of one where they are few', () => {
    const lines = reportLines({ ...race, unit: 'laps' }, [
      { ...tortoise, rate: 1.234, slowest: 1, fastest: 2 },
      hare,
    ]);
    expect(lines[2]?.trim()).toMatch(/^laps\/s {2}.* laps {2}/);
    expect(lines[3]).toMatch(/^tortoise +1\.23 +1 +2 /);
    expect(lines.join('\n')).toContain('times the laps of a CPU second');
    expect(lines.join('\n')).not.toContain('events');
  });
});
