import { expect, it } from 'vitest';
import { liveText } from '../../athena/command/live-line.js';
import { footer, size } from '../../athena/footer.js';

const statistics = { queued: 71, run: 1_512, total: 1_600, bytesScanned: 1_840, reused: false };

it('the footer says what the query took, and what that cost', () => {
  expect(footer(statistics, 1_234)).toBe(
    'Time in queue: 71 ms   Run time: 1.51 s   Data scanned: 1.84 KB   Rows: 1,234',
  );
  expect(footer(statistics, 1, { dollars: 0.00005, isLocal: false })).toContain(
    '   Cost: about $0.000050   ',
  );
  expect(footer(statistics, 1, { dollars: 0.00005, isLocal: true })).toContain('   Cost on AWS: about $0.00');
  expect(footer({ ...statistics, reused: true }, 1)).toContain("Reused an earlier query's result");
});

it('the live line says how the query stands', () => {
  expect(liveText(undefined, 40)).toBe('STARTING | 0.0 s | Ctrl-C cancels');
  const progress = { executionId: 'q', state: 'RUNNING', statistics: { ...statistics, bytesScanned: 2e12 } };
  expect(liveText(progress, 61_234)).toBe(
    'RUNNING | 61.2 s | 2.00 TB scanned | about $9.09 | Ctrl-C cancels',
  );
  expect(liveText({ ...progress, state: 'QUEUED' }, 0)).toBe('QUEUED | 0.0 s | Ctrl-C cancels');
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.00 KB'],
  [128_000_000, '128.00 MB'],
  [2e18, '2000.00 PB'],
])('%d bytes are %s', (bytes, text) => {
  expect(size(bytes)).toBe(text);
});
