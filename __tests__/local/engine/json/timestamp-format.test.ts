import { expect, it } from 'vitest';
import { timestampFormatObstacle, timestampReader } from '../../../../local/engine/json/timestamp-format.js';

// facts/firehose.md: the Hive SerDe wants the form with a space unless formats are configured.
it.each([
  [[], '2026-02-04 21:35:54.5', '2026-02-04 21:35:54.500000'],
  [[], '2026-2-4 1:2:3', '2026-02-04 01:02:03.000000'],
  [[], '2026-02-04T21:35:54Z', undefined],
  [[], '1770240954', undefined],
  [['millis'], '1770240954759', '2026-02-04T21:35:54.759Z'],
  [['millis'], '-1', '1969-12-31T23:59:59.999Z'],
  [['millis'], '1770240954759.9', '2026-02-04T21:35:54.759Z'],
  [['millis'], 'oops', undefined],
  [['millis'], '9999999999999999', undefined],
  [["yyyy-MM-dd'T'HH:mm:ss.SSSZ"], '2026-02-04T21:35:54.759+0130', '2026-02-04T20:05:54.759Z'],
  [["yyyy-MM-dd'T'HH:mm:ss.SSSZZ"], '2026-02-04T21:35:54.759-01:00', '2026-02-04T22:35:54.759Z'],
  [["yyyy-MM-dd'T'HH:mm:ssZ"], '2026-02-04T21:35:54Z', '2026-02-04T21:35:54.000Z'],
  [["yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'"], '2026-02-04T21:35:54.759999Z', '2026-02-04T21:35:54.759Z'],
  [['yyyyMMdd'], '20260204', '2026-02-04T00:00:00.000Z'],
  [['yyyyMMdd'], '202612', undefined],
  [['HH:mm'], '21:35', '1970-01-01T21:35:00.000Z'],
  [['MM/dd/yyyy hh:mm a'], '02/04/2026 12:05 am', '2026-02-04T00:05:00.000Z'],
  [['MM/dd/yyyy hh:mm a'], '2/4/2026 1:05 PM', '2026-02-04T13:05:00.000Z'],
  [['MM/dd/yyyy hh:mm a'], '02/04/2026 13:05 PM', undefined],
  [['yyyy-MM-dd kk:mm', 'yyyy-MM-dd K:mm'], '2026-02-04 24:05', '2026-02-04T00:05:00.000Z'],
  [['EEE MMM dd HH:mm:ss Z yyyy'], 'Wed Feb 04 21:35:54 +0000 2026', '2026-02-04T21:35:54.000Z'],
  [['EEE MMM dd HH:mm:ss Z yyyy'], 'Tue Feb 04 21:35:54 +0000 2026', undefined],
  [['EEEE, d MMMM yyyy'], 'Wednesday, 4 February 2026', '2026-02-04T00:00:00.000Z'],
  [["yyyy 'o''clock' H"], "2026 o'clock 9", '2026-01-01T09:00:00.000Z'],
  [['yyyy.MM.dd'], '2026-02-04', undefined],
  [['yyyy-MM-dd'], '2026-02-30', undefined],
  [['yyyy-MM-dd'], '2026-02-04 ', undefined],
  [['yyyy-MM-dd'], '26-02-04', '0026-02-04T00:00:00.000Z'],
  [['yyyy-MM-dd', 'millis'], '0', '1970-01-01T00:00:00.000Z'],
  [['yyyy-MM-dd'], '2026-02-04 21:35:54', undefined],
])('formats %j read %j', (formats, text, expected) => {
  expect(timestampReader(formats)(text)).toBe(expected);
});

it.each([
  ['yy-MM-dd'],
  ['yyyy-DDD'],
  ["xxxx-'W'ww"],
  ['HH:mm z'],
  ['HH:mm ZZZ'],
  ['oops'],
  [''],
  ["yyyy 'open"],
])('the format %j is refused by its name', (format) => {
  expect(timestampFormatObstacle(format)).toContain(`"${format}"`);
  expect(() => timestampReader(['millis', format])).toThrow(/not supported/);
});

it.each([['millis'], ["yyyy-MM-dd'T'HH:mm:ss.SSSZ"], ['yyyy/MM/dd hh:mm:ss a']])(
  'the format %j is not',
  (format) => {
    expect(timestampFormatObstacle(format)).toBeUndefined();
  },
);
