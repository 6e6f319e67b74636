import { describe, expect, it } from 'vitest';
import { lookAtMachine, machineLines } from '../../bench/machine.js';

const machine = {
  cores: 4,
  processor: 'AMD EPYC',
  memoryBytes: 24 * 2 ** 30,
  node: 'v20.20.2',
  platform: 'linux x64',
  busy: 0.02,
  load: 0.154,
};

describe('the machine', () => {
  it('is told in a line', () => {
    expect(machineLines(machine)).toEqual([
      '4 cores (AMD EPYC), 24 GiB, linux x64, Node v20.20.2; 2% busy and load 0.15 at the start.',
    ]);
  });

  it('that has something else to do comes with a warning', () => {
    expect(machineLines({ ...machine, busy: 0.5 })[1]).toContain('busy with something else');
  });

  it('is looked at', async () => {
    const found = await lookAtMachine();
    expect(found.cores).toBeGreaterThan(0);
    expect(found.busy).toBeGreaterThanOrEqual(0);
    expect(found.busy).toBeLessThanOrEqual(1);
    expect(found.node).toBe(process.version);
  });
});
