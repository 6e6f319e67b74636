import { describe, expect, it } from 'vitest';
import type { LiveFigures } from '../../../producer/tell/live-figures.js';
import { LiveView } from '../../../producer/tell/live-view.js';

const none: LiveFigures = {
  taken: 0,
  acknowledged: 0,
  retried: 0,
  throttled: 0,
  refused: 0,
  failed: 0,
  spilled: 0,
  bufferedBytes: 0,
};

describe('looking at a run', () => {
  it('tells what was acknowledged in the last second, and the time left by the last ten', () => {
    const { look } = watching({ total: 10_000 });
    expect(look(1_000, { acknowledged: 1_000 })).toMatchObject({ rate: 1_000, secondsLeft: 9 });
    expect(look(2_000, { acknowledged: 4_000 })).toMatchObject({ rate: 3_000, secondsLeft: 3 });
    expect(look(3_000, { acknowledged: 4_000, refused: 2_000 })).toMatchObject({ rate: 0, secondsLeft: 2 });
  });

  it('cannot tell the time left before anything has got through, or without an end', () => {
    expect(watching({ total: 10 }).look(1_000, {})).not.toHaveProperty('secondsLeft');
    expect(watching({}).look(1_000, { acknowledged: 10 })).not.toHaveProperty('secondsLeft');
  });

  it('goes by the clock where the run ends by the clock, or by both, whichever is first', () => {
    const { look } = watching({ secondsToTake: 7 });
    expect(look(1_000, { acknowledged: 10 }).secondsLeft).toBe(7);
    expect(look(2_000, { acknowledged: 20, total: 120 }).secondsLeft).toBe(7);
    expect(look(3_000, { acknowledged: 30, total: 40 }).secondsLeft).toBe(1);
  });
});

function watching(fixed: Partial<LiveFigures>) {
  let figures = { ...none, ...fixed };
  const view = new LiveView(() => figures, 0);
  return {
    look: (now: number, changed: Partial<LiveFigures>) => {
      figures = { ...figures, ...changed };
      return view.look(now);
    },
  };
}
