import { describe, expect, it } from 'vitest';
import { dollarText, queryDollars } from '../../athena/index.js';
import { PRICES } from '../../settings/prices.js';

const MB = 1_024 ** 2;
const TB = 1_024 ** 4;

describe('what a query costs', () => {
  it('is five dollars a terabyte, in whole megabytes and at least ten of them', () => {
    expect(queryDollars({ bytesScanned: TB })).toBe(PRICES.athena.perTerabyte);
    expect(queryDollars({ bytesScanned: 0 })).toBe(queryDollars({ bytesScanned: 10 * MB }));
    expect(queryDollars({ bytesScanned: 10 * MB })).toBeCloseTo(0.0000477, 7);
    expect(queryDollars({ bytesScanned: 11 * MB + 1 })).toBe(queryDollars({ bytesScanned: 12 * MB }));
  });

  it('is nothing where a result was used again, a thing was defined, or it failed', () => {
    expect(queryDollars({ bytesScanned: TB, reused: true })).toBe(0);
    expect(queryDollars({ bytesScanned: 0, statementType: 'DDL' })).toBe(0);
    expect(queryDollars({ bytesScanned: 0, statementType: 'UTILITY' })).toBe(0);
    expect(queryDollars({ bytesScanned: TB, end: 'FAILED' })).toBe(0);
  });

  it('is what it has read for a statement that makes a table of it', () => {
    expect(queryDollars({ bytesScanned: TB, statementType: 'DDL' })).toBe(5);
  });

  it('is for a cancelled query what it has read', () => {
    expect(queryDollars({ bytesScanned: TB, end: 'CANCELLED' })).toBe(5);
    expect(queryDollars({ bytesScanned: 0, end: 'CANCELLED' })).toBe(0);
  });

  it.each([
    [0, '$0'],
    [0.0000477, '$0.000048'],
    [0.05, '$0.050'],
    [1.234, '$1.23'],
    [1_234.5, '$1234.50'],
  ])('%d dollars are told as %s', (dollars, text) => {
    expect(dollarText(dollars)).toBe(text);
  });
});
