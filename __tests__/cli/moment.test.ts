import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentBefore } from '../../cli/moment.js';
import { rangeInWords, timeRange } from '../../redrive/time-range.js';

const NOW = Date.parse('2026-11-22T18:30:15.500Z');
const moment = momentBefore(NOW);

describe('a moment', () => {
  it.each([
    ['2026-11-22', '2026-11-22T00:00:00Z'],
    ['2026-11-22T10', '2026-11-22T10:00:00Z'],
    ['2026-11-22T10Z', '2026-11-22T10:00:00Z'],
    ['2026-11-22T10:15', '2026-11-22T10:15:00Z'],
    ['2026-11-22T10:15:30', '2026-11-22T10:15:30Z'],
    ['2026-11-22T10:15:30.25Z', '2026-11-22T10:15:30Z'],
    ['2026-11-22T10:15:30+02:00', '2026-11-22T08:15:30Z'],
    ['2026-11-22T00:30-0130', '2026-11-22T02:00:00Z'],
    ['2024-02-29', '2024-02-29T00:00:00Z'],
    ['30s', '2026-11-22T18:29:45Z'],
    ['90m', '2026-11-22T17:00:15Z'],
    ['2h', '2026-11-22T16:30:15Z'],
    ['2h ago', '2026-11-22T16:30:15Z'],
    ['7d', '2026-11-15T18:30:15Z'],
  ])('is what %s names, in UTC unless it says otherwise', (text, iso) => {
    expect(moment(text)).toBe(Date.parse(iso));
  });

  it.each([
    '',
    'yesterday',
    '2026',
    '2026-11',
    '2026-02-30',
    '2026-13-01',
    '2026-11-22T24:30',
    '2w',
    '-2h',
    '2026-11-22 10:00',
  ])('is not what %j names', (text) => {
    expect(() => moment(text)).toThrow('It must be a time such as 2026-11-22');
  });

  it('survives being written in ISO 8601, but for fractions of a second', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true }), (date) => {
        expect(moment(date.toISOString())).toBe(Math.floor(date.getTime() / 1_000) * 1_000);
      }),
    );
  });
});

describe('a range of time', () => {
  it('has a beginning before its end', () => {
    expect(() => timeRange(NOW, NOW)).toThrow('--from is 2026-11-22T18:30:15.500Z, but must be before --to');
    expect(timeRange(NOW)).toEqual({ from: NOW, to: Number.POSITIVE_INFINITY });
  });

  it.each([
    [undefined, undefined, 'of all time'],
    [0, undefined, 'from 1970-01-01T00:00:00Z'],
    [undefined, 1_500, 'to before 1970-01-01T00:00:01.500Z'],
    [0, 1_000, 'from 1970-01-01T00:00:00Z to before 1970-01-01T00:00:01Z'],
  ])('is said in words', (from, to, words) => {
    expect(rangeInWords(timeRange(from, to))).toBe(words);
  });
});
