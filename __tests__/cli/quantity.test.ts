import { describe, expect, it } from 'vitest';
import { byteCount, milliseconds, perSecond, share } from '../../cli/quantity.js';

describe('a rate', () => {
  it.each([
    ['500/s', 500],
    ['0.5/s', 0.5],
    ['120/min', 2],
    ['30/m', 0.5],
    ['1800/h', 0.5],
    ['max', Number.POSITIVE_INFINITY],
  ])('%s is %d events a second', (text, value) => expect(perSecond(text)).toBe(value));

  it.each([
    '',
    '500',
    '0/s',
    '-1/s',
    '1e3/s',
    '500/d',
    'MAX',
    ' 5/s',
    '5 /s',
    '5/s ',
    '1.5.2/s',
    'Infinity/s',
  ])('refuses "%s"', (text) => expect(() => perSecond(text)).toThrow('such as 500/s'));
});

describe('a time', () => {
  it.each([
    ['250ms', 250],
    ['60s', 60_000],
    ['1.5s', 1_500],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
  ])('%s is %d ms', (text, value) => expect(milliseconds(text)).toBe(value));

  it.each(['', '60', '0s', '-5s', '5 s', '5min', '5S', 's', '1e3s', `${'9'.repeat(30)}d`, '1toString'])(
    'refuses "%s"',
    (text) => expect(() => milliseconds(text)).toThrow('such as 250ms'),
  );
});

describe('bytes', () => {
  it.each([
    ['500B', 500],
    ['24.5KB', 24_500],
    ['24kB', 24_000],
    ['10MB', 10_000_000],
    ['1GB', 1_000_000_000],
    ['512KiB', 524_288],
    ['1.5MiB', 1_572_864],
    ['1GiB', 1_073_741_824],
  ])('%s are %d', (text, value) => expect(byteCount(text)).toBe(value));

  it.each(['', '10', '0MB', '0.5B', '-1MB', '10 MB', '10mb', '10TB', '10%'])('refuses "%s"', (text) =>
    expect(() => byteCount(text)).toThrow('such as 500B'),
  );
});

describe('a share', () => {
  it.each([
    ['5%', 0.05],
    ['0.1%', 0.001],
    ['100%', 1],
  ])('%s is %d', (text, value) => expect(share(text)).toBeCloseTo(value, 12));

  it.each(['', '5', '0.05', '0%', '101%', '-5%', '5 %', '%', '1e1%'])('refuses "%s"', (text) =>
    expect(() => share(text)).toThrow('such as 5%'),
  );
});
