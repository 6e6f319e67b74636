import { expect, it } from 'vitest';
import { footer, size } from '../../athena/footer.js';

it('the footer says what the query took', () => {
  expect(footer({ queued: 71, run: 1_512, total: 1_600, bytesScanned: 1_840 }, 1_234)).toBe(
    'Time in queue: 71 ms   Run time: 1.51 s   Data scanned: 1.84 KB   Rows: 1,234',
  );
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.00 KB'],
  [128_000_000, '128.00 MB'],
  [2e18, '2000.00 PB'],
])('%i bytes are %s', (bytes, text) => {
  expect(size(bytes)).toBe(text);
});
