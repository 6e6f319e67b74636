import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextBatch } from '../../producer/batch.js';

const MiB = 1_048_576;

describe('a batch', () => {
  it('has 500 records at most', () => {
    expect(nextBatch(Array(499).fill({ bytes: 1 }))).toEqual({ count: 499, full: false });
    expect(nextBatch(Array(500).fill({ bytes: 1 }))).toEqual({ count: 500, full: true });
    expect(nextBatch(Array(501).fill({ bytes: 1 }))).toEqual({ count: 500, full: true });
  });

  it('has 10 MiB at most', () => {
    expect(nextBatch(Array(10).fill({ bytes: MiB }))).toEqual({ count: 10, full: false });
    expect(nextBatch(Array(11).fill({ bytes: MiB }))).toEqual({ count: 10, full: true });
  });

  it('keeps both limits, and leaves nothing out that would fit', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: MiB }), { minLength: 1, maxLength: 1_200 }), (sizes) => {
        const { count, full } = nextBatch(sizes.map((bytes) => ({ bytes })));
        const total = sizes.slice(0, count).reduce((sum, bytes) => sum + bytes, 0);
        const next = sizes[count];
        expect(count).toBeGreaterThan(0);
        expect(count).toBeLessThanOrEqual(500);
        expect(total).toBeLessThanOrEqual(10 * MiB);
        const nextFits = next !== undefined && count < 500 && total + next <= 10 * MiB;
        expect(nextFits).toBe(false);
        expect(full).toBe(count === 500 || next !== undefined);
      }),
    );
  });
});
