import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPattern } from '../../../local/firehose/timestamp-check.js';
import { formatTimestamp } from '../../../local/firehose/timestamp-pattern.js';

const TIME = Date.UTC(2026, 1, 4, 21, 5, 9, 70);
/** Java's letters, of each how often it may stand in a row at the most. */
const JAVA =
  'G5 u19 y19 D3 M5 L5 d2 Q5 q5 Y19 w2 W1 E5 e5 F1 a1 h2 K2 k2 H2 m2 s2 S9 A19 n19 N19 g19 z4 X5 x5 Z5'
    .split(' ')
    .map((entry) => ({ letter: entry.charAt(0), most: Number(entry.slice(1)) }));
const HERE = 'yuMLQqdDEaHkKhmsSAnN';

describe('a timestamp', () => {
  it.each([
    ['yyyy-MM-dd-HH-mm-ss', '2026-02-04-21-05-09'],
    ['yy M d H m s', '26 2 4 21 5 9'],
    ['uuuu DDD EEE EEEE', '2026 035 Wed Wednesday'],
    ['MMM MMMM LLL MMMMM', 'Feb February Feb F'],
    ['Q QQ QQQ QQQQ', '1 01 Q1 1st quarter'],
    ['hh a KK kk', '09 PM 09 21'],
    ['SSS SS S SSSSSS', '070 07 0 070000'],
    ['A n N', '75909070 70000000 75909070000000'],
    ["yyyy'T'HH 'o''clock' ''", "2026T21 o'clock '"],
    ['yyyy/MM_dd.HH', '2026/02_04.21'],
    ['yyyy[-MM]', '2026-02'],
    ["dd''dd'x'dd", "04'04x04"],
  ])('is formatted by %s as Java does', (pattern, expected) => {
    expect(checkPattern(pattern)).toBe(true);
    expect(formatTimestamp(pattern, TIME, 'UTC')).toBe(expected);
  });

  it.each([
    ['Asia/Tokyo', '2026-02-05 06'],
    ['America/New_York', '2026-02-04 16'],
    ['Asia/Kolkata', '2026-02-05 02'],
  ])('is in the time zone %s where the stream says so', (timeZone, expected) => {
    expect(formatTimestamp('yyyy-MM-dd HH', TIME, timeZone)).toBe(expected);
  });

  it.each([
    ['before an hour is left out', Date.UTC(2026, 2, 29, 0, 59, 59), '2026-03-29 01:59:59'],
    ['after an hour is left out', Date.UTC(2026, 2, 29, 1), '2026-03-29 03:00:00'],
    ['before an hour comes twice', Date.UTC(2026, 9, 25, 0, 30), '2026-10-25 02:30:00'],
    ['when an hour comes twice', Date.UTC(2026, 9, 25, 1, 30), '2026-10-25 02:30:00'],
    ['after an hour came twice', Date.UTC(2026, 9, 25, 2), '2026-10-25 03:00:00'],
  ])('is what the clocks in Paris show %s', (_when, time, expected) => {
    expect(formatTimestamp('yyyy-MM-dd HH:mm:ss', time, 'Europe/Paris')).toBe(expected);
  });

  it('shows midnight as hour 00, not 24', () => {
    expect(formatTimestamp('HH', Date.UTC(2026, 0, 1), 'UTC')).toBe('00');
  });

  it('says of any moment what its ISO form says', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
        const text = formatTimestamp("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", date.getTime(), 'UTC');
        expect(text).toBe(date.toISOString());
      }),
    );
  });
});

describe('a pattern', () => {
  it.each(JAVA)('may have $letter up to $most times, or is refused by its name', ({ letter, most }) => {
    for (let length = 1; length <= most; length++) {
      const pattern = letter.repeat(length);
      if (HERE.includes(letter)) expect(checkPattern(pattern)).toBe(true);
      else {
        expect(() => checkPattern(pattern)).toThrow(
          expect.objectContaining({
            code: 'NotImplemented',
            message: expect.stringContaining(`"${pattern}"`),
          }),
        );
      }
    }
    expect(checkPattern(letter.repeat(most + 1))).toBe(false);
  });

  // What a real delivery stream refused, letter by letter.
  it.each([...'CIJPRTUVbfijloprt'])('may not have %s', (letter) => {
    expect(checkPattern(letter)).toBe(false);
  });

  it.each(['{', '#', "'", 'yyyy]', "yyyy'T"])('may not have %s', (pattern) => {
    expect(checkPattern(pattern)).toBe(false);
  });

  it('is either refused or can be formatted, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."yMdHmsSaEQDbz'[]-/ é"), maxLength: 12 }),
        (pattern) => {
          let isTaken = false;
          try {
            isTaken = checkPattern(pattern);
          } catch (error) {
            expect(error).toMatchObject({ code: 'NotImplemented' });
          }
          if (isTaken) expect(typeof formatTimestamp(pattern, TIME, 'UTC')).toBe('string');
        },
      ),
    );
  });
});
