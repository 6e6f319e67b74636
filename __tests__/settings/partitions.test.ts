import { expect, it } from 'vitest';
import { PARTITIONS } from '../../settings/index.js';

it('every partition has as many digits as its timestamp format has letters, and its range fits them', () => {
  for (const { format, digits, to = 9999 } of PARTITIONS) {
    expect(format).toHaveLength(digits);
    expect(String(to).length).toBeLessThanOrEqual(digits);
  }
});

it('partitions are by year, month, day and hour', () => {
  expect(PARTITIONS.map(({ name }) => name)).toEqual(['year', 'month', 'day', 'hour']);
});
