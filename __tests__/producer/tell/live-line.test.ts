import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LivePicture } from '../../../producer/tell/live-figures.js';
import { liveLine } from '../../../producer/tell/live-line.js';

const picture: LivePicture = {
  taken: 480_000,
  acknowledged: 470_000,
  retried: 12,
  throttled: 3,
  refused: 0,
  failed: 0,
  spilled: 0,
  bufferedBytes: 4_404_019,
  rate: 98_112.4,
  wishedRate: 100_000,
  total: 1_000_000,
  secondsLeft: 5.3,
};

describe('the live line', () => {
  it('has events, the rate against the wish, retries, throttles, buffered bytes and the time left', () => {
    expect(liveLine(picture, 140)).toBe(
      '███████████░░░░░░░░░░░░░ 470,000 of 1,000,000 events | 98,112 of 100,000/s | 12 retried | 3 throttled | 4.2 MiB held | 6 s left',
    );
  });

  it('leaves out what matters least where the terminal is narrow, and gives the room to the bar', () => {
    expect([100, 80, 60, 40, 20, 0].map((columns) => liveLine(picture, columns))).toEqual([
      '█████░░░░░░░ 470,000 of 1,000,000 events | 98,112 of 100,000/s | 12 retried | 3 throttled | 6 s left',
      '470,000 of 1,000,000 events | 98,112 of 100,000/s | 12 retried | 6 s left',
      '470,000 of 1,000,000 events | 98,112 of 100,000/s | 6 s left',
      '█████░░░░░░░ 470,000 of 1,000,000 events',
      '470,000 of 1,000,000',
      '',
    ]);
  });

  it('says what was not sent, and what started late, only where there is such', () => {
    const unhappy = { ...picture, refused: 1, failed: 20, spilled: 300, lateStarts: 4_000 };
    expect(liveLine(unhappy, 200)).toContain(' | 1 refused | 20 failed | 300 spilled | 4,000 late | ');
    expect(liveLine(picture, 200)).not.toMatch(/refused|failed|spilled|late/);
  });

  it('has neither bar nor time left where nobody knows the end, and no wish where there is none', () => {
    const { total: _, wishedRate: __, secondsLeft: ___, ...endless } = picture;
    expect(liveLine(endless, 120)).toBe(
      '470,000 events | 98,112/s | 12 retried | 3 throttled | 4.2 MiB held',
    );
  });

  it.each([
    [0, '0 s left'],
    [59.2, '1 min 0 s left'],
    [3_725, '1 h 2 min left'],
    [4_000_000, '1,111 h 6 min left'],
  ])('tells %d seconds as %j', (secondsLeft, text) => {
    expect(liveLine({ ...picture, secondsLeft }, 200)).toContain(text);
  });

  it('is full when all events have an end', () => {
    expect(liveLine({ ...picture, acknowledged: 999_990, refused: 10 }, 200)).toMatch(/^█{24} 1,000,000 of/);
    expect(liveLine({ ...picture, acknowledged: 0, total: 0 }, 200)).toMatch(/^█{24} 0 of 0 events/);
  });

  it('is never wider than the terminal', () => {
    const any = fc.record({
      ...Object.fromEntries(Object.keys(picture).map((name) => [name, fc.nat(2 ** 40)])),
    });
    fc.assert(
      fc.property(any, fc.nat(200), (figures, columns) => {
        expect(liveLine({ ...picture, ...figures }, columns).length).toBeLessThanOrEqual(columns);
      }),
    );
  });
});
