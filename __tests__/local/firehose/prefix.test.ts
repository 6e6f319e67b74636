import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPrefixes, evaluatePrefix } from '../../../local/firehose/prefix.js';
import { formatTimestamp } from '../../../local/firehose/timestamp-pattern.js';

const context = {
  time: Date.UTC(2026, 1, 4, 21, 5, 9, 70),
  timeZone: 'UTC',
  randomString: () => 'abcdefghijk',
};

describe('a prefix', () => {
  it('has every expression evaluated', () => {
    const prefix =
      't/!{timestamp:yyyy}/!{timestamp:MM}-!{timestamp:dd}/!{firehose:random-string}/!{firehose:error-output-type}/';
    expect(evaluatePrefix(prefix, { ...context, errorOutputType: 'format-conversion-failed' })).toBe(
      't/2026/02-04/abcdefghijk/format-conversion-failed/',
    );
  });

  it.each([
    ['yyyy-MM-dd-HH-mm-ss', '2026-02-04-21-05-09'],
    ['yy M d H m s', '26 2 4 21 5 9'],
    ['uuuu DDD EEE EEEE', '2026 035 Wed Wednesday'],
    ['MMM MMMM LLL', 'Feb February Feb'],
    ['hh a KK kk', '09 PM 09 21'],
    ['SSS SS S', '070 07 0'],
    ["yyyy'T'HH 'o''clock' ''", "2026T21 o'clock '"],
    ['yyyy/MM_dd.HH', '2026/02_04.21'],
  ])('formats %s as Java does', (pattern, expected) => {
    expect(formatTimestamp(pattern, context.time, 'UTC')).toBe(expected);
  });

  it.each([
    ['Asia/Tokyo', '2026-02-05 06'],
    ['America/New_York', '2026-02-04 16'],
    ['Asia/Kolkata', '2026-02-05 02'],
  ])('is in the time zone %s where the stream says so', (timeZone, expected) => {
    expect(formatTimestamp('yyyy-MM-dd HH', context.time, timeZone)).toBe(expected);
  });

  it('shows midnight as hour 00, not 24', () => {
    expect(formatTimestamp('HH', Date.UTC(2026, 0, 1), 'UTC')).toBe('00');
  });

  it('gets the time appended where it names none', () => {
    expect(evaluatePrefix('plain/', context)).toBe('plain/2026/02/04/21/');
    expect(evaluatePrefix('', context)).toBe('2026/02/04/21/');
  });

  it('keeps what is not an expression as it is', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 100 }).filter((text) => !text.includes('!{')),
        (text) => evaluatePrefix(`${text}!{timestamp:yyyy}`, context) === `${text}2026`,
      ),
    );
  });

  it('may be 512 characters long, and no longer', () => {
    expect(evaluatePrefix(`${'a'.repeat(508)}!{timestamp:yyyy}`, context)).toHaveLength(512);
    expect(() => evaluatePrefix(`${'a'.repeat(509)}!{timestamp:yyyy}`, context)).toThrow(/512/);
  });

  it.each([
    ['an unknown namespace', '!{nonsense:x}', 'e/!{firehose:error-output-type}', /namespace "nonsense"/],
    ['an illegal letter', '!{timestamp:yyyy-bb}', 'e/!{firehose:error-output-type}', /illegal letter "b"/],
    ['a quote without its end', "!{timestamp:yyyy'T}", 'e/!{firehose:error-output-type}', /quote/],
    ['an unknown firehose expression', '!{firehose:x}', 'e/!{firehose:error-output-type}', /!\{firehose:x\}/],
    [
      'error-output-type in Prefix',
      '!{firehose:error-output-type}',
      'e/!{firehose:error-output-type}',
      /Prefix cannot contain/,
    ],
    [
      'expressions without an error prefix',
      'a/!{timestamp:yyyy}/',
      undefined,
      /ErrorOutputPrefix cannot be null/,
    ],
    [
      'an error prefix without its type',
      'a/',
      'e/!{timestamp:yyyy}/',
      /must contain !\{firehose:error-output-type\}/,
    ],
    [
      'dynamic partitioning',
      '!{partitionKeyFromQuery:id}',
      'e/!{firehose:error-output-type}',
      /dynamic partitioning/,
    ],
  ])('is refused with %s', (_what, prefix, errorPrefix, reason) => {
    expect(() => checkPrefixes(prefix, errorPrefix)).toThrow(reason);
  });

  it('is taken without expressions, whatever the error prefix is', () => {
    expect(() => checkPrefixes(undefined, undefined)).not.toThrow();
    expect(() => checkPrefixes('a/', 'errors/')).not.toThrow();
  });
});
